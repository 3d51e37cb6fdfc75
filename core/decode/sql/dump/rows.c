/* rows.c: the rows of one table, statement by statement. A row that cannot be
 * read is a fault, and the row behind it is found where its bracket closes. */
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "decode/decoded.h"
#include "decode/sql/asked.h"
#include "expression.h"
#include "fault.h"
#include "state.h"

static unsigned find_column(const struct dump_table *table, const char *name,
                            unsigned likely)
{
    const struct sql_names *columns = &table->columns;
    if (likely < columns->count && strcasecmp(columns->all[likely], name) == 0)
        return likely;
    for (unsigned i = 0; i < columns->count; i++)
        if (strcasecmp(columns->all[i], name) == 0)
            return i;
    return columns->count;
}

static bool is_computed(const struct dump *dump, unsigned column)
{
    return dump->computed != NULL && dump->computed[column];
}

/* Those that a row without a list of columns has. */
static unsigned bind_all(struct dump *dump, unsigned count)
{
    unsigned listed = 0;
    for (unsigned i = 0; i < count; i++)
        if (!dump->dialect->bare || !is_computed(dump, i))
            dump->columns[listed++] = i;
    return listed;
}

/* Which of our columns the statement's values are of; or what is wrong. In
 * which order the table has its columns, its CREATE TABLE says, and no other
 * list. */
static const char *bind(const struct input *input)
{
    struct dump *dump = input->state;
    const struct sql_names *names = &dump->statement.columns;
    unsigned count = input->columns.count;
    unsigned listed = names->count;
    if (listed == 0 && !dump->table.created && input->named)
        return "it lists no columns, others do, and no CREATE TABLE says in "
               "which order they stand";
    dump->columns =
        mem_resize(dump->columns, (listed + count + 1) * sizeof *dump->columns);
    dump->listed = listed > 0 ? listed : bind_all(dump, count);
    for (unsigned i = 0; i < listed; i++) {
        dump->columns[i] = find_column(&dump->table, names->all[i], i);
        if (dump->columns[i] >= count)
            return "it lists a column that the table has not";
    }
    return NULL;
}

static size_t size_of(const struct value *cells, unsigned width)
{
    size_t size = sizeof(struct decoded) + width * sizeof *cells;
    for (unsigned i = 0; i < width; i++)
        if (cells[i].type == VALUE_TEXT || cells[i].type == VALUE_DECIMAL)
            size += cells[i].len;
    return size;
}

/* A fault of the row that began on that line; answers what it takes. */
static size_t add_fault(const struct input *input, struct chunk *chunk,
                        const struct value *cells, unsigned width,
                        uint64_t line, const char *fault)
{
    struct dump *dump = input->state;
    if (strncmp(fault, "line ", 5) != 0)
        fault = dump_fault(&chunk->arena, "line %llu: %s",
                           (unsigned long long)line, fault);
    decoded_fault(input, chunk, (struct place){.index = ++dump->index}, cells,
                  width, fault);
    return size_of(cells, width) +
           (input->columns.count - width) * sizeof *cells;
}

static struct value *no_cells(struct arena *arena, unsigned width)
{
    struct value *cells = arena_alloc(arena, width * sizeof *cells);
    for (unsigned i = 0; i < width; i++)
        cells[i] = (struct value){.type = VALUE_NIL};
    return cells;
}

/* The value that stands next: the row's value number `at`. DEFAULT is none,
 * where only the server could compute it. */
static const char *take_cell(struct dump *dump, struct arena *arena,
                             struct value *cells, unsigned at)
{
    const struct token *token = lexer_next(&dump->lexer);
    struct operand operand;
    bool ours = at < dump->listed;
    if (ours && token_word(token, "DEFAULT") &&
        is_computed(dump, dump->columns[at]))
        return NULL;
    lexer_back(&dump->lexer);
    const char *fault = dump_value(&dump->lexer, arena, 0, &operand);
    if (!ours)
        return fault;
    if (fault != NULL)
        return dump_fault_of(arena, &dump->table.columns, dump->columns[at],
                             fault);
    cells[dump->columns[at]] = operand.value;
    return NULL;
}

/* The values of a row whose bracket was opened, up to the one that closes. */
static const char *take_values(struct dump *dump, struct arena *arena,
                               struct value *cells)
{
    struct lexer *lexer = &dump->lexer;
    unsigned count = 0;
    const struct token *token = lexer_next(lexer);
    bool more = !token_sign(token, ')');
    if (more)
        lexer_back(lexer);
    for (; more; count++) {
        const char *fault = take_cell(dump, arena, cells, count);
        if (fault != NULL)
            return fault;
        token = lexer_next(lexer);
        more = token_sign(token, ',');
        if (!more && !token_sign(token, ')'))
            return token->kind == TOKEN_END
                       ? "the dump ends in the middle of a row"
                       : "what stands behind a value is no comma and no "
                         "bracket";
    }
    return count == dump->listed
               ? NULL
               : dump_fault(arena, "has %u values for %u columns", count,
                            dump->listed);
}

