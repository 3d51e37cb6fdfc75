/* rows.c: the statement, and its rows as cells. What a cell is, SQLite says of
 * each one, whatever its column was declared as. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/copy.h"
#include "base/mem.h"
#include "base/scan.h"
#include "base/utf8.h"
#include "decode/decoded.h"
#include "state.h"

static void name_columns(struct input *input, sqlite3_stmt *rows)
{
    unsigned count = (unsigned)sqlite3_column_count(rows);
    struct value *names = mem_alloc(count * sizeof *names);
    struct buf text = {0};
    for (unsigned i = 0; i < count; i++) {
        const char *name = sqlite3_column_name(rows, (int)i);
        buf_clear(&text);
        utf8_mend(&text, name ? name : "", name ? strlen(name) : 0);
        names[i] = value_text(mem_text_n(text.at, text.len), text.len);
    }
    columns_name(&input->columns, names, count);
    for (unsigned i = 0; i < count; i++)
        free((void *)names[i].text);
    free(names);
    buf_release(&text);
}

/* A number is bound as one, so that it is compared as one. */
static int bind(sqlite3_stmt *rows, int at, const struct option_value *value)
{
    char *end;
    if (value->type == OPTION_TRUTH)
        return sqlite3_bind_int(rows, at, *value->text == 'y');
    if (value->type != OPTION_NUMBER)
        return sqlite3_bind_text(rows, at, value->text, (int)value->len,
                                 SQLITE_TRANSIENT);
    if (strspn(value->text, "-0123456789") == value->len)
        return sqlite3_bind_int64(rows, at, strtoll(value->text, &end, 10));
    return sqlite3_bind_double(rows, at, strtod(value->text, &end));
}

static bool bind_all(const struct input *input, sqlite3_stmt *rows,
                     struct err *err)
{
    const struct sqlite_options *options = input->options;
    const struct option_value *params = &options->asked.params;
    unsigned wanted = (unsigned)sqlite3_bind_parameter_count(rows);
    if (wanted != params->count)
        return err_set(err, EXIT_USAGE,
                       "values for ? of the query: it needs %u, params has %u",
                       wanted, params->count);
    for (unsigned i = 0; i < wanted; i++) {
        if (params->items[i].text == NULL)
            return err_set(err, EXIT_USAGE,
                           "params: a list of texts, numbers "
                           "and booleans");
        int code = bind(rows, (int)i + 1, &params->items[i]);
        if (code != SQLITE_OK)
            return sqlite_fail(input, code, err);
    }
    return true;
}

static bool is_over(const char *tail)
{
    return tail[strspn(tail, " \t\r\n;")] == '\0';
}

static bool prepare(struct input *input, const char *text, struct err *err)
{
    struct sqlite *state = input->state;
    const char *tail = "";
    int code = sqlite3_prepare_v2(state->db, text, -1, &state->rows, &tail);
    if (code == SQLITE_AUTH)
        return err_set(err, EXIT_USAGE,
                       "the query does more than read (%s): only SELECT is "
                       "allowed",
                       sqlite3_errmsg(state->db));
    if (code == SQLITE_ERROR && state->table == NULL)
        return err_set(err, EXIT_USAGE, "the query: %s",
                       sqlite3_errmsg(state->db));
    if (code != SQLITE_OK)
        return sqlite_fail(input, code, err);
    if (state->rows == NULL || !is_over(tail))
        return err_set(err, EXIT_USAGE, "the query is not one statement");
    if (sqlite3_column_count(state->rows) == 0)
        return err_set(err, EXIT_USAGE, "the query answers no rows");
    return true;
}

bool sqlite_ask(struct input *input, struct err *err)
{
    struct sqlite *state = input->state;
    const struct sqlite_options *options = input->options;
    char *whole = state->table
                      ? sqlite3_mprintf("SELECT * FROM \"%w\"", state->table)
                      : NULL;
    bool good = prepare(input, whole ? whole : options->asked.query, err) &&
                bind_all(input, state->rows, err);
    sqlite3_free(whole);
    if (good)
        name_columns(input, state->rows);
    return good;
}

