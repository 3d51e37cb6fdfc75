/* fill.c: the reader's half: bytes cut after whole values. */
#include <stdio.h>
#include <string.h>

#include "input.h"
#include "undecoded.h"

struct json_limits json_limits = {.chunk = CHUNK_BYTES};

bool json_reader_open(struct input *input, struct err *err)
{
    struct json_input *json = input->state;
    const struct json_options *said = input->options;
    if (!feed_open(&json->feed, input->source, said->encoding, err))
        return false;
    buf_reserve(&json->text, 1);
    buf_clear(&json->text);
    json->at = 0;
    json->line = json->index = 1;
    json->column = 0;
    json->cut = (struct cut){.kind = CUT_VALUES};
    json->inside = json->some = json->comma = json->failed = false;
    walk_open(&json->walk, &said->at);
    return true;
}

void json_reader_close(struct json_input *json)
{
    feed_close(&json->feed);
    json->walked |= json->walk.met_any;
    walk_close(&json->walk);
}

static const char *text_at(const struct json_input *json)
{
    return json->text.at + json->at;
}

static size_t text_left(const struct json_input *json)
{
    return json->text.len - json->at;
}

static bool read_more(struct json_input *json, struct err *err)
{
    memmove(json->text.at, text_at(json), text_left(json));
    json->text.len -= json->at;
    json->at = 0;
    return feed_read(&json->feed, &json->text, json_limits.chunk, err);
}

static void advance(struct json_input *json, size_t len)
{
    size_t last;
    uint64_t lines = cut_lines(text_at(json), len, &last);
    json->line += lines;
    json->column = lines > 0 ? len - last : json->column + len;
    json->at += len;
}

/* Rows begin where the chunk does. */
static void give(struct json_input *json, struct chunk *chunk, size_t len)
{
    if (chunk->bytes.len == 0) {
        chunk->first = (struct place){.line = json->line, .index = json->index};
        chunk->column = json->column;
    }
    buf_add(&chunk->bytes, text_at(json), len);
    advance(json, len);
}

/* So many more rows may go into the chunk: of a short text far more cells may
 * be made. While columns are looked for, there are none. */
static uint64_t rows_left(const struct input *input, const struct chunk *chunk)
{
    const struct json_input *json = input->state;
    uint64_t rows = chunk_rows(input->columns.count), given = 0;
    if (chunk->bytes.len > 0)
        given = json->layout == JSON_LINES ? json->line - chunk->first.line
                                           : json->index - chunk->first.index;
    return given < rows ? rows - given : 0;
}

/* Looks on for where values end, until there are so many, or twice as many: a
 * value takes two bytes at least. */
static void look(struct json_input *json, uint64_t rows)
{
    struct cut *cut = &json->cut;
    size_t left = text_left(json);
    size_t step = rows < left / 2 ? 2 * rows + SCAN_BLOCK : left;
    while (!cut->closed && cut->ended < rows && cut->seen + step < left)
        cut_look(cut, text_at(json), cut->seen + step, false);
    if (!cut->closed && cut->ended < rows)
        cut_look(cut, text_at(json), left, json->feed.ended);
}

/* What is no row, as blanks; a comma where one is wanted: that of the text, or
 * another byte, but never a line end. Between two rows there is one. */
static void give_blanks(struct json_input *json, struct chunk *chunk,
                        size_t len)
{
    size_t from = chunk->bytes.len;
    if (from == 0) {
        advance(json, len);
        return;
    }
    give(json, chunk, len);
    for (size_t i = from; i < chunk->bytes.len; i++) {
        char *byte = &chunk->bytes.at[i];
        if (*byte != '\n') {
            *byte = json->comma ? ',' : ' ';
            json->comma = false;
        }
    }
}

/* Answers STEP_FAIL: what was given before is taken first. */
static enum step fail(struct input *input, uint64_t line, uint64_t column,
                      const char *error)
{
    struct json_input *json = input->state;
    json->failed = true;
    err_set(&json->failure, EXIT_INPUT, "%s:%llu:%llu: %s", input->path,
            (unsigned long long)line, (unsigned long long)column + 1, error);
    return STEP_FAIL;
}

static enum step fail_here(struct input *input, const char *error)
{
    const struct json_input *json = input->state;
    return fail(input, json->line, json->column, error);
}

static size_t blank_start(const char *text, size_t len)
{
    size_t at = 0;
    while (at < len && (text[at] == ' ' || text[at] == '\n' ||
                        text[at] == '\r' || text[at] == '\t'))
        at++;
    return at;
}

