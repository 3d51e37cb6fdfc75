/* rows.h: one value of the input as the cells of a row: for the mapper's half,
 * and for the survey, which asks for names alone. */
#ifndef FASTSYNC_DECODE_TREE_JSON_ROWS_H
#define FASTSYNC_DECODE_TREE_JSON_ROWS_H

#include "input.h"

struct json_rows {
    const struct json_input *json;
    struct parser parser;
    struct tree_names *names; /* columns, */
    bool adds;                /* to which those are added that it meets */
    struct value *cells;      /* of the row taken last */
    unsigned width;
    bool list;               /* it is one */
    struct value key;        /* its name, or nil */
    unsigned lists_met;      /* while it adds: cells that are lists, */
    int list_at;             /* and the column of the last one */
    char too_long[80];       /* what is said of such a value */
    uint64_t *stamps, stamp; /* the row in which a column was met last */
};

void json_rows_init(struct json_rows *rows, struct json_input *json);
void json_rows_release(struct json_rows *rows);
/* Takes the name that stands in front of a value, where rows have them; false
 * with parser.error. */
bool json_rows_key(struct json_rows *rows);
/* One value up to its end; false with parser.error. */
bool json_rows_take(struct json_rows *rows);
/* Says in *err where in the input the chunk cannot be read. */
void json_rows_fail(const struct json_rows *rows, const struct input *input,
                    const struct chunk *chunk, struct err *err);
/* As parser.error: no more columns can be added. */
extern const char json_too_many[];
/* Why a row that could be read cannot be used, or NULL. */
const char *json_rows_doubt(const struct json_rows *rows);

/* A value without a name is one of this column; the name of a row of this one.
 */
#define JSON_VALUE "value"
#define JSON_KEY   "@name"

#endif
