/* made.c: a made format, which proves the decoder interface: all that a
 * workbook, JSON or a database will ask of it, in one small file.
 *
 *     made
 *     [Bán lẻ]                                a sheet begins
 *     {"code":"K1","debt":12.10,"phones":[…]}   a row, its cells by name
 *     {"code"                                 a row that cannot be read
 *
 * Cells have types and may be nested; rows have no lines, only their order;
 * the columns are whatever names stand in any row, so the input is read twice;
 * and two chunks are always decoded ahead of the one that is asked for. It is
 * linked into the program of the tests alone, as `fastsync-made`. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "decode/decoded.h"
#include "decode/input.h"
#include "decode/nested.h"

enum { AHEAD = 2 };

struct options {
    int chunk; /* rows in one */
    bool trim;
    struct option_value columns; /* a list: these come first */
    struct option_value rename;  /* a table: the input's name to ours */
    struct option_value keep;    /* a function: which columns are wanted */
};

struct state {
    char *text;
    size_t len, at;
    struct place place; /* of the row taken last */
    struct chunk *ahead[AHEAD];
    unsigned waiting; /* of them, filled */
};

static int sniff(const char *head, size_t len)
{
    return len >= 5 && memcmp(head, "made\n", 5) == 0 ? 100 : 0;
}

/* The next line, without its end; false at the end. */
static bool next_line(struct state *state, const char **line, size_t *len)
{
    if (state->at >= state->len)
        return false;
    *line = state->text + state->at;
    const char *end = memchr(*line, '\n', state->len - state->at);
    *len = end ? (size_t)(end - *line) : state->len - state->at;
    state->at += *len + (end != NULL);
    return true;
}

/* Random access: the whole input, read from its end to its start. */
static bool read_whole(struct input *input, struct state *state,
                       struct err *err)
{
    enum { PIECE = 7 };
    if (!source_spool(input->source, err))
        return false;
    state->len = (size_t)source_size(input->source);
    state->text = mem_alloc(state->len + 1);
    size_t left = state->len, got;
    while (left > 0) {
        size_t piece = left < PIECE ? left : PIECE;
        left -= piece;
        if (!source_read_at(input->source, left, state->text + left, piece,
                            &got, err))
            return false;
    }
    return true;
}

/* The names met so far, as cells of a header. */
struct names {
    struct value *all;
    unsigned count;
};

static bool has_name(const struct names *names, const struct value *name)
{
    for (unsigned i = 0; i < names->count; i++)
        if (names->all[i].len == name->len &&
            memcmp(names->all[i].text, name->text, name->len) == 0)
            return true;
    return false;
}

static void add_name(struct names *names, struct value name)
{
    if (has_name(names, &name))
        return;
    names->all =
        mem_resize(names->all, (names->count + 1) * sizeof *names->all);
    names->all[names->count++] = name;
}

/* What the mapping calls it. */
static struct value renamed(const struct options *options, struct value name)
{
    const struct option_value *table = &options->rename;
    for (unsigned i = 0; i + 1 < table->count; i += 2) {
        const struct option_value *from = &table->items[i];
        if (from->len == name.len &&
            memcmp(from->text, name.text, name.len) == 0)
            return value_text(table->items[i + 1].text,
                              table->items[i + 1].len);
    }
    return name;
}

/* Asks the script's function whether a column is wanted. */
static bool is_kept(const struct options *options, struct value name,
                    struct arena *arena, bool *kept, struct err *err)
{
    const struct option_function *function = &options->keep.function;
    struct value answer;
    *kept = true;
    if (function->call == NULL)
        return true;
    if (!function->call(function, &name, 1, arena, &answer, err))
        return false;
    *kept = answer.type == VALUE_BOOL && answer.truth;
    return true;
}

static bool add_row_names(struct input *input, const struct value *row,
                          struct names *names, struct arena *arena,
                          struct err *err)
{
    for (uint32_t i = 0; i < row->len; i++) {
        bool kept;
        struct value name = renamed(input->options, row->members[i].name);
        if (!is_kept(input->options, name, arena, &kept, err))
            return false;
        if (kept)
            add_name(names, name);
    }
    return true;
}

static void add_sheet(struct input *input, const char *name, size_t len)
{
    input->sheets = mem_resize(input->sheets, (input->sheet_count + 1) *
                                                  sizeof *input->sheets);
    input->sheets[input->sheet_count++] = mem_text_n(name, len);
}

/* The first time: sheets and columns. */
static bool look_over(struct input *input, struct names *names,
                      struct arena *arena, struct err *err)
{
    struct state *state = input->state;
    const struct options *options = input->options;
    const char *line;
    size_t len;
    for (unsigned i = 0; i < options->columns.count; i++)
        add_name(names, value_text(options->columns.items[i].text,
                                   options->columns.items[i].len));
    next_line(state, &line, &len); /* made */
    while (next_line(state, &line, &len)) {
        struct value row;
        if (len > 1 && line[0] == '[' && line[len - 1] == ']')
            add_sheet(input, line + 1, len - 2);
        else if (nested_read(line, len, arena, &row) && row.type == VALUE_MAP &&
                 !add_row_names(input, &row, names, arena, err))
            return false;
    }
    return true;
}

