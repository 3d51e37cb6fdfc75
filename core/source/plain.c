/* plain.c: looked at by name first, since to open a device may already do
 * something; then opened without waiting; then looked at again, as another may
 * have taken its place. */
#include "plain.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/confine.h"

/* Without a wait for whoever is at the other end, and never as our terminal. */
enum { CAREFUL = O_NONBLOCK | O_NOCTTY | O_CLOEXEC };

static const struct kind {
    mode_t mode;
    const char *text;
} kinds[] = {
    {S_IFDIR, "is a folder"},
    {S_IFIFO, "is a pipe, and a file is wanted"},
    {S_IFSOCK, "is a socket, and a file is wanted"},
    {S_IFCHR, "is a device, and a file is wanted"},
    {S_IFBLK, "is a device, and a file is wanted"},
    {S_IFLNK, "is a symbolic link, which is not followed"},
};

const char *plain_kind(const struct stat *status)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if ((status->st_mode & S_IFMT) == kinds[i].mode)
            return kinds[i].text;
    return NULL;
}

bool plain_handed(const char *path)
{
    static const char *const names[] = {"/dev/stdin", "/dev/stdout",
                                        "/dev/stderr"};
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(path, names[i]) == 0)
            return true;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        size_t len = strlen(folders[i]);
        const char *number = path + len;
        if (strncmp(path, folders[i], len) == 0 && *number != '\0' &&
            number[strspn(number, "0123456789")] == '\0')
            return true;
    }
    return false;
}

static bool is_device(const struct stat *status, const char *name)
{
    struct stat device;
    return S_ISCHR(status->st_mode) && stat(name, &device) == 0 &&
           S_ISCHR(device.st_mode) && device.st_rdev == status->st_rdev;
}

static bool may_read(const char *path, const struct stat *status)
{
    return S_ISREG(status->st_mode) || is_device(status, "/dev/null") ||
           (S_ISFIFO(status->st_mode) && plain_handed(path));
}

bool plain_reads(const char *path, const struct stat *status, const char **why)
{
    bool good = may_read(path, status);
    if (!good)
        *why = plain_kind(status);
    return good;
}

static int no_file(const struct stat *status, const char **why)
{
    const char *kind = plain_kind(status);
    *why = kind ? kind : "is no file";
    errno = 0;
    return -1;
}

static int failed(const char **why)
{
    *why = strerror(errno);
    return -1;
}

/* What was opened is the thing that was looked at, or another one. -1: none. */
static int unless(bool good, int fd, const struct stat *status,
                  const char **why)
{
    if (good) /* only to open it was not to wait */
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    else
        close(fd);
    return good ? fd : no_file(status, why);
}

int plain_open(const char *path, const char **why)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return failed(why);
    if (!may_read(path, &status))
        return no_file(&status, why);
    int fd = open(path, O_RDONLY | CAREFUL);
    if (fd < 0 && confine_refused(path)) {
        *why = "may not be read; " CONFINE_SAYS;
        return -1;
    }
    if (fd < 0 || fstat(fd, &status) != 0)
        return failed(why);
    return unless(may_read(path, &status), fd, &status, why);
}

FILE *plain_stream(const char *path, const char **why)
{
    int fd = plain_open(path, why);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "rb");
    if (fd >= 0 && file == NULL) {
        failed(why);
        close(fd);
    }
    return file;
}

int plain_own(const char *path, int flags, const char **why)
{
    struct stat status;
    if (lstat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return no_file(&status, why);
    int fd = open(path, flags | O_NOFOLLOW | CAREFUL, 0600);
    if (fd < 0 || fstat(fd, &status) != 0)
        return failed(why);
    return unless(S_ISREG(status.st_mode), fd, &status, why);
}

/* The terminal that we are run at. To ask any other device would be to open
 * it, which some take for an order. */
static bool is_terminal(const struct stat *status)
{
    struct stat ours;
    bool is = false;
    for (int fd = STDIN_FILENO; !is && fd <= STDERR_FILENO; fd++)
        is = isatty(fd) && fstat(fd, &ours) == 0 &&
             ours.st_rdev == status->st_rdev;
    return is && S_ISCHR(status->st_mode);
}

static bool is_harmless(const struct stat *status)
{
    static const char *const names[] = {"/dev/null", "/dev/full", "/dev/zero",
                                        "/dev/tty"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_device(status, names[i]))
            return true;
    return is_terminal(status);
}

bool plain_output(const char *path, bool pipe, const char **why)
{
    struct stat status;
    bool handed = plain_handed(path);
    if ((handed ? stat(path, &status) : lstat(path, &status)) != 0) {
        if (errno == ENAMETOOLONG)
            *why = strerror(errno);
        return errno != ENAMETOOLONG; /* opening it says what else is wrong */
    }
    bool streams = S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode);
    if (S_ISREG(status.st_mode) || is_harmless(&status) ||
        (handed && streams) || (pipe && S_ISFIFO(status.st_mode)))
        return true;
    no_file(&status, why);
    return false;
}

/* It goes on where it is: what stands in its file already is not ours. */
static int duplicate(const char *path, const char **why)
{
    const char *name = strrchr(path, '/') + 1;
    static const char *const names[] = {"stdin", "stdout", "stderr"};
    long number = strtol(name, NULL, 10);
    for (int i = 0; i < 3; i++)
        if (strcmp(name, names[i]) == 0)
            number = i;
    int fd = number > INT_MAX
                 ? -1
                 : fcntl((int)number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    return fd < 0 ? failed(why) : fd;
}

bool plain_empty(int fd)
{
    struct stat status;
    return fstat(fd, &status) == 0 &&
           (!S_ISREG(status.st_mode) || ftruncate(fd, 0) == 0);
}

int plain_write(const char *path, unsigned how, const char **why)
{
    struct stat status;
    bool pipe = (how & PLAIN_PIPE) != 0;
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW |
                ((how & PLAIN_APPEND) != 0 ? O_APPEND : 0);
    if (!plain_output(path, pipe, why)) {
        errno = 0;
        return -1;
    }
    if (plain_handed(path))
        return duplicate(path, why);
    /* Who reads a pipe may come later. */
    bool waits = pipe && lstat(path, &status) == 0 && S_ISFIFO(status.st_mode);
    int fd = open(path, flags | (waits ? 0 : O_NONBLOCK), 0600);
    if (fd < 0 || fstat(fd, &status) != 0)
        return failed(why);
    if ((how & (PLAIN_APPEND | PLAIN_LATER)) == 0 && !plain_empty(fd)) {
        failed(why);
        close(fd);
        return -1;
    }
    bool good = S_ISREG(status.st_mode) || is_harmless(&status) ||
                (waits && S_ISFIFO(status.st_mode));
    return unless(good, fd, &status, why);
}
