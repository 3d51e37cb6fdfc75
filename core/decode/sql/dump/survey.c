/* survey.c: which tables a dump holds, and their columns. It is read to its
 * end, unless the table that is meant was said in full, and has its columns
 * from a CREATE TABLE. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "state.h"

enum { TABLES = 10000 };

void dump_table_release(struct dump_table *table)
{
    free(table->name);
    sql_names_release(&table->columns);
    sql_names_release(&table->computed);
    *table = (struct dump_table){.name = NULL};
}

/* Most statements are of the same table as the one before. */
static struct dump_table *find(struct dump_tables *tables, const char *name)
{
    for (unsigned i = tables->count; i-- > 0;)
        if (strcasecmp(tables->all[i].name, name) == 0)
            return &tables->all[i];
    if (tables->count == TABLES)
        return NULL;
    if ((tables->count & (tables->count - 1)) == 0)
        tables->all =
            mem_resize(tables->all, (tables->count ? 2 * tables->count : 1) *
                                        sizeof *tables->all);
    struct dump_table *table = &tables->all[tables->count++];
    *table = (struct dump_table){.name = mem_text(name)};
    return table;
}

static bool has_column(const struct sql_names *columns, const char *name,
                       unsigned likely)
{
    if (likely < columns->count && strcasecmp(columns->all[likely], name) == 0)
        return true;
    for (unsigned i = 0; i < columns->count; i++)
        if (strcasecmp(columns->all[i], name) == 0)
            return true;
    return false;
}

static void add_columns(struct dump_table *table, const struct sql_names *names)
{
    for (unsigned i = 0; i < names->count; i++)
        if (table->columns.count < DUMP_COLUMNS &&
            !has_column(&table->columns, names->all[i], i))
            sql_names_add(&table->columns, names->all[i]);
}

/* The values of a row that nobody names. */
static unsigned count_values(struct lexer *lexer)
{
    unsigned count = 0;
    int depth = 0;
    for (bool value = false;;) {
        const struct token *token = lexer_next(lexer);
        if (token->kind == TOKEN_END || token_sign(token, ';'))
            break;
        bool closes = token_sign(token, ')');
        depth += token_sign(token, '(') - closes;
        value = value || (depth > 0 && !token_sign(token, '('));
        if (depth == 0 && closes)
            return value ? count + 1 : 0;
        count += depth == 1 && token_sign(token, ',');
        if (count == DUMP_COLUMNS)
            break;
    }
    lexer_back(lexer);
    return count;
}

/* The fields of a line of a COPY that nobody names. */
static unsigned count_fields(struct lexer *lexer)
{
    struct dump_text *text = &lexer->text;
    unsigned count = 1;
    for (size_t i = 0; i < lexer->max; i++) {
        int byte = dump_look(text, i);
        if (byte < 0 || byte == '\n')
            break;
        count += byte == '\t' && count < DUMP_COLUMNS;
    }
    return count;
}

static void take_data(struct lexer *lexer, const struct statement *statement,
                      struct dump_table *table)
{
    bool copy = statement->kind == STATEMENT_COPY;
    table->filled = true;
    if (!table->created)
        add_columns(table, &statement->columns);
    if (table->columns.count == 0 && table->width == 0)
        table->width = copy ? count_fields(lexer) : count_values(lexer);
    if (copy)
        statement_skip_copy(lexer);
    else
        statement_skip(lexer);
}

static void take(struct lexer *lexer, const struct statement *statement,
                 struct dump_table *table)
{
    if (statement->kind == STATEMENT_CREATE && !table->created &&
        statement->columns.count > 0) {
        sql_names_release(&table->columns);
        add_columns(table, &statement->columns);
        for (unsigned i = 0; i < statement->computed.count; i++)
            sql_names_add(&table->computed, statement->computed.all[i]);
        table->created = true;
    }
    if (statement->kind == STATEMENT_INSERT ||
        statement->kind == STATEMENT_COPY)
        take_data(lexer, statement, table);
    else if (statement->kind == STATEMENT_BROKEN)
        table->broken = true;
}