static bool made_open(struct input *input, struct err *err)
{
    const struct options *options = input->options;
    struct state *state = mem_zero(1, sizeof *state);
    struct names names = {0};
    struct arena arena;
    input->state = state;
    input->typed = input->nested = true;
    input->trim = options->trim;
    for (int i = 0; i < AHEAD; i++)
        state->ahead[i] = chunk_new();
    arena_init(&arena);
    bool good =
        read_whole(input, state, err) && look_over(input, &names, &arena, err);
    if (good)
        columns_name(&input->columns, names.all, names.count);
    state->at = strlen("made\n"); /* the second time */
    free(names.all);
    arena_release(&arena);
    return good;
}

static void take_cells(const struct input *input, const struct value *row,
                       struct value *cells)
{
    for (unsigned i = 0; i < input->columns.count; i++)
        cells[i] = (struct value){.type = VALUE_NIL};
    for (uint32_t i = 0; i < row->len; i++) {
        struct value name = renamed(input->options, row->members[i].name);
        int at = columns_find(&input->columns, name.text, name.len);
        if (at >= 0)
            cells[at] = row->members[i].value;
    }
}

/* What stood there is all there is to be shown. */
static void add_fault(const struct input *input, struct chunk *chunk,
                      const char *line, size_t len)
{
    const struct state *state = input->state;
    struct value text = value_text(line, len);
    decoded_fault(input, chunk, state->place, &text, 1, "is no row");
}

/* Decodes one chunk; false where there is no row left. */
static bool decode(const struct input *input, struct chunk *chunk)
{
    const struct options *options = input->options;
    struct state *state = input->state;
    const char *line;
    size_t len;
    chunk_clear(chunk);
    while (chunk->decoded_count < (uint32_t)options->chunk &&
           next_line(state, &line, &len)) {
        struct value row;
        if (len > 1 && line[0] == '[' && line[len - 1] == ']') {
            state->place.sheet++;
            continue;
        }
        state->place.index++;
        if (nested_read(line, len, &chunk->arena, &row) &&
            row.type == VALUE_MAP)
            take_cells(input, &row,
                       decoded_add(chunk, state->place, input->columns.count));
        else
            add_fault(input, chunk, line, len);
    }
    chunk->consumed = state->at;
    return chunk->decoded_count > 0;
}

static enum step fill(struct input *input, struct chunk *chunk, struct err *err)
{
    struct state *state = input->state;
    (void)err;
    while (state->waiting < AHEAD &&
           decode(input, state->ahead[state->waiting]))
        state->waiting++;
    if (state->waiting == 0)
        return STEP_END;
    struct chunk *first = state->ahead[0];
    decoded_move(chunk, first);
    state->waiting--;
    state->ahead[0] = state->ahead[1];
    state->ahead[1] = first;
    return STEP_ITEM;
}

static void made_close(struct input *input)
{
    struct state *state = input->state;
    if (state == NULL)
        return;
    for (int i = 0; i < AHEAD; i++)
        chunk_free(state->ahead[i]);
    free(state->text);
    free(state);
}

static void describe(const struct input *input, struct buf *out)
{
    buf_addf(out, ", %u sheet%s", input->sheet_count,
             input->sheet_count == 1 ? "" : "s");
    input_describe_columns(input, out);
}

#define AT(member) offsetof(struct options, member)
static const struct format_option option_rows[] = {
    {"chunk", "N", "rows in a chunk (2)", OPTION_NUMBER, AT(chunk),
     option_line},
    {"trim", "BOOL", "take white space off the ends of cells (true)",
     OPTION_TRUTH, AT(trim), option_truth},
    {"columns", "NAMES", "these columns come first", OPTION_LIST, AT(columns),
     option_whole},
    {"rename", "NAMES", "names of the input, and ours", OPTION_TABLE,
     AT(rename), option_whole},
    {"keep", "FUNCTION", "whether a column is wanted", OPTION_FUNCTION,
     AT(keep), option_whole},
    {.name = NULL},
};
#undef AT

static const struct options defaults = {.chunk = 2, .trim = true};
static const char *const extensions[] = {".made", NULL};
extern const struct format format_made;

const struct format format_made = {
    .name = "made",
    .title = "MADE",
    .help = "rows by name, in sheets",
    .extensions = extensions,
    .options = option_rows,
    .defaults = &defaults,
    .options_size = sizeof defaults,
    .sniff = sniff,
    .open = made_open,
    .fill = fill,
    .close = made_close,
    .describe = describe,
    .rows = &decoded_rows,
};