/* To behind the bracket that closes the row. */
static void pass_row(struct lexer *lexer, int depth)
{
    const struct token *token = &lexer->token;
    lexer->held = false;
    while (lexer->depth > depth && token->kind != TOKEN_END &&
           !token_sign(token, ';'))
        token = lexer_next(lexer);
    if (lexer->depth > depth)
        lexer_back(lexer);
    lexer->depth = depth;
}

static size_t add_row(const struct input *input, struct chunk *chunk,
                      const struct value *cells)
{
    struct dump *dump = input->state;
    unsigned width = input->columns.count;
    struct place place = {.index = ++dump->index};
    memcpy(decoded_add(chunk, place, width), cells, width * sizeof *cells);
    return size_of(cells, width);
}

/* What comes behind a row: another one, or the statement's end. */
static const char *pass_between(struct dump *dump, struct arena *arena)
{
    struct lexer *lexer = &dump->lexer;
    static const char *const tails[] = {"ON", "AS", "RETURNING", "SELECT"};
    const struct token *token = lexer_next(lexer);
    if (token_sign(token, ','))
        return NULL;
    if (token_sign(token, '(')) {
        lexer_back(lexer);
        return dump_fault(arena, "line %llu: no comma stands before this row",
                          (unsigned long long)token->line);
    }
    dump->in = STATEMENT_END;
    if (token_sign(token, ';'))
        return NULL;
    lexer_back(lexer);
    if (token->kind == TOKEN_END || token->first || token_word(token, "INTO") ||
        token_word(token, "INSERT"))
        return NULL;
    bool known = false;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        known = known || token_word(token, tails[i]);
    const char *fault =
        dump_fault(arena,
                   "line %llu: what stands behind a row is no comma "
                   "and no semicolon",
                   (unsigned long long)token->line);
    statement_skip(lexer);
    return known ? NULL : fault;
}

/* A row of an INSERT. */
static bool take_row(const struct input *input, struct chunk *chunk,
                     size_t *room, struct err *err)
{
    struct dump *dump = input->state;
    struct lexer *lexer = &dump->lexer;
    unsigned width = input->columns.count;
    struct value *cells = no_cells(&chunk->arena, width);
    const struct token *token = lexer_next(lexer);
    if (token_word(token, "ROW"))
        token = lexer_next(lexer);
    uint64_t line = token->line;
    int depth = lexer->depth - 1;
    const char *fault = NULL;
    if (token->kind == TOKEN_END)
        return dump_cut_off(dump, line, err);
    if (!token_sign(token, '(')) {
        *room += add_fault(input, chunk, cells, width, line,
                           "what stands where a row should is none");
        lexer_back(lexer);
        statement_skip(lexer);
        dump->in = STATEMENT_END;
        return true;
    }
    fault = take_values(dump, &chunk->arena, cells);
    if (fault != NULL)
        pass_row(lexer, depth);
    if (lexer->token.kind == TOKEN_END)
        return dump_cut_off(dump, line, err);
    if (fault == NULL)
        *room += add_row(input, chunk, cells);
    else
        *room += add_fault(input, chunk, cells, width, line, fault);
    fault = pass_between(dump, &chunk->arena);
    if (fault != NULL)
        *room += add_fault(input, chunk, NULL, 0, line, fault);
    return true;
}

static bool take_line(const struct input *input, struct chunk *chunk,
                      size_t *room, struct err *err)
{
    struct dump *dump = input->state;
    unsigned width = input->columns.count;
    uint64_t line = dump->lexer.text.line;
    struct value *cells = no_cells(&chunk->arena, width);
    const char *fault;
    enum step step = dump_copy_row(dump, &chunk->arena, cells, &fault);
    if (step == STEP_FAIL)
        return dump_cut_off(dump, dump->statement.line, err);
    if (step == STEP_END)
        dump->in = STATEMENT_END;
    else if (fault != NULL)
        *room += add_fault(input, chunk, cells, width, line, fault);
    else
        *room += add_row(input, chunk, cells);
    return true;
}

