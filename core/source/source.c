/* source.c: a file descriptor with a head that was looked at before it is
 * read. A peek fills the head; reads empty it first and then go straight to
 * the reader's own memory. What may wait is asked with poll first, so that a
 * stop is noticed however quiet the pipe is. */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

struct source {
    char *path; /* as messages name it */
    int fd;     /* -1: all there is stands in the head */
    bool waits; /* no plain file */
    uint64_t size;
    char *owned;      /* the head's memory, NULL where it is borrowed */
    const char *head; /* bytes that a peek has read */
    size_t head_len, head_taken;
};

static const atomic_bool *stopped;

void source_stop_on(const atomic_bool *stop)
{
    stopped = stop;
}

static bool refuse(const char *path, struct err *err)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return err_set(err, EXIT_INPUT, "%s: no such file; check the path",
                       path);
    case EACCES:
    case EPERM:
        return err_set(err, EXIT_INPUT,
                       "%s: may not be read; ask for the right to read it",
                       path);
    case EISDIR:
        return err_set(err, EXIT_INPUT, "%s: is a folder; name a file in it",
                       path);
    default:
        return err_set(err, EXIT_INPUT, "%s: cannot be read: %s", path,
                       strerror(errno));
    }
}

/* Looks at what was opened; false with errno set where it is a folder. */
static bool examine(struct source *source)
{
    struct stat stat;
    if (fstat(source->fd, &stat) != 0)
        return false;
    if (S_ISDIR(stat.st_mode)) {
        errno = EISDIR;
        return false;
    }
    source->waits = !S_ISREG(stat.st_mode);
    if (S_ISREG(stat.st_mode) && stat.st_size > 0)
        source->size = (uint64_t)stat.st_size;
    return true;
}

struct source *source_open(const char *path, struct err *err)
{
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        refuse(name, err);
        return NULL;
    }
    struct source *source = mem_zero(1, sizeof *source);
    source->path = mem_text(name);
    source->fd = fd;
    if (!examine(source)) {
        refuse(name, err);
        source_close(source);
        return NULL;
    }
    return source;
}

struct source *source_memory(const char *bytes, size_t len)
{
    struct source *source = mem_zero(1, sizeof *source);
    source->path = mem_text("memory");
    source->fd = -1;
    source->head = bytes;
    source->head_len = len;
    source->size = len;
    return source;
}

void source_close(struct source *source)
{
    if (source == NULL)
        return;
    if (source->fd > STDIN_FILENO)
        close(source->fd);
    free(source->owned);
    free(source->path);
    free(source);
}

/* Waits until there is something to read; false when stop came first. */
static bool await(const struct source *source, struct err *err)
{
    enum { PATIENCE_MS = 100 };
    struct pollfd wait = {.fd = source->fd, .events = POLLIN};
    while (source->waits) {
        if (stopped != NULL && *stopped)
            return err_set(err, EXIT_INTERRUPTED, "%s: interrupted",
                           source->path);
        if (poll(&wait, 1, PATIENCE_MS) > 0)
            break;
    }
    return true;
}

/* Reads past the head. */
static bool read_on(struct source *source, void *into, size_t len, size_t *got,
                    struct err *err)
{
    *got = 0;
    if (source->fd < 0)
        return true;
    for (;;) {
        if (!await(source, err))
            return false;
        ssize_t count = read(source->fd, into, len);
        if (count >= 0) {
            *got = (size_t)count;
            return true;
        }
        if (errno != EINTR && errno != EAGAIN)
            return refuse(source->path, err);
    }
}

bool source_read(struct source *source, void *into, size_t len, size_t *got,
                 struct err *err)
{
    size_t left = source->head_len - source->head_taken;
    if (left == 0)
        return read_on(source, into, len, got, err);
    *got = left < len ? left : len;
    memcpy(into, source->head + source->head_taken, *got);
    source->head_taken += *got;
    return true;
}

bool source_peek(struct source *source, const char **head, size_t *len,
                 struct err *err)
{
    if (source->fd >= 0 && source->owned == NULL) {
        source->owned = mem_alloc(SOURCE_PEEK);
        source->head = source->owned;
    }
    while (source->fd >= 0 && source->head_len < SOURCE_PEEK) {
        size_t got;
        if (!read_on(source, source->owned + source->head_len,
                     SOURCE_PEEK - source->head_len, &got, err))
            return false;
        if (got == 0)
            break;
        source->head_len += got;
    }
    *head = source->head;
    *len = source->head_len < SOURCE_PEEK ? source->head_len : SOURCE_PEEK;
    return true;
}

uint64_t source_size(const struct source *source)
{
    return source->size;
}