static bool is_blank(const char *text, size_t len)
{
    return blank_start(text, len) == len;
}

/* No value ends in view: more text is wanted, unless it is too long. White
 * space before it is no part of it. */
static enum step wait(struct input *input, struct chunk *chunk)
{
    enum { TEXT = 80 };
    struct json_input *json = input->state;
    char error[TEXT];
    size_t blanks = blank_start(text_at(json), text_left(json));
    give_blanks(json, chunk, blanks);
    json->cut.seen -= json->cut.seen < blanks ? json->cut.seen : blanks;
    bool walks = json->layout == JSON_TREE && !json->inside;
    if ((walks ? text_left(json) : json->cut.seen) <= json->max_value + 1)
        return STEP_END;
    snprintf(error, sizeof error, JSON_LONG, json->max_value);
    return fail_here(input, error);
}

static void took(struct json_input *json, size_t len)
{
    json->index += json->cut.ended;
    json->cut.seen -= len;
    json->cut.end = 0;
    json->cut.ended = 0;
}

/* What follows may make steps fail; STEP_END: more text is wanted; STEP_ITEM:
 * something was done. */

/* At the bracket that closes the array; `tail` bytes before it were given. */
static enum step close_array(struct input *input, struct chunk *chunk,
                             bool empty)
{
    struct json_input *json = input->state;
    size_t at = json->at;
    if (empty && json->some)
        return fail_here(input, "a value must stand here, after the comma");
    if (!walk_leave(&json->walk, json->text.at, json->text.len, &at))
        return fail_here(input, "',' or ']' must stand here");
    json->inside = false;
    json->comma = json->some || !empty;
    json->index += !empty;
    give_blanks(json, chunk, 1);
    json->comma = false;
    return STEP_ITEM;
}

/* Its values, as far as they are in view. */
static enum step give_array(struct input *input, struct chunk *chunk)
{
    struct json_input *json = input->state;
    struct cut *cut = &json->cut;
    bool ended = json->feed.ended;
    look(json, rows_left(input, chunk));
    size_t len = cut->end;
    if (cut->closed) {
        const char *tail = text_at(json) + len;
        while (tail > text_at(json) && is_blank(tail - 1, 1))
            tail--;
        bool empty = tail == text_at(json) || tail[-1] == ',';
        json->some |= tail > text_at(json);
        give(json, chunk, len);
        took(json, len);
        return close_array(input, chunk, empty);
    }
    if (len == 0 && !ended)
        return wait(input, chunk);
    if (len == 0) {
        give(json, chunk, text_left(json));
        return fail_here(input, "the text ends here, in the middle");
    }
    json->some = true;
    give(json, chunk, len);
    took(json, len);
    return STEP_ITEM;
}

/* One object that is a row. */
static enum step give_one(struct input *input, struct chunk *chunk)
{
    struct json_input *json = input->state;
    struct cut *cut = &json->cut;
    size_t lead = json->lead;
    cut_look(cut, text_at(json) + lead, text_left(json) - lead,
             json->feed.ended);
    if (!cut->closed && !json->feed.ended)
        return wait(input, chunk);
    if (!cut->closed) {
        give(json, chunk, text_left(json));
        return fail_here(input, "the text ends here, in the middle");
    }
    size_t bracket = json->at + lead + cut->end - 1;
    bool good =
        walk_leave(&json->walk, json->text.at, json->text.len, &bracket);
    give(json, chunk, lead + cut->end);
    json->index++;
    json->comma = true;
    json->inside = false;
    return good ? STEP_ITEM : fail_here(input, json->walk.error);
}

static enum step give_scalar(struct json_input *json, struct chunk *chunk)
{
    give(json, chunk, json->lead + json->walk.len);
    json->index++;
    json->comma = true;
    return STEP_ITEM;
}

static enum step walk_on(struct input *input, struct chunk *chunk, bool *over)
{
    struct json_input *json = input->state;
    char said[UNDECODED_SAID];
    size_t at = json->at;
    enum walk_found found = walk_next(&json->walk, json->text.at,
                                      json->text.len, &at, json->feed.ended);
    bool row = found == WALK_ROW || found == WALK_VALUE;
    json->lead = row ? json->walk.lead : 0;
    give_blanks(json, chunk, at - json->lead - json->at);
    *over = found == WALK_END;
    if (found == WALK_MORE)
        return wait(input, chunk);
    if (found == WALK_FAILED)
        return fail_here(input,
                         undecoded_say(input, json->walk.error, text_at(json),
                                       json->text.at + json->text.len, said));
    if (found == WALK_VALUE)
        return give_scalar(json, chunk);
    json->inside = !*over;
    json->some = false;
    json->cut = (struct cut){.kind = found == WALK_ROW ? CUT_ONE : CUT_COMMAS};
    return STEP_ITEM;
}

