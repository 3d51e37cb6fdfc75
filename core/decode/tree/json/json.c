/* json.c: JSON and NDJSON as formats: their options, and what is said of an
 * input. Both are read by the same halves; what differs is who ends a value. */
#include <stdlib.h>
#include <string.h>

#include "decode/detect/look.h"
#include "decode/facts.h"
#include "input.h"

/* How sure each of the two is. An object that stands alone may be the first
 * of many, one a line: who asks for lines gets lines. */
enum { SURE = 90, ALSO = 85, LESS = 65, LIKE = 35 };

static int json_sniff(const char *head, size_t len)
{
    static const int sure[] = {
        [TEXT_JSON_LIKE] = LIKE, [TEXT_JSON] = SURE,  [TEXT_VALUES] = SURE,
        [TEXT_JSON_LIST] = SURE, [TEXT_PAGES] = SURE, [TEXT_NDJSON] = LESS,
        [TEXT_SHORTCUT] = 0};
    return sure[detect_json(head, len)];
}

static int ndjson_sniff(const char *head, size_t len)
{
    static const int sure[] = {[TEXT_JSON_LIKE] = LIKE,
                               [TEXT_JSON] = ALSO,
                               [TEXT_PAGES] = ALSO,
                               [TEXT_NDJSON] = SURE,
                               [TEXT_SHORTCUT] = 0};
    return sure[detect_json(head, len)];
}

