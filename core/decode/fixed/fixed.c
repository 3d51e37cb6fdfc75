/* fixed.c: fixed width as a format: its options, and what is said of an input.
 */
#include "fixed.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "decode/encoding/looks.h"
#include "decode/facts.h"
#include "decode/table/table.h"

enum { MAX_LINE = 1024 * 1024 };

/* It looks like any text: only who says so knows. */
static int fixed_sniff(const char *head, size_t len)
{
    (void)head;
    (void)len;
    return 0;
}

static void name_columns(struct input *input, const struct fixed_layout *layout)
{
    struct value *names = mem_alloc(layout->count * sizeof *names);
    for (unsigned i = 0; i < layout->count; i++)
        names[i] =
            value_text(layout->columns[i].name, layout->columns[i].name_len);
    columns_name(&input->columns, names, layout->count);
    free(names);
}

/* Does the page read this text as ASCII does? */
static bool reads_as_ascii(const char *page, const char *text, size_t len)
{
    struct transcoder transcoder;
    struct buf out = {0};
    if (!transcoder_open(&transcoder, page))
        return false;
    transcoder_decode(&transcoder, text, len, true, &out);
    bool same = out.len == len && memcmp(out.at, text, len) == 0;
    transcoder_close(&transcoder);
    buf_release(&out);
    return same;
}

/* Bytes are cut before they are decoded: what is fed is not decoded then. */
static bool open_bytes(struct input *input, struct fixed_input *fixed,
                       struct err *err)
{
    static const char ends[] = "\r\n A0";
    const char *page = fixed->feed.encoding;
    char ascii[0x7F - ' '];
    if (charset_is_utf8(page))
        return true;
    if (!reads_as_ascii(page, ends, sizeof ends - 1))
        return err_set(err, EXIT_USAGE,
                       "unit: lines of %s cannot be cut in bytes; say their "
                       "widths in characters",
                       page);
    for (size_t i = 0; i < sizeof ascii; i++)
        ascii[i] = (char)(' ' + i);
    fixed->page = page;
    fixed->ascii = reads_as_ascii(page, ascii, sizeof ascii);
    feed_close(&fixed->feed);
    return feed_open(&fixed->feed, input->source, "UTF-8", err);
}

static bool open_feed(struct input *input, struct fixed_input *fixed,
                      struct err *err)
{
    const struct fixed_options *said = input->options;
    const char *head, *encoding = said->encoding;
    size_t len;
    if (!source_peek(input->source, &head, &len, err))
        return false;
    if (encoding == NULL && input->spec.by_looks)
        encoding = looks_undeclared(head, len, len < SOURCE_PEEK);
    if (!feed_open(&fixed->feed, input->source, encoding, err))
        return false;
    fixed->guessed = fixed->feed.guessed || encoding != said->encoding;
    input->guessed |= fixed->guessed;
    input->encoding = fixed->feed.encoding;
    if (fixed->feed.misfit.text != NULL)
        fixed->misfit = mem_text(fixed->feed.misfit.text);
    input->doubt = fixed->feed.misfit.plainly ? fixed->misfit : NULL;
    return !fixed->in_bytes || open_bytes(input, fixed, err);
}

static bool fixed_open(struct input *input, struct err *err)
{
    const struct fixed_options *said = input->options;
    struct fixed_input *fixed = mem_zero(1, sizeof *fixed);
    input->state = fixed;
    input->trim = true;
    input->ragged = said->ragged;
    fixed->in_bytes = said->unit == FIXED_BYTES;
    fixed->max_line = said->max_line;
    fixed->skip = said->skip;
    fixed->line = fixed->next = 1;
    if (said->columns.count == 0)
        return err_set(err, EXIT_USAGE,
                       "a file of fixed width does not name its columns: say "
                       "columns = { {\"Code\", 10}, {\"Name\", 40} }, or "
                       "--columns Code:10,Name:40");
    if (!fixed_layout_read(&fixed->layout, &said->columns, err))
        return false;
    name_columns(input, &fixed->layout);
    return open_feed(input, fixed, err);
}

static void fixed_close(struct input *input)
{
    struct fixed_input *fixed = input->state;
    if (fixed == NULL)
        return;
    feed_close(&fixed->feed);
    fixed_layout_release(&fixed->layout);
    buf_release(&fixed->rest);
    free(fixed->misfit);
    free(fixed);
}

static void fixed_describe(const struct input *input, struct buf *out)
{
    const struct fixed_input *fixed = input->state;
    buf_addf(out, ", %s%s, widths in %s", input->encoding,
             fixed->guessed ? " (guessed)" : "",
             fixed->in_bytes ? "bytes" : "characters");
    input_describe_columns(input, out);
    if (fixed->misfit != NULL)
        buf_addf(out, "; %s", fixed->misfit);
}

static void fixed_tell(const struct input *input, struct facts *facts)
{
    const struct fixed_input *fixed = input->state;
    facts->sure = fixed->guessed ? "guessed" : "said, or its mark says so";
    if (fixed->misfit != NULL)
        facts->notes = facts_text(facts, "; %s", fixed->misfit);
}

static bool set_unit(void *member, const struct option_value *value,
                     struct err *err)
{
    return option_either(member, "characters", "bytes", value, err);
}

#define AT(member) offsetof(struct fixed_options, member)
/* clang-format off */
static const struct format_option option_rows[] = {
    {"encoding", "NAME", "its encoding, such as windows-1258 or UTF-16",
     OPTION_TEXT, AT(encoding), option_encoding},
    {"columns", "COLUMNS", "names and widths, Code:10,Name:40, or places, Code:1-10",
     OPTION_LIST, AT(columns), fixed_set_columns},
    {"unit", "UNIT", "what widths count: characters or bytes (characters)",
     OPTION_TEXT, AT(unit), set_unit},
    {"skip", "N", "lines at the top to leave out (0)",
     OPTION_NUMBER, AT(skip), table_set_skip},
    {"ragged", "BOOL", "take rows of another width than the header's (false)",
     OPTION_TRUTH, AT(ragged), option_truth},
    {"max_line", "BYTES", "the longest line, such as 64M (1M)",
     OPTION_NUMBER, AT(max_line), option_size},
    {.name = NULL},
};
/* clang-format on */
#undef AT

static const struct fixed_options defaults = {.max_line = MAX_LINE};
static const char *const extensions[] = {NULL};

const struct format format_fixed = {
    .name = "fixed",
    .title = "fixed width",
    .help = "lines whose columns have fixed widths",
    .extensions = extensions,
    .headless = true,
    .options = option_rows,
    .defaults = &defaults,
    .options_size = sizeof defaults,
    .sniff = fixed_sniff,
    .open = fixed_open,
    .fill = fixed_fill,
    .close = fixed_close,
    .describe = fixed_describe,
    .tell = fixed_tell,
    .rows = &fixed_rows,
};
