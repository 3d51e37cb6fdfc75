/* below.h: a cell of a line beside those below it in its column, for what is
 * guessed. Pure; any thread. */
#ifndef FASTSYNC_DECODE_TABLE_BELOW_H
#define FASTSYNC_DECODE_TABLE_BELOW_H

#include <stdbool.h>

#include "view.h"

/* What so many of the next filled cells below are. */
struct below {
    unsigned cells, codes, digits, mails, lower, again;
};

struct below below_of(const struct table_view *view, unsigned at,
                      unsigned column);
/* Is the cell of the line like most of those below it? A year above nothing may
 * be a value. */
bool below_is_like(const struct table_view *view, unsigned at, unsigned column);
/* Are the cells below in this column numbers, all that are there? */
bool below_are_numbers(const struct table_view *view, unsigned at,
                       unsigned column);

/* Columns of a line that are looked at: not those of the widest lines. */
unsigned below_columns(const struct table_line *line);
/* `Phone 1,Phone 2`: columns are numbered. */
bool below_is_numbered(const struct table_line *line, unsigned column);
/* `AB12`: what a name of a column hardly is. */
bool below_is_code(const struct value *cell);
bool below_has_digit(const struct value *cell);
bool below_is_lower(const struct value *cell);
bool below_same_text(const struct value *a, const struct value *b);

#endif
