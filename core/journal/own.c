/* own.c: looked at by name; what is opened after that cannot be changed by
 * others, as the folder is closed to them. */
#define _XOPEN_SOURCE 700 /* S_ISVTX */
#include "own.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/hot.h"
#include "source/others.h"
#include "source/plain.h"

#define ELSEWHERE "or name another folder with --state"

static bool is_mine(const char *path, const struct stat *status,
                    struct err *err)
{
    bool sticky = S_ISDIR(status->st_mode) && (status->st_mode & S_ISVTX) != 0;
    if (status->st_uid != geteuid() && status->st_uid != 0)
        return err_set(err, EXIT_USAGE,
                       "%s: belongs to user %lu, who may have written what "
                       "would be sent, and fastsync runs as user %lu; run it "
                       "as that user, chown it, " ELSEWHERE,
                       path, (unsigned long)status->st_uid,
                       (unsigned long)geteuid());
    if (!sticky && others_write(path, status))
        return err_set(err, EXIT_USAGE,
                       "%s: others can write it (mode %04o, of user %lu), and "
                       "what stands in it is sent; chmod go-w it, " ELSEWHERE,
                       path, (unsigned)status->st_mode & 07777,
                       (unsigned long)status->st_uid);
    return true;
}

static bool refuse_kind(const char *path, const struct stat *status,
                        struct err *err)
{
    const char *kind = plain_kind(status);
    return err_set(err, EXIT_USAGE, "%s: %s; move it away, " ELSEWHERE, path,
                   kind ? kind : "is no folder");
}

bool own_folder(const char *dir, bool link, struct err *err)
{
    struct stat status;
    if ((link ? stat(dir, &status) : lstat(dir, &status)) != 0)
        return errno == ENOENT || errno == ENOTDIR ||
               err_set(err, EXIT_USAGE, "%s: %s; --state names another folder",
                       dir, strerror(errno));
    if (!S_ISDIR(status.st_mode))
        return refuse_kind(dir, &status, err);
    return is_mine(dir, &status, err);
}

static bool own_file(const char *path, struct err *err)
{
    struct stat status;
    if (lstat(path, &status) != 0) /* opening it says what is wrong */
        return true;
    return S_ISREG(status.st_mode) ? is_mine(path, &status, err)
                                   : refuse_kind(path, &status, err);
}

bool own_state(const char *dir, struct err *err)
{
    static const char *const names[] = {"journal.lock", "journal.db",
                                        "journal.db-wal", "journal.db-shm",
                                        "journal.db-journal"};
    bool good = own_folder(dir, true, err);
    for (size_t i = 0; good && i < sizeof names / sizeof *names; i++) {
        char *path = mem_format("%s/%s", dir, names[i]);
        good = own_file(path, err);
        free(path);
    }
    char *hot = mem_format("%s/journal.db-journal", dir);
    good = good && hot_names_none(hot, err);
    free(hot);
    return good;
}