static const char *skip_space(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* At a list: is it a row, as another one comes after it? Not where its own
 * parts are rows: then it is a page of them. */
static bool is_row(struct buf *head, const char *at)
{
    struct cut cut = {.kind = CUT_ONE};
    const char *part = skip_space(at + 1);
    cut_look(&cut, at, head->len - (size_t)(at - head->at), true);
    if (*part == ']' || *part == '[' || *part == '{' || !cut.closed)
        return false;
    const char *end = at + cut.end, *next = skip_space(end);
    return *next == '[' && memchr(end, '\n', (size_t)(next - end)) != NULL;
}

/* What the text begins with, and so is. */
static bool look_at_head(struct input *input, char *first, bool *row,
                         struct err *err)
{
    struct json_input *json = input->state;
    struct buf head = {0};
    bool whole, good = feed_head(&json->feed, &head, &whole, err);
    buf_reserve(&head, SCAN_BLOCK);
    const char *at = skip_space(buf_text(&head));
    *first = *at;
    *row = *at == '[' && is_row(&head, at);
    buf_release(&head);
    return good;
}

static bool settle_layout(struct input *input, struct err *err)
{
    struct json_input *json = input->state;
    const struct json_options *said = input->options;
    bool row;
    char first;
    if (!look_at_head(input, &first, &row, err))
        return false;
    if (first == '\0' && input->format == &format_json)
        return err_set(err, EXIT_INPUT, "empty: there is no JSON in it");
    json->layout = said->at.count > 0 ? JSON_TREE : JSON_VALUES;
    if (input->format == &format_ndjson && said->at.count == 0)
        json->layout = JSON_LINES;
    else if (first == '[' && (!row || said->at.count > 0))
        json->layout = JSON_TREE;
    return true;
}

/* A path that leads nowhere is most likely misspelt. */
static bool check_found(const struct input *input, struct err *err)
{
    const struct json_input *json = input->state;
    const struct json_options *said = input->options;
    if (said->at.count == 0 || json->walked)
        return true;
    struct buf path = {0};
    for (unsigned i = 0; i < said->at.count; i++)
        buf_addf(&path, "%s%.*s", i > 0 ? "." : "", (int)said->at.steps[i].len,
                 said->at.steps[i].text);
    bool other = said->at.count == 1 && strchr(buf_text(&path), '/') != NULL;
    err_set(err, EXIT_INPUT, "nothing stands at \"%s\" (at)%s", buf_text(&path),
            other ? ": in JSON, '.' stands between names, not '/'" : "");
    buf_release(&path);
    return false;
}

static bool json_open_input(struct input *input, struct err *err)
{
    const struct json_options *said = input->options;
    struct json_input *json = mem_zero(1, sizeof *json);
    input->state = json;
    input->typed = input->nested = true;
    input->trim = said->trim;
    json->max_value = said->max_value;
    json->max_depth = said->max_depth;
    json->keyed = walk_names(&said->at);
    json->key = -1;
    arena_init(&json->names.arena);
    if (!source_spool(input->source, err) || !json_reader_open(input, err))
        return false;
    input->encoding = json->feed.encoding;
    if (!settle_layout(input, err) || !json_survey(input, err))
        return false;
    input->guessed = json->hint >= 0 || json->guessed || json->maybe;
    return check_found(input, err);
}

static void json_close_input(struct input *input)
{
    struct json_input *json = input->state;
    if (json == NULL)
        return;
    json_reader_close(json);
    buf_release(&json->text);
    tree_names_release(&json->names);
    free(json);
    input->state = NULL;
}

static const char *const layouts[] = {
    [JSON_LINES] = "a value a line",
    [JSON_VALUES] = "values one after the other",
    [JSON_TREE] = "an array",
};

#define MAYBE "; the first list may be a header: --header 1"
/* Most answers of servers are one object, and what is wanted is in it. */
#define HINT "; one object, whose \"%s\" is a list: --at %s reads its parts"

static void add_hints(const struct input *input, struct buf *out)
{
    const struct json_input *json = input->state;
    buf_puts(out, json->maybe ? MAYBE : "");
    if (json->hint >= 0)
        buf_addf(out, HINT, input->columns.all[json->hint].name,
                 input->columns.all[json->hint].name);
}

static const char *why_header(const struct json_input *json)
{
    if (!json->lists)
        return "its rows name their values";
    if (json->header == 0)
        return "its rows are lists";
    return json->guessed ? "the first list, of texts alone; guessed"
                         : "the first list";
}

static void json_describe(const struct input *input, struct buf *out)
{
    const struct json_input *json = input->state;
    buf_addf(out, ", %s, %s%s%s", input->encoding, layouts[json->layout],
             json->header > 0 ? ", the first row is the header" : "",
             json->guessed ? " (guessed)" : "");
    input_describe_columns(input, out);
    add_hints(input, out);
}

static void json_tell(const struct input *input, struct facts *facts)
{
    const struct json_input *json = input->state;
    facts->sure = json->feed.guessed ? "sure: JSON is UTF-8"
                                     : "its mark, or an option, says so";
    facts->why = why_header(json);
    if (json->header > 0)
        facts->header[facts->header_count++] = 1; /* as the option has it */
    struct buf notes = {0};
    buf_addf(&notes, "; %s", layouts[json->layout]);
    add_hints(input, &notes);
    facts->notes = facts_text(facts, "%s", buf_text(&notes));
    buf_release(&notes);
}

static bool add_step(struct walk_path *path, const char *text, size_t len,
                     struct err *err)
{
    if (len == 0)
        return err_set(err, EXIT_USAGE, "a name in it is empty");
    if (path->count == WALK_STEPS)
        return err_set(err, EXIT_USAGE, "more than %d names", WALK_STEPS);
    path->steps[path->count++] = value_text(text, len);
    return true;
}

/* `data.customers`, or a list of names, which may hold dots then. */
static bool set_at(void *member, const struct option_value *value,
                   struct err *err)
{
    struct walk_path path = {.count = 0};
    for (unsigned i = 0; i < value->count; i++) {
        const char *text = value->items[i].text;
        if (text == NULL)
            return err_set(err, EXIT_USAGE, "a path, or a list of names");
        const char *dot = strchr(text, '.');
        for (; value->count == 1 && dot != NULL; dot = strchr(text, '.')) {
            if (!add_step(&path, text, (size_t)(dot - text), err))
                return false;
            text = dot + 1;
        }
        if (!add_step(&path, text, strlen(text), err))
            return false;
    }
    *(struct walk_path *)member = path;
    return true;
}

/* What other formats take besides, a line further down, is none of a list. */
static bool set_header(void *member, const struct option_value *value,
                       struct err *err)
{
    int line;
    if (value->count != 1 || value->items[0].text == NULL ||
        !option_line(&line, &value->items[0], err) || line > 1)
        return err_set(err, EXIT_USAGE,
                       "of JSON it is 1, the first list, or 0 for no header");
    *(int *)member = line;
    return true;
}

static bool set_depth(void *member, const struct option_value *value,
                      struct err *err)
{
    unsigned depth;
    if (!option_count(&depth, value, err))
        return false;
    if (depth > VALUE_DEPTH)
        return err_set(err, EXIT_USAGE, "%u is more than %d", depth,
                       VALUE_DEPTH);
    *(unsigned *)member = depth;
    return true;
}

#define AT(member) offsetof(struct json_options, member)
/* clang-format off */
static const struct format_option json_option_rows[] = {
    {"at", "PATH", "where the rows are: data.customers, *.items",
     OPTION_LIST, AT(at), set_at},
    {"encoding", "NAME", "its encoding, such as windows-1258 or UTF-16",
     OPTION_TEXT, AT(encoding), option_encoding},
    {"header", "N", "of lists: 1, the first is the header; 0: none is",
     OPTION_LIST, AT(header), set_header},
    {"trim", "BOOL", "take white space off the ends of cells (true)",
     OPTION_TRUTH, AT(trim), option_truth},
    {"max_value", "BYTES", "the longest row's text, such as 64M (16M)",
     OPTION_NUMBER, AT(max_value), option_size},
    {"max_depth", "N", "how deep a cell may be nested (64)",
     OPTION_NUMBER, AT(max_depth), set_depth},
    {.name = NULL},
};
/* clang-format on */
#undef AT

static const struct json_options json_defaults = {.header = -1,
                                                  .trim = true,
                                                  .max_value = 16 * 1024 * 1024,
                                                  .max_depth = VALUE_DEPTH};
static const char *const json_extensions[] = {".json", NULL};
static const char *const ndjson_extensions[] = {".ndjson", ".jsonl", NULL};

const struct format format_json = {
    .name = "json",
    .title = "JSON",
    .help = "an array of objects or lists, wherever it stands",
    .family = "text",
    .extensions = json_extensions,
    .options = json_option_rows,
    .defaults = &json_defaults,
    .options_size = sizeof json_defaults,
    .sniff = json_sniff,
    .open = json_open_input,
    .fill = json_fill,
    .close = json_close_input,
    .describe = json_describe,
    .tell = json_tell,
    .rows = &json_row_reader,
};

const struct format format_ndjson = {
    .name = "ndjson",
    .title = "NDJSON",
    .help = "an object or a list a line (JSON lines)",
    .family = "text",
    .extensions = ndjson_extensions,
    .options = json_option_rows,
    .defaults = &json_defaults,
    .options_size = sizeof json_defaults,
    .sniff = ndjson_sniff,
    .open = json_open_input,
    .fill = json_fill,
    .close = json_close_input,
    .describe = json_describe,
    .tell = json_tell,
    .rows = &json_row_reader,
};
