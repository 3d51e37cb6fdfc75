/* print.h: results, on standard output.
 *
 * All that people and programs read there goes through here, as all that is
 * said while working goes through log.h, so that nobody can forget that a text
 * may steer a terminal: what stands in a format or a value is shown (show.h),
 * line ends and colours are put by the functions alone, and a lint lets nobody
 * else print. (`fastsync cat` writes its rows to a file itself, exactly.) From
 * the main thread. */
#ifndef FASTSYNC_PRINT_H
#define FASTSYNC_PRINT_H

#include "base/buf.h"
#include "paint.h"

#define PRINT_LIKE __attribute__((cold, format(printf, 1, 2)))

/* A part of a line; a painted one; and the last part, with the line's end. */
void print_part(const char *format, ...) PRINT_LIKE;
void print_painted(enum paint paint, const char *word);
void print_line(const char *format, ...) PRINT_LIKE;
void print_end(void);
/* Lines that were put together: their ends are ours, so that what is foreign in
 * them must have been put there by show_add. Then the buf is empty. */
void print_lines(struct buf *lines);
/* The same, on standard error: a question that no log is to hold. What it is
 * about stands before it. */
void print_question(struct buf *lines);
/* JSON, to its last line end. Then the buf is empty. */
void print_json(struct buf *json);

#endif
