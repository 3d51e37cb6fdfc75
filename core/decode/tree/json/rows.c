/* rows.c: the mapper's half: whole values of a chunk, parsed where they stand.
 *
 * A line that is no JSON is a row that cannot be used, and so is any value with
 * a flaw (parse.h); else, where rows are no lines, nobody can say where the
 * next one begins, so the run ends there. */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode/decoded.h"
#include "undecoded.h"

struct state {
    struct json_rows rows;
    struct decoded_maker maker;
    struct place place; /* of the value that comes next */
    const char *at, *end;
    const char *told;      /* the last one whose place was asked, */
    uint64_t line, column; /* and its, from 1 and from 0 */
};

static void rows_open(struct rows *rows)
{
    struct state *state = mem_zero(1, sizeof *state);
    json_rows_init(&state->rows, rows->input->state);
    decoded_maker_open(&state->maker, rows->input);
    rows->state = state;
}

static void rows_begin(struct rows *rows, struct chunk *chunk)
{
    struct state *state = rows->state;
    const struct json_input *json = rows->input->state;
    rows->chunk = chunk;
    buf_reserve(&chunk->bytes, 1);
    state->at = chunk->bytes.at;
    state->end = chunk->bytes.at + chunk->bytes.len;
    state->place = chunk->first;
    state->told = state->at;
    state->line = chunk->first.line;
    state->column = chunk->column;
    if (json->layout == JSON_LINES)
        state->place.index = 0;
    else
        state->place.line = 0;
    state->rows.parser.arena = &chunk->arena;
    decoded_maker_begin(&state->maker, chunk);
}

static void rows_close(struct rows *rows)
{
    struct state *state = rows->state;
    json_rows_release(&state->rows);
    decoded_maker_close(&state->maker);
    free(state);
    rows->state = NULL;
}

/* The row without its header's place. */
static bool is_header(const struct json_input *json, const struct place *place)
{
    return json->header > 0 &&
           json->header == (place->line > 0 ? place->line : place->index);
}

/* The row's cells as a mapping sees them, nearly all of which are so already;
 * NULL: as many as there are columns are not there. */
static const struct value *ready_cells(struct state *state, unsigned count)
{
    const struct json_rows *rows = &state->rows;
    if (rows->width != count)
        return NULL;
    if (!rows->parser.unready)
        return rows->cells;
    struct value *cells =
        arena_alloc(rows->parser.arena, (count + 1) * sizeof *cells);
    for (unsigned i = 0; i < count; i++)
        cells[i] = (rows->cells[i].flags & PARSE_UNREADY) != 0
                       ? ready_value(&state->maker.ready, &rows->cells[i])
                       : rows->cells[i];
    return cells;
}

/* The header has no number. */
static struct place place_without(const struct json_input *json,
                                  struct place place)
{
    if (json->header > 0 && place.line == 0)
        place.index--;
    return place;
}

static void make_row(struct rows *rows, struct row *row, struct place place)
{
    struct state *state = rows->state;
    const struct json_input *json = rows->input->state;
    struct decoded decoded = {.place = place_without(json, place),
                              .cells = state->rows.cells,
                              .width = state->rows.width};
    const char *doubt = json_rows_doubt(&state->rows);
    if (doubt != NULL)
        decoded =
            decoded_faulty(rows->input, &rows->chunk->arena, decoded.place,
                           decoded.cells, decoded.width, doubt);
    const struct value *cells =
        doubt == NULL ? ready_cells(state, rows->input->columns.count) : NULL;
    decoded_make(&state->maker, rows->input, &decoded, cells, row);
}

/* Where in its line a row is wrong, and in which, where rows are no lines. */
static void say_place(struct rows *rows, const char *wrong, char *to,
                      size_t size)
{
    struct state *state = rows->state;
    const struct json_input *json = rows->input->state;
    size_t len = (size_t)(wrong - state->told), last;
    uint64_t lines = cut_lines(state->told, len, &last);
    state->column = lines > 0 ? len - last : state->column + len;
    state->line += lines;
    state->told = wrong;
    if (json->layout == JSON_LINES)
        snprintf(to, size,
                 "column %llu: ", (unsigned long long)state->column + 1);
    else
        snprintf(to, size,
                 "line %llu, column %llu: ", (unsigned long long)state->line,
                 (unsigned long long)state->column + 1);
}

/* What cannot be used is shown as its text. */
static void make_fault(struct rows *rows, const char *start, size_t len,
                       const char *error, const char *wrong, struct row *row)
{
    enum { FAULT = 160, PLACE = 64 };
    struct state *state = rows->state;
    struct arena *arena = &rows->chunk->arena;
    char fault[FAULT], said[UNDECODED_SAID], where[PLACE] = "";
    struct buf mended = {0};
    if (wrong != NULL) {
        say_place(rows, wrong, where, sizeof where);
        error = undecoded_say(rows->input, error, wrong, start + len, said);
    }
    snprintf(fault, sizeof fault, "%s%s", where, error);
    undecoded_mend(rows->input, &mended, start,
                   len < JSON_SHOWN ? len : JSON_SHOWN);
    char *text = arena_alloc(arena, mended.len);
    memcpy(text, buf_text(&mended), mended.len);
    struct value cell = value_text(text, mended.len);
    buf_release(&mended);
    struct decoded decoded = decoded_faulty(
        rows->input, arena, place_without(rows->input->state, state->place),
        &cell, 1, fault);
    decoded_make(&state->maker, rows->input, &decoded, NULL, row);
}

