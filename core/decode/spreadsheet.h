/* spreadsheet.h: files that people open in a spreadsheet and give back.
 *
 * A spreadsheet runs what looks like a formula, and rewrites what looks like a
 * number or a date: 00123 becomes 123, 1-2 becomes 2-Jan, 12E3 becomes 12000.
 * So a mark goes in front of such cells, with which they are plain text to it,
 * and in front of those that begin with the mark themselves: taking one mark
 * off gives every cell back as it was. Pure; any thread. */
#ifndef FASTSYNC_DECODE_SPREADSHEET_H
#define FASTSYNC_DECODE_SPREADSHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "dialect.h"

/* Would a spreadsheet run the text, or write it back as another one? */
bool spreadsheet_changes(const char *text, size_t len);
/* Is `now` what a spreadsheet makes of `old`, where people change nothing? */
bool spreadsheet_made(const char *old, size_t old_len, const char *now,
                      size_t now_len);

/* The mark: an apostrophe, or what else the dialect leaves free. */
char spreadsheet_mark(const struct dialect *dialect);
/* Appends one cell, with the mark where it needs it. */
void spreadsheet_put(struct buf *out, const struct dialect *dialect,
                     const char *text, size_t len);
/* Appends a row that is text in its dialect, with marks, or without. Nothing
 * else of it changes. */
void spreadsheet_add_marks(struct buf *out, const struct dialect *dialect,
                           const char *row, size_t len);
void spreadsheet_drop_marks(struct buf *out, const struct dialect *dialect,
                            const char *row, size_t len);

#endif
