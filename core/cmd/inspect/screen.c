/* screen.c: facts, a table of columns, what looks wrong, and what to paste. In
 * a narrow terminal a column's samples stand below its line. */
#include "screen.h"

#include <string.h>

#include "base/number.h"
#include "base/screen/aligned.h"
#include "base/screen/print.h"
#include "base/screen/show.h"
#include "columns.h"
#include "paste.h"
#include "told.h"
#include "wrap.h"

enum { TITLE = 12, SIGNS_SHOWN = 60 };

/* A line that is put together, and those that are ready. */
struct screen {
    const struct gather *gather;
    size_t width;
    struct buf line, out;
    unsigned signs; /* shown so far */
};

static void put_facts(struct screen *screen)
{
    for (const struct told *fact = told_facts; fact->title != NULL; fact++) {
        buf_clear(&screen->line);
        fact->put(screen->gather, &screen->line);
        if (screen->line.len == 0)
            continue;
        buf_addf(&screen->out, "  %-*s", TITLE - 2, fact->title);
        wrap_put(&screen->out, buf_text(&screen->line), TITLE, TITLE,
                 screen->width);
    }
}

static void put_sign(struct screen *screen, const struct sign *sign,
                     unsigned column)
{
    const struct gather *gather = screen->gather;
    struct buf *line = &screen->line;
    char number[NUMBER_TEXT];
    if (screen->signs++ >= SIGNS_SHOWN)
        return;
    buf_clear(line);
    buf_addf(line, "%s ×", number_text(sign->count, number));
    if (column < gather->count)
        buf_addf(line, " %s:", gather->input->columns.all[column].name);
    buf_addf(line, " %s (", sign->text);
    told_place(gather, &sign->first, line);
    if (sign->excerpt[0] != '\0')
        buf_addf(line, ": \"%s\"", sign->excerpt);
    buf_putc(line, ')');
    buf_puts(&screen->out, "  ");
    wrap_put(&screen->out, buf_text(line), 2, 4, screen->width);
}

static void put_signs(struct screen *screen)
{
    const struct signs *signs = &screen->gather->signs;
    size_t from = screen->out.len;
    buf_puts(&screen->out, "\nLooks wrong\n");
    for (unsigned kind = 0; kind < SIGN_KINDS; kind++)
        for (unsigned i = 0; i <= signs->columns; i++) {
            const struct sign *sign = signs_find(signs, kind, i);
            if (sign != NULL)
                put_sign(screen, sign, i);
        }
    if (screen->signs == 0)
        screen->out.len = from;
    if (screen->signs > SIGNS_SHOWN)
        buf_addf(&screen->out, "  … and %u more (--json tells all)\n",
                 screen->signs - SIGNS_SHOWN);
}

static void take_field(void *out, const char *field, unsigned column)
{
    struct screen *screen = out;
    const struct column *name = &screen->gather->input->columns.all[column];
    struct buf quoted = {0};
    if (screen->line.len == 0)
        buf_puts(&screen->out, "  fields = {\n");
    buf_puts(&screen->line, field);
    facts_quote(&quoted, name->name, name->len);
    show_linef(&screen->out, "    %s = col %s,", field, buf_text(&quoted));
    buf_release(&quoted);
}

/* The lines' ends are ours: what is foreign has none any more. */
static void put_paste(struct screen *screen)
{
    struct buf source = {0};
    buf_puts(&screen->out, "\nFor a mapping\n  source = ");
    paste_source(screen->gather, screen->width - 13, &source);
    buf_add(&screen->out, source.at, source.len);
    buf_puts(&screen->out, ",\n");
    buf_release(&source);
    buf_clear(&screen->line);
    paste_fields(screen->gather, take_field, screen);
    if (screen->line.len > 0)
        buf_puts(&screen->out, "  },\n");
}

void screen_print(const struct gather *gather)
{
    struct screen screen = {.gather = gather, .width = wrap_width()};
    show_linef(&screen.out, "%s", gather->input->path);
    put_facts(&screen);
    buf_putc(&screen.out, '\n');
    columns_put(gather, screen.width, &screen.out);
    put_signs(&screen);
    put_paste(&screen);
    print_lines(&screen.out);
    buf_release(&screen.line);
    buf_release(&screen.out);
}
