/* show.h: a text that is not ours, as it is shown to people.
 *
 * A name, a cell, a script's or a server's words may hold what steers a
 * terminal, breaks a line of a log, or turns the direction of what follows. All
 * of it is shown as Lua would write it: \u{1B} for what are characters, \xFF
 * for bytes that are no UTF-8. These are C0 with tab and line end, DEL, C1,
 * U+2028, U+2029, and what turns the direction of writing. All else stays, and
 * what is shown already stays as it is when it is shown again.
 *
 * It is called at the three places where texts leave: log.h (standard error),
 * print.h (standard output) and err.h (one line each); and where a foreign text
 * becomes a part of one that has several lines, or of one that is written down.
 * None of them can tell a line end or a colour of ours from another's by its
 * bytes: ours are never bytes of a text, but put there by log.c and print.c
 * themselves. Any thread. */
#ifndef FASTSYNC_SHOW_H
#define FASTSYNC_SHOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/mem.h"

enum { SHOW_MAX = 8 }; /* bytes that a character is shown as, at most */

/* How many bytes from the start are shown as they are; most texts all. */
size_t show_plain(const char *text, size_t len);
/* Takes one character off *at (at < end), writes what it is shown as, and
 * answers how many bytes these are. */
size_t show_next(const char **at, const char *end, char to[SHOW_MAX]);
/* Columns of a terminal that these take. */
size_t show_width(const char *shown, size_t len);

void show_add(struct buf *out, const char *text, size_t len);
/* The text itself where all of it is plain; else what it is shown as, in
 * `room`, and *len is that one's. */
const char *show_in(struct buf *room, const char *text, size_t *len);
/* printf, of which all is shown: a line end in the format as well. */
void show_addf(struct buf *out, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
/* The same, and the line's end, which is ours. */
void show_linef(struct buf *out, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
/* In the arena, between two texts of ours. */
char *show_keep(struct arena *arena, const char *before, const char *text,
                size_t len, const char *after);
/* A whole JSON text, or several, a line each: what would be shown is written as
 * JSON writes it, which programs read back as it was; a byte that is no UTF-8
 * is read back as the four characters \xFF. */
void show_json(struct buf *out, const char *json, size_t len);

#endif
