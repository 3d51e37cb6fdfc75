/* show.h: rows that cannot be used, in words and as text. The text lives in the
 * row's arena. For the CSV decoder's files alone. */
#ifndef FASTSYNC_DECODE_CSV_SHOW_H
#define FASTSYNC_DECODE_CSV_SHOW_H

#include "rows.h"

/* A message about a row. */
const char *show_say(struct arena *arena, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));

/* One character of text that may be anything. */
struct sign {
    const char *at;
    size_t len;
    bool bad;           /* NUL, not UTF-8, or a byte without a mapping */
    unsigned char byte; /* of the input, where bad */
};

/* The next one of `at` < `end`; `decoded`: as in charset.h. */
struct sign show_sign(const char *at, const char *end, bool decoded);
/* The input's text came through a decoder. */
bool show_decoded(const struct input *input);

/* A place as people count: lines from `line` on, code points from 1. */
struct spot {
    uint64_t line, column;
};

/* Where `offset` in text is that begins on `line`. */
struct spot show_spot(const struct input *input, const char *text,
                      size_t offset, uint64_t line);

/* A damaged row: `text` begins with it, on `line`, and a cut that ends before
 * it says where the quote stands. */
struct damaged {
    const char *text;
    uint64_t line;
    const struct csv_cut *cut;
    enum csv_trouble kind; /* CSV_UNCLOSED to CSV_TEXT_AFTER */
    size_t max_quoted;     /* of the grammar */
    bool more;             /* the input goes on behind what was cut */
};

/* Appends `quote opened at line 1, column 1 is never closed`. */
void show_damage(struct buf *out, const struct input *input,
                 const struct damaged *damaged);

/* The input's columns as its rows show them. */
unsigned show_columns(const struct input *input);
/* Appends text with a mark for what is none. */
void show_clean(const struct input *input, struct buf *out, const char *text,
                size_t len);
/* Appends text as one cell, quoted in the input's own way. */
void show_quoted(const struct input *input, struct buf *out, const char *text,
                 size_t len);
/* Makes what is in the scratch, `width` cells, the row's source, with `missing`
 * in each cell that is not there. */
void show_missing(const struct input *input, struct csv_rows *rows,
                  unsigned width, const char *missing, struct row *row);

#endif