static bool look_over(struct input *input, struct dump_tables *tables,
                      struct err *err)
{
    struct dump *dump = input->state;
    const struct dump_options *options = input->options;
    bool enough = false;
    while (!enough) {
        statement_next(&dump->lexer, &dump->statement);
        if (dump->statement.kind == STATEMENT_END)
            break;
        if (dump->statement.kind == STATEMENT_CHANGE ||
            dump->statement.name.len == 0)
            continue;
        struct dump_table *table =
            find(tables, buf_text(&dump->statement.name));
        if (table == NULL)
            return err_set(err, EXIT_INPUT, "holds more than %u tables",
                           (unsigned)TABLES);
        bool skips = options->table != NULL &&
                     strcasecmp(options->table, table->name) == 0;
        enough =
            skips && table->created && dump->statement.kind != STATEMENT_CREATE;
        if (enough)
            table->filled = true;
        else
            take(&dump->lexer, &dump->statement, table);
    }
    if (source_stopped(input->source))
        return err_set(err, EXIT_INTERRUPTED, "interrupted");
    if (dump->lexer.text.failed)
        return *err = dump->lexer.text.failure, false;
    return true;
}

/* A table of SQLite's own, of counters and statistics, which is no export. */
static bool is_inner(const struct dump *dump, const struct dump_table *table)
{
    static const char prefix[] = "sqlite_";
    return dump->dialect->bare &&
           strncasecmp(table->name, prefix, sizeof prefix - 1) == 0;
}

/* Where no rows can be read, those count that cannot. */
static void count_tables(struct dump *dump, struct dump_tables *tables)
{
    for (unsigned i = 0; i < tables->count; i++) {
        struct dump_table *at = &tables->all[i];
        if (at->filled || at->created)
            sql_names_add(&dump->known, at->name);
        at->filled = at->filled && !is_inner(dump, at);
        dump->tables += at->filled;
    }
    bool none = dump->tables == 0;
    for (unsigned i = 0; i < tables->count && none; i++) {
        tables->all[i].filled = tables->all[i].broken;
        dump->tables += tables->all[i].broken;
    }
}

/* Those with rows go before those without any. */
static struct dump_table *choose(const struct input *input,
                                 struct dump_tables *tables, struct err *err)
{
    struct dump *dump = input->state;
    const struct dump_options *options = input->options;
    struct sql_names found = {.all = NULL}, all = {.all = NULL};
    struct dump_table *table = NULL;
    count_tables(dump, tables);
    for (unsigned i = 0; i < tables->count; i++) {
        struct dump_table *at = &tables->all[i];
        if (dump->tables > 0 && !at->filled && options->table == NULL)
            continue;
        sql_names_add(&all, at->name);
        if (options->table != NULL &&
            !statement_names(at->name, options->table))
            continue;
        table = at;
        sql_names_add(&found, at->name);
        if (options->table && strcasecmp(at->name, options->table) == 0)
            break;
    }
    bool exact = table != NULL && options->table != NULL &&
                 strcasecmp(table->name, options->table) == 0;
    if (found.count != 1 && !exact) {
        sql_names_refuse(found.count > 1 ? &found : &all,
                         found.count > 1 ? NULL : options->table,
                         "holds no INSERT and no COPY: it has no rows", err);
        table = NULL;
    }
    sql_names_release(&found);
    sql_names_release(&all);
    return table;
}

static void name_columns(struct input *input, const struct dump_table *table)
{
    unsigned count = table->columns.count;
    struct value *names = mem_alloc((count + 1) * sizeof *names);
    for (unsigned i = 0; i < count; i++)
        names[i] =
            value_text(table->columns.all[i], strlen(table->columns.all[i]));
    input->named = count > 0;
    columns_name(&input->columns, count > 0 ? names : NULL,
                 count > 0 ? count : table->width);
    free(names);
}

/* Both lists are in the order of the table. */
static void mark_computed(struct dump *dump)
{
    const struct sql_names *columns = &dump->table.columns;
    const struct sql_names *computed = &dump->table.computed;
    if (computed->count > 0)
        dump->computed = mem_zero(columns->count, sizeof *dump->computed);
    for (unsigned i = 0, at = 0; i < columns->count && at < computed->count;
         i++) {
        dump->computed[i] = strcasecmp(columns->all[i], computed->all[at]) == 0;
        at += dump->computed[i];
    }
}

bool dump_survey(struct input *input, struct err *err)
{
    struct dump *dump = input->state;
    struct dump_tables tables = {.all = NULL};
    struct dump_table *table = NULL;
    if (look_over(input, &tables, err))
        table = choose(input, &tables, err);
    if (table != NULL) {
        name_columns(input, table);
        dump->table = *table;
        *table = (struct dump_table){.name = NULL};
        mark_computed(dump);
    }
    for (unsigned i = 0; i < tables.count; i++)
        dump_table_release(&tables.all[i]);
    free(tables.all);
    return dump->table.name != NULL;
}
