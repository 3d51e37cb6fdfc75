/* place.c: a look, a lock, a name. */
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "claims.h"
#include "line.h"
#include "source/plain.h"

bool rejects_identify(const char *path, struct identity *identity)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    *identity = (struct identity){status.st_dev, status.st_ino};
    return true;
}

enum there rejects_look(const char *path)
{
    struct stat status;
    const char *why;
    bool handed = plain_handed(path);
    if (handed && stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return NO_FILE;
    if (lstat(path, &status) != 0)
        return NOTHING;
    if (handed || S_ISLNK(status.st_mode))
        return NOT_OURS;
    if (!S_ISREG(status.st_mode))
        return NO_FILE;
    char head[64 * 1024];
    int fd = plain_own(path, O_RDONLY, &why);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "rb");
    if (file == NULL)
        return NOT_OURS;
    size_t len = fread(head, 1, sizeof head, file);
    fclose(file);
    return len == 0 || rejects_is_ours(head, len) ? OURS : NOT_OURS;
}

char *rejects_name(const char *path, const char *word)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(path, '.');
    if (dot == NULL || dot == path || (slash != NULL && dot <= slash + 1))
        dot = path + strlen(path);
    return mem_format("%.*s%s%s", (int)(dot - path), path, word, dot);
}

/* The n-th name with that word: none, WORD, WORD.2, WORD.3 …. */
static char *numbered(const char *path, const char *word, unsigned number)
{
    char full[32] = "";
    if (number == 1)
        snprintf(full, sizeof full, "%s", word);
    else if (number > 1)
        snprintf(full, sizeof full, "%s.%u", word, number);
    return rejects_name(path, full);
}

char *rejects_resumed_name(const char *path, unsigned number)
{
    return numbered(path, ".resumed", number);
}

char *rejects_again_name(const char *path, unsigned number)
{
    return numbered(path, ".again", number);
}

char *rejects_edited_name(const char *path, unsigned number)
{
    return numbered(path, ".edited", number);
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return mem_format("%.*s", slash ? (int)(slash - path + 1) : 1,
                      slash ? path : ".");
}

bool rejects_has_folder(const char *path)
{
    char *folder = folder_of(path);
    bool has = access(folder, W_OK | X_OK) == 0;
    int kept = errno;
    free(folder);
    errno = kept;
    return has;
}

static bool busy(const char *part, struct err *err)
{
    return err_set(err, EXIT_BUSY,
                   "%s: another fastsync writes its rejects there; wait for "
                   "its end, or give --rejects another file",
                   part);
}

/* Where a disk knows no locks, there is none to wait for. */
static bool take_lock(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    return fcntl(fd, F_SETLK, &lock) == 0 ||
           (errno != EACCES && errno != EAGAIN);
}

/* What is there is no file; or the folder is wrong, or the disk. */
static bool open_fail(const char *part, const char *why, struct err *err)
{
    if (errno == 0)
        return err_set(err, EXIT_USAGE,
                       "%s: %s; rejects are not written there; --rejects "
                       "names another place",
                       part, why);
    return err_set(err, errno == ENAMETOOLONG ? EXIT_USAGE : EXIT_FAULT,
                   "%s: the rejects cannot be written: %s", part, why);
}

/* Emptied, it would be empty under its other name too. */
static bool has_other_names(int fd)
{
    struct stat status;
    return fstat(fd, &status) == 0 && status.st_nlink > 1;
}

static bool give_back(int *fd, const char *part, const char *why,
                      struct err *err)
{
    close(*fd);
    *fd = -1;
    errno = 0;
    return open_fail(part, why, err);
}

/* False: err. *fd is -1 where what was locked is not the part any more. */
static bool claim(const char *part, int *fd, struct err *err)
{
    /* Not O_TRUNC: until it is locked, it may be another's. */
    const char *why;
    *fd = plain_own(part, O_RDWR | O_CREAT, &why);
    if (*fd < 0)
        return open_fail(part, why, err);
    if (has_other_names(*fd))
        return give_back(fd, part,
                         "is a hard link, and all its names would be emptied",
                         err);
    bool locked = take_lock(*fd), here = claims_stands(*fd, part);
    bool good = locked && (!here || ftruncate(*fd, 0) == 0);
    if (!good)
        locked ? open_fail(part, strerror(errno), err) : busy(part, err);
    if (good && here) {
        claims_note(part, *fd);
        return true;
    }
    close(*fd);
    *fd = -1;
    return good;
}

int rejects_claim(const char *part, struct err *err)
{
    int fd = -1;
    for (int tries = 0; tries < 100; tries++)
        if (!claim(part, &fd, err) || fd >= 0)
            return fd;
    busy(part, err);
    return -1;
}

void rejects_unclaim(const char *path, int fd)
{
    char *part = mem_format("%s.part", path);
    remove(part);
    claims_let_go(fd);
    free(part);
}

/* A name outlives a power cut when its folder is on the disk. */
bool rejects_rename(const char *from, const char *to)
{
    if (rename(from, to) != 0)
        return false;
    char *folder = folder_of(to);
    int fd = open(folder, O_RDONLY | O_CLOEXEC);
    bool good = fd < 0 || fsync(fd) == 0 || errno == EINVAL;
    int kept = errno;
    if (fd >= 0)
        close(fd);
    free(folder);
    errno = kept;
    return good;
}
