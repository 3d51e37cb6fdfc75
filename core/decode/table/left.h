/* left.h: which rows under a header are none: blank ones, the header once more
 * (on each printed page), lines of dashes, the columns' numbers.
 *
 * It is told of each row by itself, so that any thread may ask, in any order.
 * What stands at the end (totals, signatures) is tail.h's. */
#ifndef FASTSYNC_DECODE_TABLE_LEFT_H
#define FASTSYNC_DECODE_TABLE_LEFT_H

#include <stdbool.h>

#include "row.h"
#include "table.h"
#include "value.h"

/* A line of the header, folded. */
struct table_names {
    char **all;
    unsigned count, named; /* those that are not blank */
};

/* What is known of a table once its header is found. Zero-initialised: there
 * is no header. Immutable from then on. */
struct table_rule {
    struct table_names lines[TABLE_HEADER_LINES];
    unsigned line_count;
    unsigned width; /* columns; 0: not known */
    bool numbered;  /* their numbers, without brackets, stand right below it */
    bool as_is;     /* all but blank rows are rows */
};

/* The next line of the header, as it stands. */
void table_rule_add(struct table_rule *rule, const struct value *cells,
                    unsigned width);
void table_rule_release(struct table_rule *rule);

/* What the row is; LEFT_KINDS: a row. */
enum left_kind table_left(const struct table_rule *rule,
                          const struct value *cells, unsigned width);
/* May a row be none of which these are the cells up to the first that holds
 * anything? False: it is a row, whatever else is in it. */
bool table_may_leave(const struct table_rule *rule, const struct value *cells,
                     unsigned width);
/* What is doubtful about the row, with the column of the word that says so, or
 * NULL: it may be a total (that word is its first text, and amounts alone stand
 * beside it), or of a footer (nothing does). */
const char *table_doubt(const struct value *cells, unsigned width,
                        unsigned *column);
#define TABLE_TOTAL_TEXT                                                       \
    "it may be a total: say `stop`, or leave it out with `where`"
#define TABLE_FOOTER_TEXT                                                      \
    "it may be of a footer: say `stop`, or leave it out with `where`"
/* Does the row's first filled cell begin so? Case and marks do not count.
 * `stop` is folded (cell_fold). */
bool table_stops(const struct value *cells, unsigned width, const char *stop);

#endif
