/* lock.c: a POSIX record lock. The kernel gives it up with its process, however
 * that ends; but also when the process closes any other descriptor of the file,
 * which is why nobody who has the lock may look at it. */
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "own.h"
#include "source/plain.h"

/* The process that has it: 0: none; -1: it has no number here. */
static long owner_of(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_GETLK, &lock) != 0 || lock.l_type == F_UNLCK)
        return 0;
    return lock.l_pid > 0 ? (long)lock.l_pid : -1;
}

static bool busy(int fd, const char *path, struct err *err)
{
    char number[32] = "";
    long owner = owner_of(fd);
    if (owner > 0)
        snprintf(number, sizeof number, " (process %ld)", owner);
    return err_set(err, EXIT_BUSY,
                   "%s: another run of this mapping is going on%s; wait for "
                   "its end",
                   path, number);
}

static bool lock_file(int fd, const char *path, struct err *err)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fcntl(fd, F_SETLK, &lock) == 0)
        return true;
    if (errno == EACCES || errno == EAGAIN)
        return busy(fd, path, err);
    return err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));
}

bool lock_take(const char *dir, int *fd, struct err *err)
{
    const char *why;
    *fd = -1;
    if (!own_state(dir, err))
        return false;
    char *path = mem_format("%s/journal.lock", dir);
    *fd = plain_own(path, O_RDWR | O_CREAT, &why);
    bool good =
        *fd >= 0 ? lock_file(*fd, path, err)
                 : err_set(err, EXIT_USAGE,
                           "%s: %s; --state names another folder", path, why);
    free(path);
    return good;
}

long lock_holder(const char *dir)
{
    const char *why;
    char *path = mem_format("%s/journal.lock", dir);
    int fd = plain_own(path, O_RDONLY, &why);
    free(path);
    if (fd < 0)
        return 0;
    long owner = owner_of(fd);
    close(fd);
    return owner;
}
