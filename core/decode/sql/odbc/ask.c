/* ask.c: the statement, what stands for its ?, and its columns. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "query.h"
#include "state.h"
#include "wide.h"

static bool failed(const struct odbc *state, struct err *err)
{
    return odbc_fail(SQL_HANDLE_STMT, state->rows, err);
}

/* A value as it is bound: it lives until the statement has run. */
struct bound {
    SQLBIGINT integer;
    double number;
    unsigned char truth;
    struct buf text;
    SQLLEN size;
};

static SQLRETURN bind(SQLHSTMT rows, unsigned at, struct bound *bound,
                      const struct option_value *value)
{
    SQLUSMALLINT place = (SQLUSMALLINT)(at + 1);
    bool number = value->type == OPTION_NUMBER;
    bool integer = number && strspn(value->text, "-0123456789") == value->len;
    if (value->type == OPTION_TRUTH) {
        bound->truth = *value->text == 'y';
        return SQLBindParameter(rows, place, SQL_PARAM_INPUT, SQL_C_BIT,
                                SQL_BIT, 1, 0, &bound->truth, 1, &bound->size);
    }
    if (integer) {
        bound->integer = strtoll(value->text, NULL, 10);
        return SQLBindParameter(rows, place, SQL_PARAM_INPUT, SQL_C_SBIGINT,
                                SQL_BIGINT, 19, 0, &bound->integer, 8,
                                &bound->size);
    }
    if (number) {
        bound->number = strtod(value->text, NULL);
        return SQLBindParameter(rows, place, SQL_PARAM_INPUT, SQL_C_DOUBLE,
                                SQL_DOUBLE, 15, 0, &bound->number, 8,
                                &bound->size);
    }
    wide_from(&bound->text, value->text, value->len);
    bound->size = (SQLLEN)bound->text.len;
    SQLULEN units = bound->text.len / sizeof(SQLWCHAR);
    return SQLBindParameter(rows, place, SQL_PARAM_INPUT, SQL_C_WCHAR,
                            SQL_WVARCHAR, units > 0 ? units : 1, 0,
                            bound->text.at, bound->size, &bound->size);
}

static bool check_params(const struct odbc *state,
                         const struct option_value *params, struct err *err)
{
    SQLSMALLINT wanted = (SQLSMALLINT)params->count;
    if (odbc_good(SQLNumParams(state->rows, &wanted)) &&
        wanted != (SQLSMALLINT)params->count)
        return err_set(err, EXIT_USAGE,
                       "values for ? of the query: it needs %d, params has %u",
                       wanted, params->count);
    for (unsigned i = 0; i < params->count; i++)
        if (params->items[i].text == NULL)
            return err_set(err, EXIT_USAGE,
                           "params: a list of texts, numbers and booleans");
    return true;
}

static bool run(struct odbc *state, const struct option_value *params,
                struct err *err)
{
    struct bound *bounds = mem_zero(params->count + 1, sizeof *bounds);
    bool good = check_params(state, params, err);
    for (unsigned i = 0; good && i < params->count; i++)
        good = odbc_good(bind(state->rows, i, &bounds[i], &params->items[i])) ||
               failed(state, err);
    if (good) {
        SQLRETURN code = SQLExecute(state->rows);
        good = odbc_good(code) || code == SQL_NO_DATA || failed(state, err);
    }
    SQLFreeStmt(state->rows, SQL_RESET_PARAMS);
    for (unsigned i = 0; i < params->count; i++)
        buf_wipe(&bounds[i].text);
    free(bounds);
    return good;
}

static enum odbc_kind kind_of(SQLSMALLINT type)
{
    static const struct {
        SQLSMALLINT type;
        enum odbc_kind kind;
    } kinds[] = {
        {SQL_DECIMAL, CELL_DIGITS},
        {SQL_NUMERIC, CELL_DIGITS},
        {SQL_TINYINT, CELL_DIGITS},
        {SQL_SMALLINT, CELL_DIGITS},
        {SQL_INTEGER, CELL_DIGITS},
        {SQL_BIGINT, CELL_DIGITS},
        {SQL_DOUBLE, CELL_DOUBLE},
        {SQL_FLOAT, CELL_DOUBLE},
        {SQL_REAL, CELL_FLOAT},
        {SQL_BIT, CELL_TRUTH},
        {SQL_BINARY, CELL_BYTES},
        {SQL_VARBINARY, CELL_BYTES},
        {SQL_LONGVARBINARY, CELL_BYTES},
        {SQL_TYPE_DATE, CELL_DATE},
        {SQL_TYPE_TIMESTAMP, CELL_MOMENT},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].type == type)
            return kinds[i].kind;
    return CELL_TEXT;
}

/* SQLite's columns hold what they like: only as text does a value come whole
 * that is none of the column's type. */
