/* source.c: the head that was looked at before it is read. A peek fills it;
 * reads empty it first and then go straight to the reader's own memory. */
#include "source.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/confine.h"
#include "base/mem.h"

/* A path is the likeliest mistake of a first run. */
bool source_refuse(const char *path, struct err *err)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return err_set(err, EXIT_INPUT, "%s: no such file; check the path",
                       path);
    case EACCES:
    case EPERM:
        return err_set(err, EXIT_INPUT, "%s: may not be read; %s", path,
                       confine_refused(path) ? CONFINE_SAYS
                                             : "ask for the right to read it");
    case EISDIR:
        return err_set(err, EXIT_INPUT, "%s: is a folder; name a file in it",
                       path);
    default:
        return err_set(err, EXIT_INPUT, "%s: cannot be read: %s", path,
                       strerror(errno));
    }
}

void source_close(struct source *source)
{
    if (source == NULL)
        return;
    source->kind->close(source);
    free(source->head);
    free(source->path);
    free(source);
}

bool source_read(struct source *source, void *into, size_t len, size_t *got,
                 struct err *err)
{
    size_t left = source->head_len - source->head_taken;
    if (left == 0) {
        source->begun = true;
        return source->kind->read(source, into, len, got, err);
    }
    *got = left < len ? left : len;
    memcpy(into, source->head + source->head_taken, *got);
    source->head_taken += *got;
    return true;
}

/* A pipe gives what is there, which may be a few bytes: it is asked until the
 * head is full, or nothing more comes. */
bool source_peek(struct source *source, const char **head, size_t *len,
                 struct err *err)
{
    if (source->head == NULL)
        source->head = mem_alloc(SOURCE_PEEK);
    while (source->head_len < SOURCE_PEEK) {
        size_t got;
        if (!source->kind->read(source, source->head + source->head_len,
                                SOURCE_PEEK - source->head_len, &got, err))
            return false;
        if (got == 0)
            break;
        source->head_len += got;
    }
    *head = source->head;
    *len = source->head_len;
    return true;
}

uint64_t source_size(const struct source *source)
{
    return source->size;
}

bool source_spool(struct source *source, struct err *err)
{
    return source->kind->spool == NULL || source->kind->spool(source, err);
}

bool source_read_at(struct source *source, uint64_t offset, void *into,
                    size_t len, size_t *got, struct err *err)
{
    return source->kind->read_at(source, offset, into, len, got, err);
}

/* The head stays: it is the same bytes that the first ones are. */
bool source_rewind(struct source *source, struct err *err)
{
    bool begun = source->begun;
    source->head_taken = 0; /* and what follows it */
    source->begun = false;
    return !begun || source->kind->seek(source, source->head_len, err);
}

void source_stop_on(struct source *source, const atomic_bool *stop)
{
    source->stop = stop;
}

bool source_stopped(const struct source *source)
{
    return source->stop != NULL && atomic_load(source->stop);
}
