/* asked.h: what is asked of a database, the same of a file and of a server: a
 * table or a query; and what their cells have in common. Pure. */
#ifndef FASTSYNC_DECODE_SQL_ASKED_H
#define FASTSYNC_DECODE_SQL_ASKED_H

#include <stdbool.h>

#include "base/mem.h"
#include "decode/option.h"

struct input;

struct asked {
    const char *table;          /* NULL: not said */
    const char *query;          /* one statement that reads; NULL: not said */
    struct option_value params; /* for each ? of it, in their order */
    size_t max_cell;            /* bytes */
    bool trim;
};

#define ASKED_DEFAULTS                                                         \
    {                                                                          \
        .max_cell = 16 * 1024 * 1024, .trim = true                             \
    }

/* For a format whose options begin with a struct asked. */
/* clang-format off */
#define ASKED_TABLE                                                            \
    {"table", "NAME", "the table whose rows are read", OPTION_TEXT,            \
     offsetof(struct asked, table), option_text}
#define ASKED_QUERY                                                            \
    {"query", "SQL", "a SELECT whose rows are read", OPTION_TEXT,              \
     offsetof(struct asked, query), option_text},                              \
    {"params", "VALUES", "what stands for each ? of the query", OPTION_LIST,   \
     offsetof(struct asked, params), option_whole}
#define ASKED_CELLS                                                            \
    {"trim", "BOOL", "take white space off the ends of cells (true)",          \
     OPTION_TRUTH, offsetof(struct asked, trim), option_truth},                \
    {"max_cell", "BYTES", "the longest cell, such as 64M (16M)",               \
     OPTION_NUMBER, offsetof(struct asked, max_cell), option_size}
/* clang-format on */

/* Not both of them. */
bool asked_check(const struct asked *asked, struct err *err);

/* Bytes that are no text, as hexadecimal digits. */
struct value asked_bytes(struct arena *arena, const void *bytes, size_t len);
/* A number as it was written ("+.50", "007."), as JSON writes it, all digits
 * kept; an integer where that prints the same. False: it is no number. */
bool asked_number(struct arena *arena, const char *text, size_t len,
                  struct value *value);
/* A number of a machine's own kind, with the fewest digits that come back as
 * the same one; `single`: as the same float. Finite. */
struct value asked_real(struct arena *arena, double real, bool single);

/* Bytes of rows in a chunk: CHUNK_BYTES, of which tests make less. */
extern size_t sql_piece;

#endif
