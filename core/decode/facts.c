/* facts.c: what every format has, and what was said of the input; the rest is
 * the format's to tell. */
#include "facts.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "input.h"

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

void facts_option_number(struct facts *facts, const char *name, uint64_t number)
{
    set_option(facts, name,
               facts_text(facts, "%llu", (unsigned long long)number));
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
    put_said(&out, &value);
    set_option(facts, row->name, facts_text(facts, "%s", buf_text(&out)));
    buf_release(&out);
}

static bool has_extension(const struct format *format, const char *extension)
{
    for (const char *const *at = format->extensions; *at != NULL; at++)
        if (strcasecmp(*at, extension) == 0)
            return true;
    return false;
}

/* Of formats that are known by name alone as well. */
static bool is_other_extension(const struct format *own, const char *extension)
{
    static const char *const known[] = {
        ".xls", ".xlsx", ".xlsm", ".xltx", ".xlsb", ".ods", ".html",
        ".htm", ".xml",  ".json", ".dbf",  ".csv",  ".tsv", ".tab",
        ".mht", ".sql",  ".doc",  ".pdf",  NULL};
    for (const char *const *at = known; *at != NULL; at++)
        if (strcasecmp(*at, extension) == 0)
            return !has_extension(own, extension);
    return false;
}

static void find_extension(const struct input *input, struct facts *facts)
{
    const char *slash = strrchr(input->path, '/');
    const char *dot = strrchr(slash != NULL ? slash : input->path, '.');
    if (dot == NULL || strlen(dot) < 2 || strlen(dot) > 8)
        return;
    facts->extension = dot;
    facts->misnamed = is_other_extension(input->format, dot);
}

void facts_of(const struct input *input, struct facts *facts)
{
    *facts = (struct facts){.encoding = input->encoding};
    arena_init(&facts->arena);
    find_extension(input, facts);
    if (input->format->tell != NULL)
        input->format->tell(input, facts);
    for (unsigned i = 0; i < input->spec.count; i++)
        say_option(input, facts, &input->spec.said[i]);
}

void facts_release(struct facts *facts)
{
    arena_release(&facts->arena);
    *facts = (struct facts){0};
}
