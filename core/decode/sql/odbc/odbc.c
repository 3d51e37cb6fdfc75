/* odbc.c: a database as a format: the rows of one table, or of a query, through
 * whatever driver this machine has for it (unixODBC).
 *
 * Its source has no bytes: all is asked of the driver, by the thread that
 * reads. Rows come one after the other, so that a table may be of any size. */
#include "decode/decoder.h"

#include <stdlib.h>
#include <string.h>

#include "decode/decoded.h"
#include "decode/facts.h"
#include "state.h"

static int sql_sniff(const char *head, size_t len)
{
    (void)head, (void)len;
    return 0; /* no bytes are a database */
}

/* A connection string that is refused may hold anything. */
static void rename_input(struct input *input, char *name)
{
    free(input->path);
    input->path = name;
}

static bool sql_open(struct input *input, struct err *err)
{
    const struct odbc_options *options = input->options;
    struct odbc *state = mem_zero(1, sizeof *state);
    input->state = state;
    input->typed = true;
    input->trim = options->asked.trim;
    if (!connection_is(input->spec.path))
        return err_set(err, EXIT_USAGE,
                       "is a file, and fast.sql reads a database: dsn = "
                       "\"NAME\"; a dump is read by fast.dump");
    rename_input(input, mem_text("odbc:…"));
    if (!asked_check(&options->asked, err) ||
        !connection_open(&state->connection, input->spec.path, err))
        return false;
    rename_input(input, connection_name(&state->connection));
    return odbc_connect(input, err) &&
           (options->asked.query != NULL || odbc_choose(input, err)) &&
           odbc_ask(input, err);
}

static enum step sql_fill(struct input *input, struct chunk *chunk,
                          struct err *err)
{
    struct odbc *state = input->state;
    size_t room = 0, size = 0;
    SQLRETURN code = SQL_SUCCESS;
    while (room < sql_piece && state->rows != NULL) {
        code = SQLFetch(state->rows);
        if (!odbc_good(code))
            break;
        state->index++;
        if (!odbc_take(input, chunk, (struct place){.index = state->index},
                       &size, err))
            return err_name(err, input->path), STEP_FAIL;
        room += size;
    }
    if (source_stopped(input->source))
        return err_set(err, EXIT_INTERRUPTED, "interrupted"), STEP_FAIL;
    if (!odbc_good(code) && code != SQL_NO_DATA) {
        odbc_fail(SQL_HANDLE_STMT, state->rows, err);
        return err_name(err, input->path), STEP_FAIL;
    }
    if (code == SQL_NO_DATA) {
        SQLFreeHandle(SQL_HANDLE_STMT, state->rows);
        state->rows = NULL;
    }
    return chunk->decoded_count > 0 ? STEP_ITEM : STEP_END;
}

/* What a query has done in spite of all is undone. */
static void sql_close(struct input *input)
{
    struct odbc *state = input->state;
    if (state == NULL)
        return;
    if (state->rows != NULL)
        SQLFreeHandle(SQL_HANDLE_STMT, state->rows);
    if (state->connected) {
        SQLEndTran(SQL_HANDLE_DBC, state->database, SQL_ROLLBACK);
        SQLDisconnect(state->database);
    }
    if (state->database != NULL)
        SQLFreeHandle(SQL_HANDLE_DBC, state->database);
    if (state->environment != NULL)
        SQLFreeHandle(SQL_HANDLE_ENV, state->environment);
    connection_close(&state->connection);
    buf_release(&state->piece);
    buf_release(&state->cell);
    free(state->kinds);
    free(state->table);
    free(state);
}

static void sql_describe(const struct input *input, struct buf *out)
{
    const struct odbc *state = input->state;
    buf_addf(out, " of %s", state->product);
    if (state->table != NULL)
        buf_addf(out, ", table %s", state->table);
    else
        buf_puts(out, ", a query");
    input_describe_columns(input, out);
}

static const struct format_option option_rows[] = {
    ASKED_TABLE,
    ASKED_QUERY,
    ASKED_CELLS,
    {"login_timeout", "SECONDS", "a database may take to let us in (15)",
     OPTION_NUMBER, offsetof(struct odbc_options, login_timeout), option_count},
    {"query_timeout", "SECONDS", "a database may take for a query (600)",
     OPTION_NUMBER, offsetof(struct odbc_options, query_timeout), option_count},
    {.name = NULL},
};

static const struct odbc_options defaults = {
    .asked = ASKED_DEFAULTS, .login_timeout = 15, .query_timeout = 600};
static const char *const extensions[] = {NULL};

const struct format format_sql = {
    .name = "sql",
    .title = "database",
    .help = "a table of a database, or a query, over ODBC",
    .extensions = extensions,
    .options = option_rows,
    .defaults = &defaults,
    .options_size = sizeof defaults,
    .sniff = sql_sniff,
    .open = sql_open,
    .fill = sql_fill,
    .close = sql_close,
    .describe = sql_describe,
    .rows = &decoded_rows,
};
