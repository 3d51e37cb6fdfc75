/* change.c: a look at the file's state after each read, and at its bytes only
 * when that has changed.
 *
 * The time of change alone (chmod, rename, a link) counts only where the
 * path still names this file, with the same rights and as many links: then
 * its bytes may have been written and the time of writing set back. */
#include "change.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/number.h"

enum { MARK = 4096 };

/* Bytes at an offset; fewer than asked for where there are no more. */
static size_t read_mark(int fd, char *into, size_t len, off_t offset)
{
    size_t got = 0;
    while (got < len) {
        ssize_t count = pread(fd, into + got, len - got, offset + (off_t)got);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        got += (size_t)count;
    }
    return got;
}

static off_t last_mark(const struct change *change)
{
    return change->opened.st_size - (off_t)change->mark;
}

void change_begin(struct change *change, int fd, const struct stat *stat)
{
    size_t size = (size_t)stat->st_size;
    *change = (struct change){.opened = *stat, .last = *stat};
    change->mark = size < MARK ? size : MARK;
    change->marks = mem_zero(2, change->mark + 1);
    read_mark(fd, change->marks, change->mark, 0);
    read_mark(fd, change->marks + change->mark, change->mark,
              last_mark(change));
}

void change_release(struct change *change)
{
    free(change->marks);
    change->marks = NULL;
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool is_written(const struct stat *before, const struct stat *now,
                       const char *path)
{
    struct stat named;
    if (before->st_size != now->st_size ||
        !same_time(before->st_mtim, now->st_mtim))
        return true;
    return !same_time(before->st_ctim, now->st_ctim) &&
           before->st_nlink == now->st_nlink &&
           before->st_mode == now->st_mode && before->st_uid == now->st_uid &&
           before->st_gid == now->st_gid && stat(path, &named) == 0 &&
           named.st_ino == now->st_ino && named.st_dev == now->st_dev;
}

/* It is longer, and what it began with is there. */
static bool has_grown(const struct change *change, int fd,
                      const struct stat *now)
{
    char seen[MARK];
    size_t mark = change->mark;
    return now->st_size > change->opened.st_size &&
           now->st_size >= change->last.st_size &&
           read_mark(fd, seen, mark, 0) == mark &&
           memcmp(seen, change->marks, mark) == 0 &&
           read_mark(fd, seen, mark, last_mark(change)) == mark &&
           memcmp(seen, change->marks + mark, mark) == 0;
}

static bool refuse_shorter(const struct change *change, uint64_t left,
                           const char *path, struct err *err)
{
    char opened[NUMBER_TEXT], now[NUMBER_TEXT];
    return err_set(err, EXIT_INPUT,
                   "%s: became shorter while it was read: %s bytes when it "
                   "was opened, %s left; run again when it is whole",
                   path, number_text((uint64_t)change->opened.st_size, opened),
                   number_text(left, now));
}

bool change_none(struct change *change, int fd, const char *path,
                 struct err *err)
{
    struct stat now;
    if (fstat(fd, &now) != 0)
        return err_set(err, EXIT_INPUT, "%s: cannot be read: %s", path,
                       strerror(errno));
    if (!is_written(&change->last, &now, path)) {
        change->last = now;
        return true;
    }
    if (now.st_size < change->opened.st_size)
        return refuse_shorter(change, (uint64_t)now.st_size, path, err);
    if (!has_grown(change, fd, &now))
        return err_set(err, EXIT_INPUT,
                       "%s: was written over while it was read; run again "
                       "when it is whole",
                       path);
    change->last = now;
    return true;
}

static void say_growth(const struct change *change, uint64_t at,
                       const char *path)
{
    char opened[NUMBER_TEXT], last[NUMBER_TEXT], read[NUMBER_TEXT];
    log_warn("%s: has grown while it was read, from %s to %s bytes, of which "
             "%s were read: was it still being written?",
             path, number_text((uint64_t)change->opened.st_size, opened),
             number_text((uint64_t)change->last.st_size, last),
             number_text(at, read));
}

bool change_end(struct change *change, uint64_t at, const char *path,
                struct err *err)
{
    if (at < (uint64_t)change->opened.st_size)
        return refuse_shorter(change, at, path, err);
    if (change->last.st_size > change->opened.st_size && !change->told)
        say_growth(change, at, path);
    change->told = true;
    return true;
}
