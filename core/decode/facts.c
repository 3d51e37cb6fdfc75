/* facts.c: what every format has, and what was said of the input; the rest is
 * the format's to tell. */
#include "facts.h"

#include "decode/encoding/repair.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "input.h"
#include "source/unpack.h"

const char *facts_text(struct facts *facts, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vformat(&facts->arena, format, args);
    va_end(args);
    return text;
}

static void set_option(struct facts *facts, const char *name, const char *value)
{
    unsigned i = 0;
    while (i < facts->option_count && strcmp(facts->options[i].name, name) != 0)
        i++;
    if (i == FACTS_OPTIONS)
        return;
    facts->options[i] = (struct facts_option){name, value};
    facts->option_count += i == facts->option_count;
}

/* Lua reads decimal escapes; three digits end by themselves. */
void facts_quote(struct buf *out, const char *text, size_t len)
{
    buf_putc(out, '"');
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == '\t')
            buf_puts(out, "\\t");
        else if (byte < 0x20 || byte == 0x7F)
            buf_addf(out, "\\%03u", byte);
        else if (byte == '"' || byte == '\\')
            buf_addf(out, "\\%c", byte);
        else
            buf_putc(out, (char)byte);
    }
    buf_putc(out, '"');
}

void facts_option_text(struct facts *facts, const char *name, const char *text)
{
    struct buf quoted = {0};
    facts_quote(&quoted, text, strlen(text));
    set_option(facts, name, facts_text(facts, "%s", buf_text(&quoted)));
    buf_release(&quoted);
}

/* Numbers between commas, as a list: { 1, 2 }. */
static bool put_list(struct buf *out, const struct option_value *value)
{
    if (value->type != OPTION_NUMBER ||
        memchr(value->text, ',', value->len) == NULL ||
        strspn(value->text, "0123456789, ") != value->len)
        return false;
    buf_puts(out, "{ ");
    for (size_t i = 0; i < value->len; i++)
        if (value->text[i] == ',')
            buf_puts(out, ", ");
        else if (value->text[i] != ' ')
            buf_putc(out, value->text[i]);
    buf_puts(out, " }");
    return true;
}

static void put_said(struct buf *out, const struct option_value *value)
{
    bool bare = value->type == OPTION_TRUTH ||
                (value->type == OPTION_NUMBER && value->len > 0 &&
                 strspn(value->text, "0123456789") == value->len);
    if (bare)
        buf_add(out, value->text, value->len);
    else
        facts_quote(out, value->text, value->len);
}

/* A command line has texts alone: what they are, the option's row tells. */
static void say_option(const struct input *input, struct facts *facts,
                       const struct said *said)
{
    const struct format_option *row =
        option_find(input->format->options, said->name);
    struct option_value value = said->value;
    struct buf out = {0};
    if (row == NULL || value.text == NULL)
        return;
    value.type = row->type;
    if (value.type == OPTION_LIST)
        value.type = OPTION_NUMBER;
    if (!put_list(&out, &value))
        put_said(&out, &value);
    set_option(facts, row->name, facts_text(facts, "%s", buf_text(&out)));
    buf_release(&out);
}

/* What is called so, and in which format it is, then. Many a system calls its
 * pages .xls: that they are none is worth a word. */
static const struct {
    const char *extension, *format, *other;
} called[] = {
    {".csv", "csv", "tsv"}, {".tsv", "tsv", "csv"},  {".tab", "tsv", "csv"},
    {".xls", "xls", ""},    {".xlsx", "xlsx", ""},   {".xlsm", "xlsx", ""},
    {".xltx", "xlsx", ""},  {".xlsb", "xlsb", ""},   {".ods", "ods", ""},
    {".fods", "ods", ""},   {".html", "html", ""},   {".htm", "html", ""},
    {".mht", "mhtml", ""},  {".mhtml", "mhtml", ""}, {".json", "json", ""},
    {".dbf", "dbf", ""},    {".pdf", "pdf", ""},     {".doc", "doc", ""},
};

static bool is_misnamed(const struct format *format, const char *extension)
{
    for (size_t i = 0; i < sizeof called / sizeof *called; i++)
        if (strcasecmp(called[i].extension, extension) == 0)
            return strcmp(called[i].format, format->name) != 0 &&
                   strcmp(called[i].other, format->name) != 0;
    return false;
}

static void find_extension(const struct input *input, struct facts *facts)
{
    const char *slash = strrchr(input->path, '/');
    const char *dot = strrchr(slash != NULL ? slash : input->path, '.');
    if (dot == NULL || strlen(dot) < 2 || strlen(dot) > 8)
        return;
    facts->extension = dot;
    facts->misnamed = is_misnamed(input->format, dot);
}

static unsigned sheets_read(const struct facts *facts)
{
    unsigned count = 0;
    for (unsigned i = 0; i < facts->sheet_count; i++)
        count += facts->sheets[i].read;
    return count;
}

/* Where the header is on the first line, or elsewhere in each sheet, or rows
 * name their values, it is found again. */
static void find_header_option(const struct input *input, struct facts *facts)
{
    struct buf lines = {0};
    unsigned count = facts->header_count;
    if (option_find(input->format->options, "header") == NULL ||
        (count == 0 && input->named) || (count == 1 && facts->header[0] == 1) ||
        sheets_read(facts) > 1)
        return;
    for (unsigned i = 0; i < count; i++)
        buf_addf(&lines, "%s%llu", i > 0 ? ", " : "",
                 (unsigned long long)facts->header[i]);
    set_option(facts, "header",
               facts_text(facts, count > 1 ? "{ %s }" : "%s",
                          count > 0 ? buf_text(&lines) : "0"));
    buf_release(&lines);
}

void facts_of(const struct input *input, struct facts *facts)
{
    *facts = (struct facts){.encoding = input->encoding};
    arena_init(&facts->arena);
    find_extension(input, facts);
    enum packing packing = unpack_packing(input->source);
    if (packing != PACKED_NOT)
        facts->packed = unpack_title(packing);
    if (input->format->tell != NULL) {
        input->format->tell(input, facts);
        find_header_option(input, facts);
    }
    if (input->spec.unpacking.member != NULL)
        facts_option_text(facts, "member", input->spec.unpacking.member);
    if (input->spec.repair != NULL)
        facts_option_text(facts, "repair", input->spec.repair->name);
    for (unsigned i = 0; i < input->spec.count; i++)
        say_option(input, facts, &input->spec.said[i]);
}

void facts_release(struct facts *facts)
{
    arena_release(&facts->arena);
    *facts = (struct facts){0};
}
