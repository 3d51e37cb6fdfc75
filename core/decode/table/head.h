/* head.h: the first rows of a sheet, and what they tell: its header. */
#ifndef FASTSYNC_DECODE_TABLE_HEAD_H
#define FASTSYNC_DECODE_TABLE_HEAD_H

#include <stdbool.h>

#include "state.h"
#include "view.h"

/* Released in any case. */
struct head {
    struct table_view view;
    const struct grid_area *areas; /* the book's */
    unsigned area_count;
    unsigned lines[TABLE_HEADER_LINES]; /* of the view */
    unsigned line_count;                /* 0: there is no header */
    struct value *names;                /* in the view's arena; or NULL */
    unsigned width;                     /* columns */
    unsigned wanted; /* of the names that the mapping wants */
    bool guessed;
    uint64_t met;     /* rows that were read */
    uint64_t passed;  /* rows before a header that is said, not in the view */
    bool more;        /* there are rows after those of the view */
    struct buf doubt; /* why the header, or that there is none, is doubtful */
    struct buf told;  /* what else is to be said, each after "; " */
};

/* Begins the sheet, reads its first rows and finds its header. A sheet without
 * any row has none. */
bool head_read(struct head *head, const struct input *input,
               const struct grid *grid, unsigned sheet, struct err *err);
void head_release(struct head *head);

/* The view's first line that is no part of what stands above the rows. */
unsigned head_rows(const struct head *head);
/* Rows stand under the header, or at all. */
bool head_has_rows(const struct head *head);

#endif
