/* survey.c: the first time through the input, for names alone. Values are
 * passed over; whether they are JSON the second time tells. So the names of a
 * line that cannot be read are columns too. */
#include "header.h"
#include "rows.h"
#include "skim.h"

struct survey {
    const struct input *input;
    struct json_input *json;
    struct json_rows rows;
    struct arena arena;
    const struct value *header; /* in the arena of names */
    uint64_t line, index;
    bool begun; /* a row was met */
    bool over;  /* what follows will not be read */
};

/* The first row says what all are. */
static bool take_first(struct survey *survey)
{
    struct json_input *json = survey->json;
    struct json_rows *rows = &survey->rows;
    json->lists = true;
    rows->parser.skim = false;
    bool good = json_rows_take(rows);
    rows->parser.skim = true;
    if (!good)
        return false;
    if (rows->width > TREE_NAMES)
        return parse_fail(&rows->parser, "more than 16 384 columns");
    survey->header = json_header(survey->input, rows->cells, rows->width);
    if (survey->header != NULL && rows->parser.flaw != NULL) {
        rows->parser.at = rows->parser.flaw;
        return parse_fail(&rows->parser, rows->parser.flawed);
    }
    if (survey->header != NULL)
        json->header =
            json->layout == JSON_LINES ? survey->line : survey->index;
    json->width = rows->width;
    return true;
}

/* A row that brings no name that is new. */
static bool skim_row(struct survey *survey)
{
    struct json_input *json = survey->json;
    struct parser *parser = &survey->rows.parser;
    if (json->lists || *parser->at != '{' || json_limits.plain)
        return false;
    const char *end =
        skim_known(&json->names, json->key == 0, parser->at, parser->end);
    if (end != NULL)
        parser->at = end;
    return end != NULL;
}

/* The column of rows' names is there once one has a name. */
static bool take_key(struct survey *survey)
{
    struct json_input *json = survey->json;
    struct json_rows *rows = &survey->rows;
    if (!json_rows_key(rows))
        return false;
    if (rows->key.type == VALUE_TEXT && json->key < 0 && !json->lists)
        json->key = tree_names_add_apart(&json->names, JSON_KEY);
    return rows->key.type != VALUE_TEXT || json->key >= 0 || json->lists ||
           parse_fail(&rows->parser, json_too_many);
}

static bool take_value(struct survey *survey)
{
    struct json_input *json = survey->json;
    struct json_rows *rows = &survey->rows;
    bool first = !survey->begun;
    if (!take_key(survey))
        return false;
    if (!first && skim_row(survey))
        return true;
    if (first && *rows->parser.at == '[') {
        bool good = take_first(survey);
        survey->begun = good;
        json->lists = good;
        return good;
    }
    rows->parser.skim = !json->lists;
    if (!json_rows_take(rows))
        return false;
    survey->begun = true;
    if (json->header == 0 && json->lists && rows->width > json->width)
        json->width = rows->width < TREE_NAMES ? rows->width : TREE_NAMES;
    return true;
}

static bool is_full(const struct survey *survey)
{
    return survey->rows.parser.error == json_too_many;
}

static void survey_lines(struct survey *survey, const struct chunk *chunk)
{
    struct parser *parser = &survey->rows.parser;
    const char *at = chunk->bytes.at, *all = at + chunk->bytes.len;
    survey->line = chunk->first.line;
    size_t max = survey->json->max_value;
    for (; at < all && !survey->over; survey->line++) {
        const char *end = memchr(at, '\n', (size_t)(all - at));
        parser->at = at;
        parser->end = end ? end : all;
        if ((size_t)(parser->end - at) <= max && parse_peek(parser) >= 0 &&
            chunk->damage == NULL && !take_value(survey))
            survey->over = is_full(survey);
        at = end ? end + 1 : all;
    }
}

static void survey_values(struct survey *survey, const struct chunk *chunk)
{
    struct parser *parser = &survey->rows.parser;
    parser->at = chunk->bytes.at;
    parser->end = chunk->bytes.at + chunk->bytes.len;
    survey->index = chunk->first.index;
    for (; parse_peek(parser) >= 0 && !survey->over; survey->index++) {
        survey->over = !take_value(survey);
        if (survey->json->layout == JSON_TREE && parse_peek(parser) == ',')
            parser->at++;
    }
}

static bool survey_chunk(struct survey *survey, struct chunk *chunk)
{
    survey->rows.parser.arena = &survey->arena;
    if (survey->json->layout == JSON_LINES)
        survey_lines(survey, chunk);
    else
        survey_values(survey, chunk);
    arena_reset(&survey->arena);
    return !survey->over;
}

static void name_columns(struct input *input, const struct survey *survey)
{
    struct json_input *json = input->state;
    input->named = !json->lists || survey->header != NULL;
    if (json->lists)
        columns_name(&input->columns, survey->header, json->width);
    else
        columns_name(&input->columns, json->names.all, json->names.count);
}

/* What is no JSON where no row was met yet is told at once; what comes later,
 * when it is read. */
static bool survey_rows(struct input *input, struct survey *survey,
                        struct err *err)
{
    const struct json_input *json = input->state;
    struct chunk *chunk = chunk_new();
    enum step step;
    while ((step = json_fill(input, chunk, err)) == STEP_ITEM &&
           survey_chunk(survey, chunk))
        chunk_clear(chunk);
    bool refused = survey->over && (is_full(survey) || !survey->begun);
    if (refused)
        json_rows_fail(&survey->rows, input, chunk, err);
    chunk_free(chunk);
    if (refused)
        return false;
    return step != STEP_FAIL || (json->failed && survey->begun);
}

bool json_survey(struct input *input, struct err *err)
{
    struct json_input *json = input->state;
    struct survey survey = {.input = input, .json = json};
    json_rows_init(&survey.rows, json);
    survey.rows.adds = true;
    survey.rows.parser.skim = true;
    arena_init(&survey.arena);
    bool good = survey_rows(input, &survey, err);
    if (good)
        name_columns(input, &survey);
    json_rows_release(&survey.rows);
    arena_release(&survey.arena);
    json_reader_close(json);
    json->hint = json->layout == JSON_VALUES && survey.index == 2 &&
                         survey.rows.lists_met == 1
                     ? survey.rows.list_at
                     : -1;
    return good && source_rewind(input->source, err) &&
           json_reader_open(input, err);
}
