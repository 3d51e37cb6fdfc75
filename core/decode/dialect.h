/* dialect.h: how rows are written as text: in a CSV input, and in the rejects
 * file of any input. Pure. */
#ifndef FASTSYNC_DECODE_DIALECT_H
#define FASTSYNC_DECODE_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* 0 means "none"; escape equal to quote means doubled quotes. */
struct dialect {
    char delimiter;
    char quote;
    char escape;
};

/* The usual one, for what has none of its own: a comma, doubled quotes. */
extern const struct dialect dialect_usual;

/* Appends a cell, quoted where it must be. Without quotes there is no way to
 * write what ends a cell or a line: blanks stand for it ('_' where a blank ends
 * a cell). */
void dialect_put(struct buf *out, const struct dialect *dialect,
                 const char *text, size_t len);

#endif
