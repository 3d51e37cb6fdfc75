/* state.h: an open database: for this room's files alone. */
#ifndef FASTSYNC_DECODE_SQL_SQLITE_STATE_H
#define FASTSYNC_DECODE_SQL_SQLITE_STATE_H

#include "decode/input.h"
#include "decode/sql/asked.h"
#include "file.h"

struct sqlite_options {
    struct asked asked;
    uint64_t max_steps;
};

struct sqlite {
    struct sqlite_file file;
    sqlite3 *db;
    sqlite3_stmt *rows; /* the statement whose rows are read */
    char *table;        /* as the database spells it; NULL: a query is asked */
    unsigned tables;    /* that it holds */
    bool stored;        /* that table is stored in the file, row by row */
    bool stopped;       /* a person did, and */
    bool worn;          /* max_steps were not enough */
    uint64_t steps;     /* thousands, since the last row */
    uint64_t max_steps; /* thousands */
    uint64_t index;     /* of the last row, from 1 */
    struct err failure; /* to be told after the rows; code 0: none */
};

/* Says why SQLite cannot go on. Answers false. */
bool sqlite_fail(const struct input *input, int code, struct err *err);
/* Which table is meant: sets state->table and what is known of it. */
bool sqlite_choose(struct input *input, struct err *err);
/* Prepares the statement whose rows are read; names the columns after it. */
bool sqlite_ask(struct input *input, struct err *err);
/* The row that the statement stands on, into the chunk; answers its bytes. */
size_t sqlite_take(const struct input *input, struct chunk *chunk,
                   struct place place);

#endif
