/* view.h: the first lines of a table, taken apart, for what is guessed. */
#ifndef FASTSYNC_DECODE_TABLE_VIEW_H
#define FASTSYNC_DECODE_TABLE_VIEW_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "value.h"

/* Blank lines of white space alone are left out. */
enum table_kind { TABLE_ROW, TABLE_BLANK, TABLE_COMMENT, TABLE_DAMAGE };

struct table_line {
    enum table_kind kind;      /* TABLE_BLANK: no cell of it holds anything */
    uint64_t line;             /* where it begins, from 1 */
    uint64_t number;           /* among a sheet's rows, from 1 */
    unsigned width;            /* its cells, */
    unsigned used;             /* up to the last that holds anything, */
    unsigned filled;           /* and those that do */
    const struct value *cells; /* texts, without white space at their ends */
    /* Of a line of bytes: */
    size_t start, end; /* in the head; a row's without the line end */
    size_t next;       /* after that */
    int trouble;       /* of damage, as its format counts it */
};

struct table_view {
    struct table_line *all;
    unsigned count;
    struct arena arena;
};

enum { TABLE_LOOK = 100 }; /* lines that are looked at for a guess */

#endif
