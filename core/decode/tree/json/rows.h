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
    char too_long[80];       /* what is said of such a value */
    uint64_t *stamps, stamp; /* the row in which a column was met last */
};

void json_rows_init(struct json_rows *rows, struct json_input *json);
void json_rows_release(struct json_rows *rows);
/* One value up to its end; false with parser.error. */
bool json_rows_take(struct json_rows *rows);
/* As parser.error: no more columns can be added. */
extern const char json_too_many[];
/* Why a row that could be read cannot be used, or NULL. */
const char *json_rows_doubt(const struct json_rows *rows);

/* A value without a name is one of this column. */
#define JSON_VALUE "value"

#endif