/* Is the statement of another table that is meant as well? */
static bool check_other(const struct input *input, struct err *err)
{
    struct dump *dump = input->state;
    const struct dump_options *options = input->options;
    const char *name = buf_text(&dump->statement.name);
    return options->table == NULL ||
           strcasecmp(options->table, dump->table.name) == 0 ||
           !statement_names(name, options->table) ||
           err_set(err, EXIT_INPUT, "table \"%s\" may be \"%s\" or \"%s\"",
                   options->table, dump->table.name, name);
}

/* Names go without letter case, as most servers do; a table of another one that
 * was created as well is not ours, and nobody can tell whose the rows are. */
static bool check_created(struct dump *dump, struct err *err)
{
    const char *name = buf_text(&dump->statement.name);
    if (dump->created == NULL)
        dump->created = mem_text(name);
    return strcmp(dump->created, name) == 0 ||
           err_set(err, EXIT_INPUT,
                   "line %llu: the tables \"%s\" and \"%s\" differ in letter "
                   "case alone: leave one of them in the dump",
                   (unsigned long long)dump->statement.line, dump->created,
                   name);
}

static void skip_rows(struct dump *dump)
{
    if (dump->statement.kind == STATEMENT_INSERT)
        statement_skip(&dump->lexer);
    else if (dump->statement.kind == STATEMENT_COPY)
        statement_skip_copy(&dump->lexer);
}

/* What changes rows that were given is not done: it is counted. Before them
 * it has none to change. */
static void count_change(struct dump *dump, struct chunk *chunk)
{
    const char *name = buf_text(&dump->statement.name);
    const char *table = dump->table.name;
    if (dump->index > 0 &&
        (statement_names(name, table) || statement_names(table, name)))
        left_out_count(&chunk->left, LEFT_CHANGES, dump->statement.line);
}

/* Is it one whose table nobody knows, as it is damaged? */
static bool is_lost(struct dump *dump)
{
    const char *name = buf_text(&dump->statement.name);
    if (dump->statement.kind != STATEMENT_BROKEN || dump->statement.sound)
        return false;
    for (unsigned i = 0; i < dump->known.count; i++)
        if (strcasecmp(dump->known.all[i], name) == 0)
            return false;
    return true;
}

/* The next statement. */
static bool begin(const struct input *input, struct chunk *chunk, size_t *room,
                  struct err *err)
{
    struct dump *dump = input->state;
    struct statement *statement = &dump->statement;
    const char *name = buf_text(&statement->name);
    if (statement->kind == STATEMENT_END)
        return true;
    if (statement->kind == STATEMENT_CHANGE)
        return count_change(dump, chunk), true;
    if (strcasecmp(name, dump->table.name) != 0 && !is_lost(dump)) {
        skip_rows(dump);
        return statement->kind == STATEMENT_CREATE || check_other(input, err);
    }
    if (statement->kind == STATEMENT_BROKEN) {
        *room +=
            add_fault(input, chunk, NULL, 0, statement->line, statement->fault);
    } else if (statement->kind == STATEMENT_CREATE) {
        return check_created(dump, err);
    } else {
        const char *fault = bind(input);
        if (fault == NULL) {
            dump->in = statement->kind;
            return true;
        }
        *room += add_fault(input, chunk, NULL, 0, statement->line, fault);
        skip_rows(dump);
    }
    return true;
}

enum step dump_rows(struct input *input, struct chunk *chunk, struct err *err)
{
    struct dump *dump = input->state;
    size_t room = 0;
    bool good = true, ends = false;
    if (dump->failure.code != EXIT_DONE)
        return *err = dump->failure, STEP_FAIL;
    while (good && !ends && room < sql_piece &&
           chunk->decoded_count < CHUNK_BYTES) {
        if (source_stopped(input->source))
            good = err_set(err, EXIT_INTERRUPTED, "interrupted");
        else if (dump->in == STATEMENT_INSERT)
            good = take_row(input, chunk, &room, err);
        else if (dump->in == STATEMENT_COPY)
            good = take_line(input, chunk, &room, err);
        else {
            statement_next(&dump->lexer, &dump->statement);
            good = begin(input, chunk, &room, err);
            ends = dump->statement.kind == STATEMENT_END;
        }
    }
    if (good && dump->lexer.text.failed)
        good = (*err = dump->lexer.text.failure, false);
    if (good && ends)
        good = dump_check_end(dump, err);
    if (!good && err->code == EXIT_INPUT && chunk->decoded_count > 0)
        dump->failure = *err;
    else if (!good)
        return STEP_FAIL;
    return chunk->decoded_count > 0 || left_out_any(&chunk->left) ? STEP_ITEM
                                                                  : STEP_END;
}
