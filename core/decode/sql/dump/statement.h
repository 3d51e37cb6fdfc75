/* statement.h: a dump's statements, as far as they tell of tables and rows: all
 * others are passed over. The reader's. */
#ifndef FASTSYNC_DECODE_SQL_DUMP_STATEMENT_H
#define FASTSYNC_DECODE_SQL_DUMP_STATEMENT_H

#include "decode/sql/names.h"
#include "token.h"

enum statement_kind {
    STATEMENT_END,
    STATEMENT_CREATE, /* of a table, with its columns */
    STATEMENT_INSERT, /* its first row is the next token */
    STATEMENT_COPY,   /* its first row is the next line */
    STATEMENT_CHANGE, /* rows or columns that are there become others */
    STATEMENT_BROKEN, /* it would have rows, but for `fault` */
};

enum { DUMP_COLUMNS = 16384 };

struct statement {
    enum statement_kind kind;
    uint64_t line;             /* it begins on */
    struct buf name;           /* of its table, "public.customers"; blank, where
                                  it is broken, and nobody knows */
    struct sql_names columns;  /* as it lists them; none: it does not */
    struct sql_names computed; /* those that the server computes */
    const char *fault;         /* static */
    bool sound;                /* it is not damaged, but cannot be read */
};

/* The next one; what is left of the last one was passed. */
void statement_next(struct lexer *lexer, struct statement *statement);
void statement_release(struct statement *statement);
/* Passes the rest of a statement, or the lines of a COPY. True: it has rows, as
 * an INSERT has. */
bool statement_skip(struct lexer *lexer);
void statement_skip_copy(struct lexer *lexer);

/* For statement.c alone (define.c): the columns of a CREATE TABLE whose bracket
 * was opened, up to the one that closes it. */
void statement_define(struct lexer *lexer, struct statement *statement);
/* False: it is none, or one too many. */
bool statement_add_column(struct statement *statement,
                          const struct token *token);

/* Is the last part of a name, or are its last ones, the name that was asked
 * for? Letters in any case. */
bool statement_names(const char *name, const char *asked);

#endif
