/* screen.c: facts, a table of columns, and what looks wrong. In a narrow
 * terminal a column's samples stand below its line. */
#include "screen.h"

#include "base/screen/print.h"
#include "base/screen/show.h"
#include "base/screen/wrap.h"
#include "columns.h"
#include "listing.h"
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

void screen_print(const struct gather *gather)
{
    struct screen screen = {.gather = gather, .width = wrap_width()};
    show_linef(&screen.out, "%s", gather->input->path);
    put_facts(&screen);
    if (gather->count > 0)
        buf_putc(&screen.out, '\n');
    columns_put(gather, screen.width, &screen.out);
    listing_put(gather, screen.width, &screen.out);
    print_lines(&screen.out);
    buf_release(&screen.line);
    buf_release(&screen.out);
}
