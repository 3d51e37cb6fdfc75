/* state.h: an open dump: for this room's files alone. */
#ifndef FASTSYNC_DECODE_SQL_DUMP_STATE_H
#define FASTSYNC_DECODE_SQL_DUMP_STATE_H

#include "decode/input.h"
#include "statement.h"

struct dump_options {
    const char *table;
    const struct dump_dialect *dialect;
    const char *encoding;
    size_t max_cell;
    bool trim;
};

struct dump_table {
    char *name;
    struct sql_names columns;
    struct sql_names computed; /* whose values a dump leaves out */
    bool created, filled;
    bool broken;    /* rows of it cannot be read */
    unsigned width; /* of its first row, where nobody names the columns */
};

/* What was found by the first look. */
struct dump_tables {
    struct dump_table *all;
    unsigned count;
};

struct dump {
    const struct dump_dialect *dialect;
    struct lexer lexer;
    struct statement statement; /* that is read */
    bool guessed;               /* the encoding, by its looks */
    enum statement_kind in;     /* STATEMENT_END: between two of them */
    struct dump_table table;    /* whose rows are read, */
    char *created;              /* and as CREATE TABLE spells it, or NULL */
    unsigned tables;            /* that have rows */
    bool *computed;             /* which of our columns the server computes;
                                   owned, NULL: none */
    struct sql_names known;     /* all tables of which something can be read */
    struct err failure;         /* to be told after the rows; code 0: none */
    unsigned *columns;          /* of the statement's values: ours, */
    unsigned listed;            /* and how many they are */
    uint64_t index;             /* of the last row, from 1 */
};

/* Looks the dump over, and finds the table. */
bool dump_survey(struct input *input, struct err *err);
void dump_table_release(struct dump_table *table);
/* Opens the lexer at the beginning of the source. */
bool dump_begin(struct input *input, struct err *err);

/* Rows of about a chunk. STEP_END: nothing is left. */
enum step dump_rows(struct input *input, struct chunk *chunk, struct err *err);

/* Both answer false where the dump is cut off: in the middle of what begins on
 * that line; at its end, which was met. */
bool dump_cut_off(const struct dump *dump, uint64_t line, struct err *err);
bool dump_check_end(const struct dump *dump, struct err *err);

/* For those: the line of a COPY that stands next, into the cells of our
 * columns, which are NIL. STEP_END: it is the last one; STEP_FAIL: it is not
 * there. *fault: what is wrong with it, or NULL. */
enum step dump_copy_row(struct dump *dump, struct arena *arena,
                        struct value *cells, const char **fault);

#endif
