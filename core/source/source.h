/* source.h: bytes in: what a decoder reads from, whatever they come from.
 *
 * Every source reads strictly forward and can be peeked at its head, so that a
 * pipe can be sniffed like a file. Random access is there where the source has
 * it by nature (a file, memory), and for any other one after source_spool. A
 * source belongs to one thread at a time: whoever opens it, then the reader.
 * A signal does not end a read early unless the source's stop is set.
 *
 * To add a kind of source: a file in this room that opens one, with a
 * `const struct source_kind`; its struct begins with a struct source. */
#ifndef FASTSYNC_SOURCE_H
#define FASTSYNC_SOURCE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct source;
struct reach;

struct source_kind {
    /* Up to `len` bytes; *got 0 at the end. */
    bool (*read)(struct source *source, void *into, size_t len, size_t *got,
                 struct err *err);
    /* The same from `offset` on; reading forward goes on where it was. */
    bool (*read_at)(struct source *source, uint64_t offset, void *into,
                    size_t len, size_t *got, struct err *err);
    /* Reading goes on at `offset`. */
    bool (*seek)(struct source *source, uint64_t offset, struct err *err);
    /* Makes read_at and seek possible; NULL: they are. */
    bool (*spool)(struct source *source, struct err *err);
    void (*close)(struct source *source); /* all but struct source's own */
};

/* What all kinds share. For this room's files alone. */
struct source {
    const struct source_kind *kind;
    char *path;              /* as messages name it; owned */
    uint64_t size;           /* bytes where known, else 0 */
    const atomic_bool *stop; /* or NULL; borrowed */
    char *head;              /* bytes that a peek has read; owned */
    size_t head_len, head_taken;
    bool begun; /* what follows the head was asked for */
};

enum { SOURCE_PEEK = 64 * 1024 };

/* Opens a path, or standard input for "-". Missing, unreadable and directory
 * are EXIT_INPUT with what to do. `reach`: a script names it, and only what it
 * may read is opened (reach.h); NULL: a person does. */
struct source *source_open(const char *path, const struct reach *reach,
                           struct err *err);
/* Says what errno says of a path, and what to do about it. Answers false. */
bool source_refuse(const char *path, struct err *err);
/* A source over bytes in memory, which are borrowed until it is closed. */
struct source *source_memory(const char *bytes, size_t len);
void source_close(struct source *source); /* NULL is allowed */

/* Up to `len` bytes into `into`: *got of them, 0 at the end. */
bool source_read(struct source *source, void *into, size_t len, size_t *got,
                 struct err *err);
/* The first bytes, up to SOURCE_PEEK, without taking them: a later read still
 * gives them. Fewer than SOURCE_PEEK: it is all there is. Borrowed until the
 * source is closed; only before the first read. */
bool source_peek(struct source *source, const char **head, size_t *len,
                 struct err *err);
/* The size in bytes where it is known (a plain file), else 0. */
uint64_t source_size(const struct source *source);

/* Makes random access possible: what comes through a pipe, or is packed, is
 * copied whole into a temporary file that has no name (spool.h). Before the
 * first read. */
bool source_spool(struct source *source, struct err *err);
/* From `offset` on, whatever was read before; only after source_spool. */
bool source_read_at(struct source *source, uint64_t offset, void *into,
                    size_t len, size_t *got, struct err *err);
/* Reading begins anew at the first byte; only after source_spool, or where
 * nothing was read yet. */
bool source_rewind(struct source *source, struct err *err);

/* From now on a read that waits (for a pipe, a terminal) fails with
 * EXIT_INTERRUPTED soon after *stop is set. NULL: never. */
void source_stop_on(struct source *source, const atomic_bool *stop);
/* Was it stopped? For who computes for long between two reads. */
bool source_stopped(const struct source *source);

#endif
