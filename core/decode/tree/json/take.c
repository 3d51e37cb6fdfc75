/* take.c: names of objects as columns. Rows name their columns in the same
 * order nearly always: so each name is first compared with the one that came
 * after it the last time, and only looked for where it is another. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "scalar.h"
#include "undecoded.h"

const char json_too_many[] = "more than 16 384 names of columns; at = \"*\" "
                             "reads an object of rows";

void json_rows_init(struct json_rows *rows, struct json_input *json)
{
    *rows = (struct json_rows){.json = json, .names = &json->names};
    rows->parser.max_depth = json->max_depth;
    snprintf(rows->too_long, sizeof rows->too_long, JSON_LONG, json->max_value);
    rows->stamps = mem_zero(TREE_NAMES, sizeof *rows->stamps);
}

void json_rows_release(struct json_rows *rows)
{
    parse_release(&rows->parser);
    free(rows->stamps);
}

static struct value *make_cells(struct json_rows *rows, unsigned count)
{
    struct value *cells =
        arena_alloc(rows->parser.arena, (count + 1) * sizeof *cells);
    for (unsigned i = 0; i < count; i++)
        cells[i] = (struct value){.type = VALUE_NIL};
    rows->cells = cells;
    rows->width = count;
    return cells;
}

/* The column of that name; -1: of none. */
static int find_column(struct json_rows *rows, const struct value *name)
{
    int column = rows->adds
                     ? tree_names_add(rows->names, name->text, name->len)
                     : tree_names_find(rows->names, name->text, name->len);
    if (column < 0)
        parse_fail(&rows->parser, rows->adds
                                      ? json_too_many
                                      : "this name was not there a moment ago");
    return column;
}

/* Is it this name, with its colon? */
static inline bool take_expected(struct parser *parser,
                                 const struct value *name)
{
    const char *at = parser->at + 1;
    if ((size_t)(parser->end - at) < (size_t)name->len + 2 ||
        (name->flags & VALUE_SPECIAL) != 0 || !tree_names_same(name, at) ||
        at[name->len] != '"' || at[name->len + 1] != ':')
        return false;
    parser->at = at + name->len + 2;
    return true;
}

/* A name that is not the expected one. */
static bool take_other(struct json_rows *rows, int *column)
{
    struct parser *parser = &rows->parser;
    struct value name;
    bool unready = parser->unready; /* names are spelt by their columns */
    if (!parse_name(parser, &name))
        return false;
    parser->unready = unready;
    if (parse_peek(parser) != ':')
        return parse_fail(parser, "':' must stand here");
    parser->at++;
    *column = find_column(rows, &name);
    return *column >= 0;
}

static bool take_name(struct json_rows *rows, unsigned expected, int *column)
{
    struct parser *parser = &rows->parser;
    if (parse_peek(parser) != '"')
        return parse_fail(parser, "a name in quotes must stand here");
    *column = (int)expected;
    if ((expected >= rows->names->count ||
         !take_expected(parser, &rows->names->all[expected])))
        return take_other(rows, column);
    return true;
}

/* The value of a name that was met in this row already. `name`: where it stands
 * again. */
static bool take_again(struct json_rows *rows, int column, const char *name)
{
    struct parser *parser = &rows->parser;
    struct value again;
    if (!parse_value(parser, &again))
        return false;
    if (!rows->adds && !parse_same(&rows->cells[column], &again))
        parse_flaw(parser, name, parse_twins);
    return true;
}

/* A name's value. */
static bool take_cell(struct json_rows *rows, int column, const char *name)
{
    struct value passed;
    if (rows->stamps[column] == rows->stamp)
        return take_again(rows, column, name);
    rows->stamps[column] = rows->stamp;
    return parse_value(&rows->parser,
                       rows->adds ? &passed : &rows->cells[column]);
}