/* A line that is kept in part alone. */
static bool next_long(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    if (state->at == state->end)
        return false;
    make_fault(rows, state->at, (size_t)(state->end - state->at),
               state->rows.too_long, NULL, row);
    state->at = state->end;
    return true;
}

static bool take_line(struct json_rows *rows, const char *at, const char *end)
{
    struct parser *parser = &rows->parser;
    parser->error = NULL;
    parser->at = at;
    parser->end = end;
    if ((size_t)(end - at) > rows->json->max_value)
        return parse_fail(parser, rows->too_long);
    if (!json_rows_take(rows))
        return false;
    if (parse_peek(parser) >= 0)
        return parse_fail(parser, "text after the line's value");
    parser->at = parser->flaw;
    return parser->flaw == NULL || parse_fail(parser, parser->flawed);
}

static bool next_line(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    struct parser *parser = &state->rows.parser;
    while (state->at < state->end) {
        const char *at = state->at;
        const char *end = memchr(at, '\n', (size_t)(state->end - at));
        struct place place = state->place;
        if (end == NULL)
            end = state->end;
        state->at = end < state->end ? end + 1 : end;
        parser->at = at;
        parser->end = end;
        bool blank = parse_peek(parser) < 0 &&
                     (size_t)(end - at) <= state->rows.json->max_value;
        bool good = !blank && take_line(&state->rows, at, end);
        if (blank)
            left_out_count(&rows->chunk->left, LEFT_BLANK, place.line);
        else if (!good)
            make_fault(rows, at, (size_t)(end - at), parser->error,
                       parser->error == state->rows.too_long ? NULL
                                                             : parser->wrong,
                       row);
        else if (!is_header(rows->input->state, &place))
            make_row(rows, row, place);
        else
            blank = true;
        state->place.line++;
        if (!blank)
            return true;
    }
    return false;
}

/* The chunk's rows end here, and the run does after them. */
static bool fail(struct rows *rows)
{
    struct state *state = rows->state;
    struct chunk *chunk = rows->chunk;
    chunk->failed = true;
    json_rows_fail(&state->rows, rows->input, chunk, &chunk->failure);
    state->at = state->end;
    return false;
}

/* After a value: where the next one begins. */
static bool take_comma(struct rows *rows, bool scalar)
{
    struct state *state = rows->state;
    struct parser *parser = &state->rows.parser;
    const struct json_input *json = rows->input->state;
    int next = parse_peek(parser);
    bool tree = json->layout == JSON_TREE;
    if (tree && next == ',')
        parser->at++;
    else if (tree && next >= 0)
        return parse_fail(parser, "',' or ']' must stand here");
    else if (!tree && scalar && (next >= 0 || state->place.index > 1))
        return parse_fail(parser, "text after the value");
    state->at = parser->at;
    return true;
}

static bool take_one(struct json_rows *rows, const struct place *place)
{
    struct parser *parser = &rows->parser;
    parser->error = NULL;
    if (*parser->at == ',' && place->index > 1 &&
        rows->json->layout == JSON_VALUES)
        return parse_fail(parser, "a comma between values that no array holds");
    return json_rows_take(rows);
}

static bool next_value(struct rows *rows, struct row *row)
{
    struct state *state = rows->state;
    struct parser *parser = &state->rows.parser;
    parser->at = state->at;
    parser->end = state->end;
    while (parse_peek(parser) >= 0) {
        struct place place = state->place;
        const char *start = parser->at;
        if (!json_rows_key(&state->rows))
            return fail(rows);
        bool scalar = *parser->at != '{' && *parser->at != '[';
        if (!take_one(&state->rows, &place))
            return fail(rows);
        size_t len = (size_t)(parser->at - start);
        if (!take_comma(rows, scalar))
            return fail(rows);
        bool header = is_header(rows->input->state, &place);
        if (!header && parser->flaw != NULL)
            make_fault(rows, start, len, parser->flawed, parser->flaw, row);
        else if (!header)
            make_row(rows, row, place);
        state->place.index++;
        if (!header)
            return true;
    }
    return false;
}

static bool rows_next(struct rows *rows, struct row *row)
{
    const struct json_input *json = rows->input->state;
    if (rows->chunk->damage != NULL)
        return next_long(rows, row);
    return json->layout == JSON_LINES ? next_line(rows, row)
                                      : next_value(rows, row);
}

const struct row_reader json_row_reader = {
    .open = rows_open,
    .begin = rows_begin,
    .next = rows_next,
    .close = rows_close,
};