static enum odbc_kind loose_kind(SQLSMALLINT type)
{
    enum odbc_kind kind = kind_of(type);
    bool number = kind == CELL_DOUBLE || kind == CELL_FLOAT ||
                  kind == CELL_TRUTH || kind == CELL_DIGITS;
    return number ? CELL_DIGITS : kind == CELL_BYTES ? kind : CELL_TEXT;
}

/* What PostgreSQL's driver has no number for, infinity and the year 12345, it
 * gives as the day of today, and as text as none that there is. */
static enum odbc_kind said_kind(SQLSMALLINT type)
{
    enum odbc_kind kind = kind_of(type);
    return kind == CELL_DATE || kind == CELL_MOMENT ? CELL_SAID : kind;
}

static enum odbc_kind kind_by(const char *product, SQLSMALLINT type)
{
    if (strcmp(product, "SQLite") == 0)
        return loose_kind(type);
    return strcmp(product, "PostgreSQL") == 0 ? said_kind(type) : kind_of(type);
}

/* Appends the column's name; of which type it is. How long the name is, its end
 * tells: MariaDB's driver counts some letters too few. */
static SQLRETURN take_name(struct odbc *state, SQLUSMALLINT column,
                           struct buf *name, SQLSMALLINT *type)
{
    enum { NAME = 512 };
    SQLWCHAR wide[NAME + 1] = {0};
    SQLCHAR bytes[2 * NAME] = "";
    SQLSMALLINT len, digits, nullable;
    SQLULEN size;
    size_t count = 0;
    uint16_t high = 0;
    SQLRETURN code =
        state->narrow ? SQLDescribeCol(state->rows, column, bytes, sizeof bytes,
                                       &len, type, &size, &digits, &nullable)
                      : SQLDescribeColW(state->rows, column, wide, NAME, &len,
                                        type, &size, &digits, &nullable);
    while (wide[count] != 0)
        count++;
    wide_to(name, wide, count, &high);
    utf8_mend(name, (const char *)bytes, strlen((const char *)bytes));
    return code;
}

static bool describe(struct odbc *state, unsigned at, struct value *name,
                     struct err *err)
{
    SQLSMALLINT type = 0;
    struct buf text = {0};
    SQLRETURN code = take_name(state, (SQLUSMALLINT)(at + 1), &text, &type);
    if (odbc_good(code)) {
        *name =
            value_text(mem_text_n(text.at ? text.at : "", text.len), text.len);
        state->kinds[at] = kind_by(state->product, type);
    }
    buf_release(&text);
    return odbc_good(code) || failed(state, err);
}

static bool name_columns(struct input *input, struct err *err)
{
    struct odbc *state = input->state;
    SQLSMALLINT columns = 0;
    if (!odbc_good(SQLNumResultCols(state->rows, &columns)))
        return failed(state, err);
    if (columns <= 0)
        return err_set(err, EXIT_USAGE, "the query answers no rows");
    unsigned count = (unsigned)columns, named = 0;
    struct value *names = mem_alloc(count * sizeof *names);
    state->kinds = mem_alloc(count * sizeof *state->kinds);
    while (named < count && describe(state, named, &names[named], err))
        named++;
    if (named == count)
        columns_name(&input->columns, names, count);
    for (unsigned i = 0; i < named; i++)
        free((void *)(uintptr_t)names[i].text);
    free(names);
    return named == count;
}

static bool prepare(struct odbc *state, const char *query, struct err *err)
{
    struct buf wide = {0};
    if (state->narrow)
        return odbc_good(SQLPrepare(state->rows, (SQLCHAR *)(uintptr_t)query,
                                    SQL_NTS)) ||
               failed(state, err);
    wide_from(&wide, query, strlen(query));
    SQLRETURN code = SQLPrepareW(state->rows, (SQLWCHAR *)(void *)wide.at,
                                 (SQLINTEGER)(wide.len / sizeof(SQLWCHAR)));
    buf_release(&wide);
    return odbc_good(code) || failed(state, err);
}

bool odbc_ask(struct input *input, struct err *err)
{
    struct odbc *state = input->state;
    const struct odbc_options *options = input->options;
    char *whole =
        state->table ? mem_format("SELECT * FROM %s", state->table) : NULL;
    const char *query = whole ? whole : options->asked.query;
    bool good = whole != NULL || query_reads(query, state->guarded, err);
    if (good) {
        SQLAllocHandle(SQL_HANDLE_STMT, state->database, &state->rows);
        SQLSetStmtAttr(state->rows, SQL_ATTR_QUERY_TIMEOUT,
                       (SQLPOINTER)(SQLULEN)options->query_timeout, 0);
        good = prepare(state, query, err) &&
               run(state, &options->asked.params, err) &&
               name_columns(input, err);
    }
    free(whole);
    return good;
}