static enum step give_tree(struct input *input, struct chunk *chunk, bool *over)
{
    const struct json_input *json = input->state;
    if (!json->inside)
        return walk_on(input, chunk, over);
    return json->cut.kind == CUT_ONE ? give_one(input, chunk)
                                     : give_array(input, chunk);
}

static enum step give_values(struct input *input, struct chunk *chunk,
                             bool *over)
{
    struct json_input *json = input->state;
    look(json, rows_left(input, chunk));
    size_t len = json->cut.end;
    *over = json->feed.ended && is_blank(text_at(json), text_left(json));
    if (*over)
        return STEP_ITEM;
    if (len == 0 && !json->feed.ended)
        return wait(input, chunk);
    if (len == 0)
        len = text_left(json); /* one without brackets, or no JSON */
    give(json, chunk, len);
    took(json, len);
    return STEP_ITEM;
}

/* Up to the next line, of which nothing is given any more. */
static enum step pass_line(struct json_input *json, struct err *err)
{
    for (;;) {
        const char *end = memchr(text_at(json), '\n', text_left(json));
        if (end != NULL) {
            advance(json, (size_t)(end - text_at(json)) + 1);
            return STEP_ITEM;
        }
        json->at = json->text.len;
        if (json->feed.ended)
            return STEP_ITEM;
        if (!read_more(json, err))
            return STEP_FAIL;
    }
}

/* The start of a line that is too long is all that is kept of it. */
static enum step give_long(struct json_input *json, struct chunk *chunk,
                           struct err *err)
{
    while (text_left(json) < JSON_SHOWN && !json->feed.ended &&
           memchr(text_at(json), '\n', text_left(json)) == NULL)
        if (!read_more(json, err))
            return STEP_FAIL;
    size_t len = text_left(json) < JSON_SHOWN ? text_left(json) : JSON_SHOWN;
    const char *end = memchr(text_at(json), '\n', len);
    give(json, chunk, end ? (size_t)(end - text_at(json)) : len);
    chunk->damage = ""; /* said by the mapper, as of any long line */
    return pass_line(json, err);
}

static enum step give_lines(struct input *input, struct chunk *chunk,
                            bool *over, struct err *err)
{
    struct json_input *json = input->state;
    size_t len = text_left(json);
    const char *text = text_at(json);
    while (len > 0 && text[len - 1] != '\n')
        len--;
    if (len == 0 && text_left(json) > json->max_value) {
        *over = chunk->bytes.len > 0; /* these first */
        return *over ? STEP_ITEM : give_long(json, chunk, err);
    }
    if (len == 0 && !json->feed.ended)
        return STEP_END;
    len = len > 0 ? cut_first(text, len, rows_left(input, chunk))
                  : text_left(json);
    *over = len == 0;
    give(json, chunk, len);
    return STEP_ITEM;
}

static enum step give_some(struct input *input, struct chunk *chunk, bool *over,
                           struct err *err)
{
    const struct json_input *json = input->state;
    switch (json->layout) {
    case JSON_LINES:
        return give_lines(input, chunk, over, err);
    case JSON_VALUES:
        return give_values(input, chunk, over);
    default:
        return give_tree(input, chunk, over);
    }
}

enum step json_fill(struct input *input, struct chunk *chunk, struct err *err)
{
    struct json_input *json = input->state;
    bool over = false;
    json->comma = false;
    while (!over && !json->failed && chunk->damage == NULL &&
           chunk->bytes.len < json_limits.chunk &&
           rows_left(input, chunk) > 0) {
        enum step step = give_some(input, chunk, &over, err);
        if (step == STEP_FAIL && !json->failed)
            return STEP_FAIL;
        if (step == STEP_END && !read_more(json, err))
            return STEP_FAIL;
    }
    chunk->consumed = json->feed.consumed;
    if (chunk->bytes.len > 0)
        return STEP_ITEM;
    if (json->failed)
        *err = json->failure;
    return json->failed ? STEP_FAIL : STEP_END;
}
