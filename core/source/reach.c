/* reach.c: is it inside, and what is said where it is not. */
#include "reach.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "grant.h"
#include "source.h"
#include "walk.h"

static struct place_id id_of(const struct stat *status)
{
    return (struct place_id){status->st_dev, status->st_ino};
}

static bool is_same(struct place_id a, struct place_id b)
{
    return a.device == b.device && a.number == b.number;
}

static bool holds(const struct place_ids *places, struct place_id id)
{
    for (unsigned i = 0; i < places->count; i++)
        if (is_same(places->all[i], id))
            return true;
    return false;
}

bool place_add(struct place_ids *places, const char *path)
{
    struct stat status;
    if (places->count == GRANTS_MAX || stat(path, &status) != 0)
        return false;
    places->all[places->count++] = id_of(&status);
    return true;
}

/* Is it the script's folder, or one that was granted? */
static bool is_open(const struct reach *reach, struct place_id id)
{
    struct stat own;
    return (stat(*reach->folder ? reach->folder : ".", &own) == 0 &&
            is_same(id_of(&own), id)) ||
           (reach->grants != NULL && holds(&reach->grants->folders, id));
}

/* From the folder up to the root, which is above itself. */
static bool is_inside(const struct reach *reach, int folder)
{
    struct stat status;
    struct place_id before = {0};
    bool inside = false;
    int at = walk_folder(folder, ".");
    for (bool first = true; at >= 0 && !inside; first = false) {
        if (fstat(at, &status) != 0 ||
            (!first && is_same(before, id_of(&status))))
            break;
        before = id_of(&status);
        inside = is_open(reach, before);
        int up = walk_folder(at, "..");
        close(at);
        at = up;
    }
    if (at >= 0)
        close(at);
    return inside;
}

static int outside(struct walk *walk, const char *path, struct err *err)
{
    char how[GRANT_HOW];
    const char *folder = buf_text(&walk->where);
    err_set(err, EXIT_USAGE,
            "%s: %s outside the mapping's folder, where a script may read "
            "nothing that is not granted: %s, or name the file as an INPUT",
            path, walk->links > 0 ? "leads by a link" : "lies",
            grant_how(how, GRANT_READ, *folder ? folder : "."));
    return -1;
}

static int odd(const char *path, struct err *err)
{
    err_set(err, EXIT_USAGE,
            "%s: is no regular file, which is all that a script may read; an "
            "INPUT on the command line may be a pipe or a device",
            path);
    return -1;
}

static int secret(const char *path, struct err *err)
{
    err_set(err, EXIT_USAGE,
            "%s: holds settings or secrets of fastsync, which no script may "
            "read, whatever is granted",
            path);
    return -1;
}

/* There are the environments of processes, with what is secret in them. */
static bool is_of_processes(struct place_id id)
{
    struct stat own;
    return stat("/proc/self", &own) == 0 && own.st_dev == id.device;
}

static bool is_secret(const struct reach *reach, const char *name,
                      struct place_id id)
{
    return strcmp(name, "fastsync.ini") == 0 || is_of_processes(id) ||
           (reach->grants != NULL && holds(&reach->grants->never, id));
}

/* What is opened must be what was looked at. */
static int open_seen(int folder, const char *name, const char *path,
                     struct place_id seen, struct err *err)
{
    struct stat status;
    int fd = openat(folder, name,
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) {
        source_refuse(path, err);
        return -1;
    }
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
        is_same(id_of(&status), seen))
        return fd;
    close(fd);
    return odd(path, err);
}

/* The file that the walk has come to. */
static int open_at(const struct reach *reach, struct walk *walk,
                   const char *path, struct err *err)
{
    struct stat status;
    const char *name = buf_text(&walk->name);
    bool inside = is_inside(reach, walk->folder);
    bool there = fstatat(walk->folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (!inside && !(there && reach->grants != NULL &&
                     holds(&reach->grants->files, id_of(&status))))
        return outside(walk, path, err);
    if (*name == '\0' || !there || S_ISDIR(status.st_mode)) {
        errno = *name == '\0' || there ? EISDIR : errno;
        source_refuse(path, err);
        return -1;
    }
    if (!S_ISREG(status.st_mode))
        return odd(path, err);
    if (is_secret(reach, name, id_of(&status)))
        return secret(path, err);
    return open_seen(walk->folder, name, path, id_of(&status), err);
}

int reach_open(const struct reach *reach, const char *path, struct err *err)
{
    struct walk walk;
    int fd = -1;
    if (!walk_begin(&walk, path))
        source_refuse(path, err);
    else
        fd = open_at(reach, &walk, path, err);
    walk_end(&walk);
    return fd;
}

bool reach_folder(const struct reach *reach, const char *path, struct err *err)
{
    struct walk walk;
    bool good = walk_begin(&walk, *path ? path : ".");
    if (!good)
        source_refuse(path, err);
    else if (!is_inside(reach, walk.folder)) {
        outside(&walk, path, err);
        good = false;
    }
    walk_end(&walk);
    return good;
}
