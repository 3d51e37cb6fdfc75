/* source.h: bytes in, from a file, a pipe or standard input.
 *
 * A source reads strictly forward and can be peeked at its head, so that a
 * pipe can be sniffed like a file. Owned by the reader thread once the run
 * has started. A signal does not end a read early unless stop is set. */
#ifndef FASTSYNC_SOURCE_H
#define FASTSYNC_SOURCE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct source;

enum { SOURCE_PEEK = 64 * 1024 };

/* Opens a path, or standard input for "-". Missing, unreadable and directory
 * are EXIT_INPUT with what to do. */
struct source *source_open(const char *path, struct err *err);
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

/* From now on a read that waits (for a pipe, a terminal) fails with
 * EXIT_INTERRUPTED soon after *stop is set. NULL: never. For all sources. */
void source_stop_on(const atomic_bool *stop);

#endif
