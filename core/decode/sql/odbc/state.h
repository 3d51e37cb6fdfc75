/* state.h: an open connection: for this room's files alone. */
#ifndef FASTSYNC_DECODE_SQL_ODBC_STATE_H
#define FASTSYNC_DECODE_SQL_ODBC_STATE_H

#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>

#include "connection.h"
#include "decode/input.h"
#include "decode/sql/asked.h"

struct odbc_options {
    struct asked asked;
    unsigned login_timeout, query_timeout; /* seconds */
};

/* How the cells of a column are fetched. */
enum odbc_kind {
    CELL_TEXT,
    CELL_DIGITS, /* a number, as text */
    CELL_DOUBLE,
    CELL_FLOAT,
    CELL_TRUTH,
    CELL_BYTES,
    CELL_DATE,
    CELL_MOMENT,
    CELL_SAID, /* a date or a moment, as text */
};

struct odbc {
    struct connection connection;
    SQLHENV environment;
    SQLHDBC database;
    SQLHSTMT rows;
    bool connected;
    bool guarded;          /* the session can only read */
    bool narrow;           /* the driver takes texts as bytes: UTF-8 */
    char product[64];      /* "PostgreSQL" */
    char *table;           /* as the database spells it; NULL: a query */
    enum odbc_kind *kinds; /* of each column; owned */
    struct buf piece;      /* of a long cell */
    struct buf cell;
    uint64_t index; /* of the last row, from 1 */
};

/* Environment and connection, read-only. The password is wiped when the
 * driver has it. */
bool odbc_connect(struct input *input, struct err *err);
/* What the driver says of a failure on that handle, and what to do: SQLSTATE,
 * and its words without secrets. Answers false. */
bool odbc_fail(SQLSMALLINT kind, SQLHANDLE handle, struct err *err);
/* Which table is meant: sets state->table to its quoted name. */
bool odbc_choose(struct input *input, struct err *err);
/* Runs the statement whose rows are read; names the columns after it. */
bool odbc_ask(struct input *input, struct err *err);
/* The row that the statement stands on, into the chunk. *size: its bytes. */
bool odbc_take(const struct input *input, struct chunk *chunk,
               struct place place, size_t *size, struct err *err);

static inline bool odbc_good(SQLRETURN code)
{
    return code == SQL_SUCCESS || code == SQL_SUCCESS_WITH_INFO;
}

#endif
