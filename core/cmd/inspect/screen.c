/* screen.c: facts, a table of columns, what looks wrong, and what to paste. In
 * a narrow terminal a column's samples stand below its line. */
#include "screen.h"

#include "base/screen/print.h"
#include "base/screen/show.h"
#include "base/screen/wrap.h"
#include "columns.h"
#include "listing.h"
#include "paste.h"
#include "told.h"

enum { TITLE = 12 };

/* A line that is put together, and those that are ready. */
struct screen {
    const struct gather *gather;
    size_t width;
    struct buf line, out;
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

static void take_field(void *out, const char *field, unsigned column)
{
    struct screen *screen = out;
    const struct column *name = &screen->gather->input->columns.all[column];
    struct buf quoted = {0};
    facts_quote(&quoted, name->name, name->len);
    show_linef(&screen->out, "    %s = col %s,", field, buf_text(&quoted));
    buf_release(&quoted);
}

static void take_missing(void *out, const char *field)
{
    struct screen *screen = out;
    show_linef(&screen->out, "    -- %s = (it is required),", field);
}

/* The lines' ends are ours: what is foreign has none any more. */
static void put_paste(struct screen *screen)
{
    struct buf source = {0};
    buf_puts(&screen->out, "\nFor a mapping\n  source = ");
    paste_source(screen->gather, screen->width - 13, &source);
    buf_add(&screen->out, source.at, source.len);
    buf_puts(&screen->out, ",\n  fields = {\n");
    buf_release(&source);
    paste_fields(screen->gather, take_field, screen);
    paste_missing(screen->gather, take_missing, screen);
    buf_puts(&screen->out, "  },\n");
}

void screen_print(const struct gather *gather)
{
    struct screen screen = {.gather = gather, .width = wrap_width()};
    show_linef(&screen.out, "%s", gather->input->path);
    put_facts(&screen);
    if (gather->count > 0)
        buf_putc(&screen.out, '\n');
    columns_put(gather, screen.width, &screen.out);
    listing_put(gather, screen.width, &screen.out);
    put_paste(&screen);
    print_lines(&screen.out);
    buf_release(&screen.line);
    buf_release(&screen.out);
}
