/* page.c: the code page: what was said of it, else what a .cpg file beside the
 * table says, else what its head says, else as for any text: UTF-8, and doubt
 * where the texts of the first records look like another one. A head may be
 * wrong, as programs of other code pages leave theirs there: it is doubted as
 * well. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "beside.h"
#include "charset/charset.h"
#include "decode/encoding/looks.h"
#include "decode/input.h"
#include "record.h"
#include "table.h"

/* What a .cpg file holds: a name, or a number of Windows, with or without a
 * word before it. NULL: nothing that is known. */
static char *name_of(const char *text, size_t len)
{
    while (len > 0 && (unsigned char)text[len - 1] <= ' ')
        len--;
    if (len > 5 && strncmp(text, "ANSI ", 5) == 0) {
        text += 5;
        len -= 5;
    }
    if (len == 5 && strncmp(text, "65001", len) == 0)
        return mem_text("UTF-8");
    bool number = len > 0 && ascii_digit(text[0]);
    const char *before = !number                                    ? ""
                         : len == 4 && strncmp(text, "125", 3) == 0 ? "windows-"
                                                                    : "CP";
    char *name = mem_format("%s%.*s", before, (int)len, text);
    if (len > 0 && charset_known(name))
        return name;
    free(name);
    return NULL;
}

/* False: there is such a file, and it cannot be used. */
static bool read_beside(const struct input *input, struct dbf_table *table,
                        struct err *err)
{
    enum { MOST = 64 };
    char text[MOST];
    size_t got = 0;
    char *path = beside_find(input->spec.path ? input->spec.path : "", ".cpg");
    if (path == NULL)
        return true;
    struct source *source = source_open(path, input->spec.reach, err);
    bool good = source != NULL && source_read(source, text, MOST, &got, err);
    source_close(source);
    if (good)
        table->declared = name_of(text, got);
    if (good && table->declared == NULL)
        good = err_set(err, EXIT_INPUT,
                       "%s says no encoding that is known: say encoding", path);
    free(path);
    return good;
}

/* The texts of the first records, a line each. */
static bool take_sample(const struct input *input,
                        const struct dbf_table *table, struct buf *sample,
                        struct err *err)
{
    const struct dbf_layout *layout = &table->layout;
    const char *head;
    size_t len;
    if (!source_peek(input->source, &head, &len, err))
        return false;
    for (size_t at = layout->head; at + layout->record <= len;
         at += layout->record)
        for (unsigned i = 0; i < layout->count; i++) {
            const struct dbf_field *field = &layout->fields[i];
            size_t size = field->len;
            if (field->kind != DBF_TEXT)
                continue;
            const char *text = head + at + field->at;
            while (size > 0 &&
                   (text[size - 1] == ' ' || text[size - 1] == '\0'))
                size--;
            buf_add(sample, text, size);
            buf_putc(sample, '\n');
        }
    for (unsigned i = 0; i < layout->count; i++)
        buf_puts(sample, layout->fields[i].name);
    return true;
}

/* Do the texts plainly look like another encoding than was said? */
static bool is_other(const struct looks *looks, const char *said)
{
    return looks != NULL && looks->name != NULL && said != NULL &&
           looks != &looks_utf8 && strcasecmp(looks->name, said) != 0 &&
           strcasecmp(looks->name, "windows-1252") != 0;
}

static void decide(struct input *input, struct dbf_table *table,
                   const struct looks *looks)
{
    const struct dbf_options *options = input->options;
    const char *says = dbf_layout_encoding(&table->layout);
    const char *seen = input->spec.by_looks && looks ? looks->name : NULL;
    table->guessed = false;
    table->sure = "it says so itself, or it was said";
    if (options->encoding != NULL) {
        input->encoding = options->encoding;
    } else if (table->declared != NULL) {
        input->encoding = table->declared;
        table->sure = "the .cpg file beside it says so";
    } else if (seen != NULL && is_other(looks, says)) {
        input->encoding = seen;
        table->guessed = true;
        table->sure = "a guess: its texts look so, its head says another";
    } else if (says != NULL) {
        input->encoding = says;
        table->sure = "its head says so";
    } else {
        input->encoding = seen != NULL ? seen : "UTF-8";
        table->guessed = true;
        table->sure = "a guess: the table does not say it";
    }
}

/* What the texts look like, where that is known and the head says another. */
static void doubt(struct input *input, struct dbf_table *table,
                  const struct looks *looks, struct buf *sample)
{
    const struct dbf_options *options = input->options;
    const char *said = table->guessed ? NULL : input->encoding;
    table->misfit = misfit_find(buf_text(sample), sample->len, true,
                                input->encoding, said, false);
    if (options->encoding == NULL && is_other(looks, said) &&
        table->misfit.text == NULL) {
        table->misfit.text = mem_format(
            "its texts look like %s, and its head says %s: is that right? Say "
            "encoding = \"%s\" or \"%s\"",
            looks->title, said, looks->name, said);
        table->misfit.plainly = true;
    }
    input->doubt = table->misfit.plainly ? table->misfit.text : NULL;
}

/* Are letters of ASCII written as they are? In Vietnamese ones of seven bits,
 * and in UTF-7, they are not all. */
static bool keeps_ascii(const char *encoding)
{
    static const char probe[] = "A(a^e^o+u+a'a`a?a~a.dd &#7877; +AOk- ~{ \\";
    struct transcoder transcoder;
    struct buf out = {0};
    if (charset_is_utf8(encoding))
        return true;
    if (!transcoder_open(&transcoder, encoding))
        return false;
    transcoder_decode(&transcoder, probe, sizeof probe - 1, true, &out);
    transcoder_close(&transcoder);
    bool same =
        out.len == sizeof probe - 1 && memcmp(out.at, probe, out.len) == 0;
    buf_release(&out);
    return same;
}

bool dbf_page_find(struct input *input, struct dbf_table *table,
                   struct err *err)
{
    const struct dbf_options *options = input->options;
    struct buf sample = {0};
    bool good = (options->encoding != NULL || read_beside(input, table, err)) &&
                take_sample(input, table, &sample, err);
    if (good) {
        const struct looks *looks =
            looks_like(buf_text(&sample), sample.len, true);
        decide(input, table, looks);
        doubt(input, table, looks, &sample);
        table->plain = keeps_ascii(input->encoding);
    }
    buf_release(&sample);
    return good;
}
