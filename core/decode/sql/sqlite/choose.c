/* choose.c: which of a database's tables is read: the one that is named, or
 * the only one. Views are tables that nobody is asked about. */
#include <stdlib.h>

#include "base/mem.h"
#include "decode/sql/names.h"
#include "state.h"

static sqlite3_stmt *list_tables(const struct input *input, struct err *err)
{
    const struct sqlite *state = input->state;
    sqlite3_stmt *list = NULL;
    int code = sqlite3_prepare_v2(
        state->db,
        "SELECT name, type = 'table', sql NOT LIKE 'CREATE VIRTUAL%' "
        "FROM sqlite_master WHERE type IN ('table', 'view') "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid",
        -1, &list, NULL);
    if (code != SQLITE_OK)
        sqlite_fail(input, code, err);
    return list;
}

static void take_table(struct sqlite *state, sqlite3_stmt *list)
{
    free(state->table);
    state->table = mem_text((const char *)sqlite3_column_text(list, 0));
    state->stored = sqlite3_column_int(list, 1) && sqlite3_column_int(list, 2);
}

/* As SQLite finds it: ASCII letters in any case. Without a name, the first
 * that is no view. */
static bool is_meant(const struct sqlite *state, const char *name, bool table,
                     const char *asked)
{
    if (asked != NULL)
        return sqlite3_stricmp(name, asked) == 0;
    return table && state->table == NULL;
}

static int walk(struct sqlite *state, sqlite3_stmt *list, const char *asked,
                struct sql_names *names)
{
    int code;
    while ((code = sqlite3_step(list)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(list, 0);
        bool table = sqlite3_column_int(list, 1) != 0;
        if (name == NULL)
            continue;
        state->tables += table;
        if (is_meant(state, name, table, asked))
            take_table(state, list);
        if (table || asked != NULL)
            sql_names_add(names, name);
    }
    return code;
}

bool sqlite_choose(struct input *input, struct err *err)
{
    struct sqlite *state = input->state;
    const struct sqlite_options *options = input->options;
    const char *asked = options->asked.table;
    sqlite3_stmt *list = list_tables(input, err);
    struct sql_names names = {.count = 0};
    if (list == NULL)
        return false;
    int code = walk(state, list, asked, &names);
    bool found = state->table != NULL && (asked != NULL || state->tables == 1);
    bool good =
        code != SQLITE_DONE
            ? sqlite_fail(input, code, err)
            : found || sql_names_refuse(&names, asked, "holds no table", err);
    sqlite3_finalize(list);
    sql_names_release(&names);
    return good;
}
