/* choose.c: which of a database's tables is read: the one that is named, with
 * its schema or without, or the only one. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "decode/sql/names.h"
#include "state.h"

/* The parts of a name, each in the database's own quotes. */
static char *quoted(const struct odbc *state, const char *name)
{
    char quote[8] = "\"";
    SQLSMALLINT len;
    struct buf out = {0};
    SQLGetInfo(state->database, SQL_IDENTIFIER_QUOTE_CHAR, quote, sizeof quote,
               &len);
    char mark = *quote != ' ' && *quote != '\0' ? *quote : '"';
    buf_putc(&out, mark);
    for (; *name != '\0'; name++) {
        if (*name == '\n')
            buf_addf(&out, "%c.%c", mark, mark);
        else
            buf_putc(&out, *name);
        if (*name == mark)
            buf_putc(&out, mark);
    }
    buf_putc(&out, mark);
    char *text = mem_text(buf_text(&out));
    buf_release(&out);
    return text;
}

static bool is_meant(const char *schema, const char *name, const char *asked)
{
    size_t len = strlen(schema);
    bool with_schema = len > 0 && strncasecmp(asked, schema, len) == 0 &&
                       asked[len] == '.' &&
                       strcasecmp(asked + len + 1, name) == 0;
    return with_schema || strcasecmp(asked, name) == 0;
}

static void take(struct odbc *state, const char *schema, const char *name)
{
    char *whole = *schema ? mem_format("%s\n%s", schema, name) : mem_text(name);
    free(state->table);
    state->table = quoted(state, whole);
    free(whole);
}

static unsigned walk(struct odbc *state, SQLHSTMT list, const char *asked,
                     struct sql_names *names)
{
    enum { SCHEMA = 2, NAME = 3, SIZE = 256 };
    char schema[SIZE], name[SIZE];
    SQLLEN schema_len, name_len;
    unsigned found = 0;
    SQLBindCol(list, SCHEMA, SQL_C_CHAR, schema, SIZE, &schema_len);
    SQLBindCol(list, NAME, SQL_C_CHAR, name, SIZE, &name_len);
    while (odbc_good(SQLFetch(list))) {
        if (schema_len == SQL_NULL_DATA)
            *schema = '\0';
        if (asked == NULL || is_meant(schema, name, asked)) {
            take(state, schema, name);
            found++;
        }
        sql_names_add(names, name);
    }
    return found;
}

/* Tables of the database that we are in, in those kinds. */
static SQLRETURN ask(const struct odbc *state, SQLHSTMT list, bool views)
{
    enum { SIZE = 256 };
    char kinds[] = "TABLE,VIEW", tables[] = "TABLE";
    SQLCHAR catalog[SIZE] = "";
    SQLINTEGER len = 0;
    SQLGetConnectAttr(state->database, SQL_ATTR_CURRENT_CATALOG, catalog, SIZE,
                      &len);
    return SQLTables(list, *catalog ? catalog : NULL, SQL_NTS, NULL, 0, NULL, 0,
                     (SQLCHAR *)(views ? kinds : tables), SQL_NTS);
}

bool odbc_choose(struct input *input, struct err *err)
{
    struct odbc *state = input->state;
    const struct odbc_options *options = input->options;
    const char *asked = options->asked.table;
    struct sql_names names = {.count = 0};
    SQLHSTMT list;
    SQLAllocHandle(SQL_HANDLE_STMT, state->database, &list);
    SQLRETURN code = ask(state, list, asked != NULL);
    unsigned found = odbc_good(code) ? walk(state, list, asked, &names) : 0;
    bool good = !odbc_good(code) ? odbc_fail(SQL_HANDLE_STMT, list, err)
                : found == 1     ? true
                : found > 1 && asked != NULL
                    ? err_set(err, EXIT_INPUT,
                              "has several tables \"%s\": say its schema as "
                              "well, \"sales.%s\"",
                              asked, asked)
                    : sql_names_refuse(&names, asked, "holds no table", err);
    SQLFreeHandle(SQL_HANDLE_STMT, list);
    sql_names_release(&names);
    return good;
}
