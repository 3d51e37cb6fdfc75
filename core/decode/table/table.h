/* table.h: what may be said of any table: which sheet, where its header is,
 * what is left out. */
#ifndef FASTSYNC_DECODE_TABLE_TABLE_H
#define FASTSYNC_DECODE_TABLE_TABLE_H

#include <stdbool.h>

#include "decode/option.h"

enum { TABLE_HEADER_LINES = 4 };

/* The lines of a header, growing. */
struct table_lines {
    unsigned count;                    /* 0: not said, it is looked for */
    unsigned line[TABLE_HEADER_LINES]; /* line[0] 0: there is none */
};

/* The options of every format whose inputs are tables. A format's own options
 * begin with this struct. */
struct table_options {
    const char *sheet; /* its name, its number from 1, or "*"; NULL: the first
                          that holds a table */
    struct table_lines header;
    unsigned skip;    /* lines at the top that are left out */
    const char *stop; /* the table ends before the row whose first filled cell
                         begins so; NULL: at its end */
    bool skip_hidden; /* hidden rows, columns and sheets are left out */
    bool fill_merged; /* merged cells all have the value of the first */
    bool trim;        /* white space at the ends of cells goes */
    bool ragged;      /* rows wider than the header are taken */
};

#define TABLE_DEFAULTS                                                         \
    {                                                                          \
        .trim = true                                                           \
    }

/* Rows of a format's option table, for options of `type` that begin with a
 * struct table_options. */
#define TABLE_OPTIONS                                                          \
    {"sheet",                                                                  \
     "NAME",                                                                   \
     "the sheet, by name or number, or * for all",                             \
     OPTION_TEXT,                                                              \
     offsetof(struct table_options, sheet),                                    \
     option_text},                                                             \
        {"header",                                                             \
         "N",                                                                  \
         "the line the header stands on, or lines as 1,2; 0: none",            \
         OPTION_LIST,                                                          \
         offsetof(struct table_options, header),                               \
         table_set_lines},                                                     \
        {"skip",                                                               \
         "N",                                                                  \
         "lines at the top to leave out (0)",                                  \
         OPTION_NUMBER,                                                        \
         offsetof(struct table_options, skip),                                 \
         table_set_skip},                                                      \
        {"stop",                                                               \
         "TEXT",                                                               \
         "the table ends before a row that begins so",                         \
         OPTION_TEXT,                                                          \
         offsetof(struct table_options, stop),                                 \
         option_text},                                                         \
        {"hidden",                                                             \
         "skip",                                                               \
         "leave hidden rows, columns and sheets out",                          \
         OPTION_TEXT,                                                          \
         offsetof(struct table_options, skip_hidden),                          \
         table_set_hidden},                                                    \
        {"merged",                                                             \
         "fill",                                                               \
         "repeat a merged cell's value in all of its cells",                   \
         OPTION_TEXT,                                                          \
         offsetof(struct table_options, fill_merged),                          \
         table_set_merged},                                                    \
        {"trim",                                                               \
         "BOOL",                                                               \
         "take white space off the ends of cells (true)",                      \
         OPTION_TRUTH,                                                         \
         offsetof(struct table_options, trim),                                 \
         option_truth},                                                        \
    {                                                                          \
        "ragged", "BOOL",                                                      \
            "take rows of another width than the header's (false)",            \
            OPTION_TRUTH, offsetof(struct table_options, ragged), option_truth \
    }

bool table_set_lines(void *lines, const struct option_value *, struct err *);
bool table_set_skip(void *number, const struct option_value *, struct err *);
bool table_set_hidden(void *truth, const struct option_value *, struct err *);
bool table_set_merged(void *truth, const struct option_value *, struct err *);

#endif