/* Where it lies in SQLite's memory; the row's texts are copied together. */
static const char *look_at_text(sqlite3_value *from, struct value *value)
{
    const char *text = (const char *)sqlite3_value_text(from);
    if (text == NULL)
        return "is too large for the memory";
    value->type = VALUE_TEXT;
    value->flags = VALUE_WIDE | VALUE_SPECIAL;
    value->text = text;
    value->len = (uint32_t)sqlite3_value_bytes(from);
    return NULL;
}

/* NULL, or what is wrong with it. */
static const char *take_cell(struct arena *arena, sqlite3_value *from,
                             struct value *value)
{
    *value = (struct value){.type = VALUE_NIL};
    switch (sqlite3_value_type(from)) {
    case SQLITE_INTEGER:
        value->type = VALUE_INT;
        value->integer = sqlite3_value_int64(from);
        break;
    case SQLITE_FLOAT:
        if (!isfinite(sqlite3_value_double(from)))
            return "is an infinite number";
        *value = asked_real(arena, sqlite3_value_double(from), false);
        break;
    case SQLITE_TEXT:
        return look_at_text(from, value);
    case SQLITE_BLOB:
        *value = asked_bytes(arena, sqlite3_value_blob(from),
                             (size_t)sqlite3_value_bytes(from));
        break;
    default:
        break;
    }
    return NULL;
}

static bool is_outside(const struct value *cell)
{
    return cell->type == VALUE_TEXT && (cell->flags & VALUE_TIGHT) == 0;
}

/* A blank after each keeps a letter that was cut off from going on in the next
 * one, so that one look tells of all of them whether they may be no UTF-8. */
static bool copy_texts(struct arena *arena, struct value *cells, unsigned width)
{
    size_t size = 0;
    for (unsigned i = 0; i < width; i++)
        size += is_outside(&cells[i]) ? (size_t)cells[i].len + 1 : 0;
    char *begin = arena_alloc(arena, size), *to = begin;
    for (unsigned i = 0; i < width; i++) {
        if (!is_outside(&cells[i]))
            continue;
        copy_exact(to, cells[i].text, cells[i].len);
        cells[i].text = to;
        to += cells[i].len;
        *to++ = ' ';
    }
    return (scan_text(begin, size) & SCAN_ODD) == 0;
}

/* What is no UTF-8 is taken out. */
static const char *check_text(struct value *cell)
{
    if (!is_outside(cell) || utf8_valid(cell->text, cell->len) == cell->len)
        return NULL;
    *cell = (struct value){.type = VALUE_NIL};
    return "is no valid UTF-8";
}

/* The first fault is told. */
static void tell(struct buf *fault, const struct input *input, unsigned at,
                 const char *wrong)
{
    if (wrong != NULL && fault->len == 0)
        buf_addf(fault, "\"%s\" %s", input->columns.all[at].name, wrong);
}

/* A value is asked of without the column's calls, which cost more: nobody but
 * this thread uses the connection (SQLITE_OPEN_NOMUTEX). */
size_t sqlite_take(const struct input *input, struct chunk *chunk,
                   struct place place)
{
    const struct sqlite *state = input->state;
    struct arena *arena = &chunk->arena;
    unsigned width = input->columns.count;
    struct value *cells = decoded_add(chunk, place, width);
    struct buf fault = {0};
    size_t size = 0;
    for (unsigned i = 0; i < width; i++) {
        sqlite3_value *from = sqlite3_column_value(state->rows, (int)i);
        tell(&fault, input, i, take_cell(arena, from, &cells[i]));
        size += cells[i].type == VALUE_TEXT ? cells[i].len : 0;
    }
    if (!copy_texts(arena, cells, width))
        for (unsigned i = 0; i < width; i++)
            tell(&fault, input, i, check_text(&cells[i]));
    if (fault.len > 0)
        chunk->decoded[chunk->decoded_count - 1] =
            decoded_faulty(input, arena, place, cells, width, buf_text(&fault));
    buf_release(&fault);
    return sizeof(struct decoded) + width * sizeof *cells + size;
}
