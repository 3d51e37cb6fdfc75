/* walk.c: links are replaced by what they say, in front of the rest. */
#define _GNU_SOURCE /* O_PATH: a folder may be entered that may not be read */
#include "walk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#ifdef O_PATH
#define ENTER O_PATH
#elif defined O_SEARCH
#define ENTER O_SEARCH
#else
#define ENTER O_RDONLY
#endif

enum { LINKS_MAX = 40, LINK_SIZE = 4096 };

int walk_folder(int from, const char *name)
{
    return openat(from, name, ENTER | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Goes on from another folder. */
static bool move(struct walk *walk, int folder)
{
    if (folder < 0)
        return false;
    if (walk->folder >= 0)
        close(walk->folder);
    walk->folder = folder;
    return true;
}

/* Begins at the root, or in the working folder. */
static bool start(struct walk *walk, bool root)
{
    buf_clear(&walk->where);
    buf_puts(&walk->where, root ? "/" : "");
    return move(walk, walk_folder(AT_FDCWD, root ? "/" : "."));
}

static bool fail(int why)
{
    errno = why;
    return false;
}

/* The rest becomes `first`, '/' and what of it comes after `taken` bytes. */
static void put_before(struct walk *walk, const char *first, size_t len,
                       size_t taken)
{
    struct buf rest = {0};
    buf_add(&rest, first, len);
    if (walk->rest.len > taken)
        buf_puts(&rest, "/");
    buf_add(&rest, walk->rest.at + taken, walk->rest.len - taken);
    buf_release(&walk->rest);
    walk->rest = rest;
}

/* The name is a link: followed. False: it is none (EINVAL), or fails. */
static bool follow(struct walk *walk, const char *name, size_t taken)
{
    char said[LINK_SIZE];
    ssize_t len = readlinkat(walk->folder, name, said, sizeof said);
    if (len < 0)
        return false;
    if (len == 0 || len == LINK_SIZE || ++walk->links > LINKS_MAX)
        return fail(ELOOP);
    put_before(walk, said, (size_t)len, taken);
    return *said != '/' || start(walk, true);
}

/* The path of where we are, one folder further. */
static void note(struct walk *walk, const char *name)
{
    const char *at = buf_text(&walk->where), *slash = strrchr(at, '/');
    const char *last = slash ? slash + 1 : at;
    if (strcmp(name, ".") == 0)
        return;
    if (strcmp(name, "..") == 0 && *last != '\0' && strcmp(last, "..") != 0) {
        size_t len = (size_t)(last - at);
        walk->where.len = len > 1 ? len - 1 : len; /* "/" stays */
        return;
    }
    if (strcmp(name, "..") == 0 && strcmp(at, "/") == 0)
        return;
    if (walk->where.len > 0 && walk->where.at[walk->where.len - 1] != '/')
        buf_putc(&walk->where, '/');
    buf_puts(&walk->where, name);
}

/* Into the folder of that name, or the link of that name is followed. */
static bool enter(struct walk *walk, const char *name, size_t taken)
{
    int folder = walk_folder(walk->folder, name);
    if (folder < 0) {
        int why = errno;
        bool linked = why == ENOTDIR || why == ELOOP || why == EMLINK;
        if (linked && follow(walk, name, taken))
            return true;
        return fail(linked && errno != EINVAL ? errno : why);
    }
    put_before(walk, "", 0, taken);
    note(walk, name);
    return move(walk, folder);
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* One name further; `done`: it was the last one. */
static bool step(struct walk *walk, bool *done)
{
    const char *rest = buf_text(&walk->rest);
    size_t blank = strspn(rest, "/");
    size_t len = strcspn(rest + blank, "/"), taken = blank + len;
    bool last = rest[taken] == '\0';
    buf_clear(&walk->name);
    buf_add(&walk->name, rest + blank, len);
    const char *name = buf_text(&walk->name);
    *done = len == 0;
    if (len == 0)
        return true;
    if (!last || is_dots(name))
        return enter(walk, name, taken);
    if (follow(walk, name, taken))
        return true;
    *done = errno == EINVAL || errno == ENOENT;
    return *done;
}

bool walk_begin(struct walk *walk, const char *path)
{
    *walk = (struct walk){.folder = -1};
    buf_puts(&walk->rest, path);
    bool good = *path != '\0' ? start(walk, *path == '/') : fail(ENOENT);
    for (bool done = false; good && !done;)
        good = step(walk, &done);
    return good;
}

void walk_end(struct walk *walk)
{
    int why = errno; /* what failed is still to be told */
    if (walk->folder >= 0)
        close(walk->folder);
    buf_release(&walk->name);
    buf_release(&walk->where);
    buf_release(&walk->rest);
    errno = why;
}