static bool take_object(struct json_rows *rows)
{
    struct parser *parser = &rows->parser;
    make_cells(rows, rows->adds ? 0 : rows->names->count);
    unsigned expected = rows->json->key == 0;
    int column = -1;
    rows->stamp++;
    parser->at++;
    bool more = parse_peek(parser) != '}';
    if (!more)
        parser->at++;
    while (more) {
        parse_peek(parser);
        const char *name = parser->at;
        if (!take_name(rows, expected, &column))
            return false;
        if (rows->adds && parse_peek(parser) == '[') {
            rows->lists_met++;
            rows->list_at = column;
        }
        expected = (unsigned)column + 1;
        if (!take_cell(rows, column, name) || !parse_next(parser, '}', &more))
            return false;
    }
    return true;
}

/* Something else than an object, by itself. */
static bool take_alone(struct json_rows *rows)
{
    struct value name = value_text(JSON_VALUE, strlen(JSON_VALUE)), value;
    if (!parse_value(&rows->parser, &value))
        return false;
    int column = find_column(rows, &name);
    if (column < 0)
        return false;
    make_cells(rows, rows->names->count)[column] = value;
    return true;
}

/* A list whose values are the cells. */
static bool take_list(struct json_rows *rows)
{
    struct value list;
    if (!parse_value(&rows->parser, &list))
        return false;
    rows->list = list.type == VALUE_LIST;
    rows->width = rows->list ? list.len : 1;
    rows->cells = make_cells(rows, rows->width);
    if (!rows->list)
        rows->cells[0] = list;
    else if (list.len > 0)
        memcpy(rows->cells, list.list, list.len * sizeof *rows->cells);
    return true;
}

/* A text that no colon follows is a value. */
bool json_rows_key(struct json_rows *rows)
{
    struct parser *parser = &rows->parser;
    const char *start = parser->at;
    parser->error = NULL;
    rows->key = (struct value){.type = VALUE_NIL};
    if (!rows->json->keyed || *start != '"')
        return true;
    if (!parse_name(parser, &rows->key))
        return false;
    if (parse_peek(parser) != ':') {
        rows->key = (struct value){.type = VALUE_NIL};
        parser->at = start;
        return true;
    }
    parser->at++;
    return parse_peek(parser) >= 0 ||
           parse_fail(parser, "the text ends here, in the middle");
}

static void put_key(struct json_rows *rows)
{
    if (rows->key.type == VALUE_NIL || rows->json->lists || rows->adds)
        return;
    rows->cells[rows->json->key] = rows->key;
    rows->parser.unready |= (rows->key.flags & PARSE_UNREADY) != 0;
}

bool json_rows_take(struct json_rows *rows)
{
    struct parser *parser = &rows->parser;
    parser->error = parser->flaw = NULL;
    parser->unready = false;
    parser->depth = parser->count = 0;
    int first = parse_peek(parser);
    const char *start = parser->at;
    bool good = rows->json->lists ? take_list(rows)
                : first == '{'    ? take_object(rows)
                                  : take_alone(rows);
    if (!good)
        return false;
    put_key(rows);
    if ((size_t)(parser->at - start) <= rows->json->max_value ||
        rows->json->layout == JSON_LINES)
        return true;
    parser->at = start;
    return parse_fail(parser, rows->too_long);
}

void json_rows_fail(const struct json_rows *rows, const struct input *input,
                    const struct chunk *chunk, struct err *err)
{
    const char *wrong = rows->parser.wrong;
    char said[UNDECODED_SAID];
    size_t len = (size_t)(wrong - chunk->bytes.at), last = 0;
    uint64_t lines = cut_lines(chunk->bytes.at, len, &last);
    uint64_t line = chunk->first.line + lines;
    uint64_t column = 1 + (lines > 0 ? len - last : chunk->column + len);
    err_set(err, EXIT_INPUT, "%s:%llu:%llu: %s", input->path,
            (unsigned long long)line, (unsigned long long)column,
            undecoded_say(input, rows->parser.error, wrong, rows->parser.end,
                          said));
}

const char *json_rows_doubt(const struct json_rows *rows)
{
    return rows->json->lists && !rows->list
               ? "is no list, as the first row is one"
               : NULL;
}
