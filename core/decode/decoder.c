/* decoder.c: inputs: which format one is, how it is opened, what is said of
 * it. */
#include "decoder.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define FORMAT_ADDRESS(name) &format_##name,
const struct format *const formats[] = {FORMATS(FORMAT_ADDRESS) NULL};
#undef FORMAT_ADDRESS

const struct format *format_find(const char *name)
{
    for (const struct format *const *format = formats; *format; format++)
        if (strcasecmp((*format)->name, name) == 0)
            return *format;
    return NULL;
}

static bool has_extension(const struct format *format, const char *path)
{
    size_t len = strlen(path);
    for (const char *const *end = format->extensions; *end; end++) {
        size_t end_len = strlen(*end);
        if (len > end_len && strcasecmp(path + len - end_len, *end) == 0)
            return true;
    }
    return false;
}

/* The format surest of the head; a fitting extension counts for a lot. */
static bool choose_format(struct input *input, struct source *source,
                          struct err *err)
{
    enum { EXTENSION = 20 };
    const char *head;
    size_t len;
    int best = -1;
    input->format = input->spec.format;
    if (input->format != NULL)
        return true;
    if (!source_peek(source, &head, &len, err))
        return false;
    for (const struct format *const *format = formats; *format; format++) {
        int sure = (*format)->sniff(head, len);
        if (sure > 0 && has_extension(*format, input->path))
            sure += EXTENSION;
        if (sure > best) {
            best = sure;
            input->format = *format;
        }
    }
    return true;
}

struct input *input_open_source(const struct spec *spec, struct source *source,
                                struct err *err)
{
    struct input *input = mem_zero(1, sizeof *input);
    const char *path = spec->path ? spec->path : "input";
    spec_copy(&input->spec, spec);
    input->path = mem_text(strcmp(path, "-") == 0 ? "standard input" : path);
    input->encoding = "UTF-8";
    if (!choose_format(input, source, err)) {
        source_close(source);
    } else if (input->format->open(input, source, err)) {
        return input;
    } else if (strncmp(err->text, input->path, strlen(input->path)) != 0) {
        err_prefix(err, "%s", input->path);
    }
    input_close(input);
    return NULL;
}

struct input *input_open(const struct spec *spec, struct err *err)
{
    struct source *source = source_open(spec->path, err);
    return source ? input_open_source(spec, source, err) : NULL;
}

void input_close(struct input *input)
{
    if (input == NULL)
        return;
    if (input->format != NULL)
        input->format->close(input);
    columns_release(&input->columns);
    for (unsigned i = 0; i < input->sheet_count; i++)
        free(input->sheets[i]);
    free(input->sheets);
    spec_release(&input->spec);
    free(input->path);
    free(input);
}

const char *input_sheet(const struct input *input, uint32_t sheet)
{
    return sheet > 0 && sheet <= input->sheet_count ? input->sheets[sheet - 1]
                                                    : NULL;
}

void input_place(const struct input *input, const struct place *place,
                 struct buf *out)
{
    buf_puts(out, input->path);
    if (place->line == 0 && place->index == 0)
        return;
    buf_puts(out, place->line > 0 ? ":" : ": ");
    place_put(out, place, input_sheet(input, place->sheet));
}

static const char *guess(bool guessed)
{
    return guessed ? " (guessed)" : "";
}

static void describe_delimiter(const struct input *input, struct buf *out)
{
    char delimiter = input->dialect.delimiter;
    if (delimiter == 0)
        return;
    if (delimiter == '\t')
        buf_puts(out, ", delimiter tab");
    else if (isprint((unsigned char)delimiter))
        buf_addf(out, ", delimiter '%c'", delimiter);
    else
        buf_addf(out, ", delimiter 0x%02X", (unsigned char)delimiter);
    buf_puts(out, guess(input->guessed_delimiter));
}

void input_describe(const struct input *input, struct buf *out)
{
    buf_addf(out, "%s: ", input->path);
    for (const char *at = input->format->name; *at; at++)
        buf_putc(out, (char)toupper((unsigned char)*at));
    buf_addf(out, ", %s%s", input->encoding, guess(input->guessed_encoding));
    describe_delimiter(input, out);
    if (input->header_line > 0)
        buf_addf(out, ", header on line %llu",
                 (unsigned long long)input->header_line);
    else
        buf_puts(out, ", no header");
    buf_addf(out, "%s, %u column%s", guess(input->guessed_header),
             input->columns.count, input->columns.count == 1 ? "" : "s");
    if (input->rejects_file)
        buf_puts(out, ", a corrected rejects file");
    if (input->doubtful)
        buf_puts(out, "; it reads as UTF-8: is that encoding right?");
    if (input->legacy)
        buf_puts(out, "; some of it is not UTF-8: say what it is, such as "
                      "encoding = \"windows-1258\"");
}
