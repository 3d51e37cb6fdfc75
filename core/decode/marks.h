/* marks.h: a mark in front of cells that a spreadsheet would run or change,
 * with which they are plain text to it, and in front of those that begin with
 * the mark themselves: taking one mark off gives every cell back as it was.
 * Pure; any thread. */
#ifndef FASTSYNC_DECODE_MARKS_H
#define FASTSYNC_DECODE_MARKS_H

#include <stddef.h>

#include "base/buf.h"
#include "dialect.h"

/* The mark: an apostrophe, or what else the dialect leaves free. */
char marks_byte(const struct dialect *dialect);
/* Appends one cell, with the mark where it needs it. */
void marks_put(struct buf *out, const struct dialect *dialect, const char *text,
               size_t len);
/* Appends a row that is text in its dialect, with marks, or without. Nothing
 * else of it changes. */
void marks_add(struct buf *out, const struct dialect *dialect, const char *row,
               size_t len);
void marks_drop(struct buf *out, const struct dialect *dialect, const char *row,
                size_t len);

#endif
