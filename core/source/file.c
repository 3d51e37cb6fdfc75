/* file.c: a file descriptor: a file, a pipe, standard input.
 *
 * What may wait is asked with poll first, so that a stop is noticed however
 * quiet the pipe is. A pipe that is spooled becomes a file: all that is left
 * in it is copied after the head, and the descriptor is the copy's then.
 *
 * A plain file must stay as it was opened (change.h): that is looked at after
 * every read, so that rows of two exports are never taken for one. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "change.h"
#include "reach.h"
#include "source.h"
#include "spool.h"

struct file {
    struct source source;
    int fd;
    bool waits;  /* no plain file */
    bool own;    /* a copy that nobody else knows */
    off_t start; /* standard input may be a file that others have read from */
    uint64_t at; /* of reading forward, from `start` */
    struct change change;
};

/* Waits until there is something to read; false when stop came first. */
static bool await(const struct file *file, struct err *err)
{
    enum { PATIENCE_MS = 100 };
    struct pollfd wait = {.fd = file->fd, .events = POLLIN};
    const atomic_bool *stop = file->source.stop;
    while (file->waits) {
        if (stop != NULL && atomic_load(stop))
            return err_set(err, EXIT_INTERRUPTED, "%s: interrupted",
                           file->source.path);
        if (poll(&wait, 1, PATIENCE_MS) > 0)
            break;
    }
    return true;
}

/* Is it still the file that was opened? */
static bool still_whole(struct file *file, bool at_end, struct err *err)
{
    if (file->waits || file->own)
        return true;
    return change_none(&file->change, file->fd, file->source.path, err) &&
           (!at_end ||
            change_end(&file->change, (uint64_t)file->start + file->at,
                       file->source.path, err));
}

/* A signal that is not a stop (SIGURG, from the watch) breaks reads off. */
static bool file_read(struct source *source, void *into, size_t len,
                      size_t *got, struct err *err)
{
    struct file *file = (struct file *)source;
    for (;;) {
        if (!await(file, err))
            return false;
        ssize_t count = read(file->fd, into, len);
        if (count >= 0) {
            *got = (size_t)count;
            file->at += (size_t)count;
            return still_whole(file, count == 0 && len > 0, err);
        }
        if (errno != EINTR && errno != EAGAIN)
            return source_refuse(source->path, err);
    }
}

/* Does not move where reading forward is. */
static bool file_read_at(struct source *source, uint64_t offset, void *into,
                         size_t len, size_t *got, struct err *err)
{
    struct file *file = (struct file *)source;
    for (;;) {
        ssize_t count = pread(file->fd, into, len, file->start + (off_t)offset);
        if (count >= 0) {
            *got = (size_t)count;
            return still_whole(file, false, err);
        }
        if (errno != EINTR)
            return source_refuse(source->path, err);
    }
}

static bool file_seek(struct source *source, uint64_t offset, struct err *err)
{
    struct file *file = (struct file *)source;
    file->at = offset;
    return lseek(file->fd, file->start + (off_t)offset, SEEK_SET) >= 0 ||
           source_refuse(source->path, err);
}

static bool file_spool(struct source *source, struct err *err)
{
    struct file *file = (struct file *)source;
    if (!file->waits)
        return true;
    int fd = spool_copy(source, err);
    if (fd < 0)
        return false;
    if (file->fd > STDIN_FILENO)
        close(file->fd);
    file->fd = fd;
    file->waits = false;
    file->own = true;
    return file_seek(source, source->head_len, err);
}

/* Standard input is not ours to close. */
static void file_close(struct source *source)
{
    struct file *file = (struct file *)source;
    change_release(&file->change);
    if (file->fd > STDIN_FILENO)
        close(file->fd);
}

static const struct source_kind file_kind = {
    .read = file_read,
    .read_at = file_read_at,
    .seek = file_seek,
    .spool = file_spool,
    .close = file_close,
};

/* Looks at what was opened; false with errno set where it is a folder. */
static bool examine(struct file *file)
{
    struct stat stat;
    if (fstat(file->fd, &stat) != 0)
        return false;
    if (S_ISDIR(stat.st_mode)) {
        errno = EISDIR;
        return false;
    }
    file->waits = !S_ISREG(stat.st_mode);
    if (file->waits)
        return true;
    file->start = lseek(file->fd, 0, SEEK_CUR);
    change_begin(&file->change, file->fd, &stat);
    if (stat.st_size > file->start)
        file->source.size = (uint64_t)(stat.st_size - file->start);
    return true;
}

/* What a person names may be anything that bytes come from. */
static int open_path(const char *path, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        source_refuse(path, err);
    return fd;
}

struct source *source_open(const char *path, const struct reach *reach,
                           struct err *err)
{
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path;
    int fd = standard ? STDIN_FILENO
             : reach  ? reach_open(reach, path, err)
                      : open_path(path, err);
    if (fd < 0)
        return NULL;
    struct file *file = mem_zero(1, sizeof *file);
    file->source.kind = &file_kind;
    file->source.path = mem_text(name);
    file->fd = fd;
    if (!examine(file)) {
        source_refuse(name, err);
        source_close(&file->source);
        return NULL;
    }
    return &file->source;
}
