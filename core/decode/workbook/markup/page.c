/* page.c: the encoding is what a mark says, or a person, or the page. */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t page_piece = 64 * 1024;

static bool open_feed(struct page *page, struct source *source,
                      const char *said, const char *hinted, struct err *err)
{
    const char *head, *named;
    size_t len;
    if (!source_peek(source, &head, &len, err))
        return false;
    named = label_in_page(head, len, page->label);
    if (named == NULL && hinted != NULL)
        named = label_encoding(hinted, strlen(hinted), page->label);
    return feed_open(&page->feed, source, said ? said : named, err);
}

bool page_open(struct page *page, struct source *source, const char *said,
               const char *hinted, size_t max_cell, struct err *err)
{
    page_close(page);
    if (!open_feed(page, source, said, hinted, err))
        return false;
    page->open = true;
    page->marked = page->feed.mark > 0;
    struct html_listener listener = walk_listener(&page->walk);
    page->html =
        html_new(&listener, !charset_is_utf8(page->feed.encoding), max_cell);
    if (page->html == NULL)
        return err_set(err, EXIT_FAULT, "out of memory");
    snprintf(page->fault, sizeof page->fault,
             "a cell is longer than %zu bytes (max_cell)", max_cell);
    page->walk.tables.marked = html_marked(page->html);
    page->walk.tables.too_long = page->fault;
    page->lines.encoding = page->feed.encoding;
    page->walk.tables.max_cell = max_cell;
    page->walk.tables.lines = &page->lines;
    return true;
}

void page_close(struct page *page)
{
    html_free(page->html);
    walk_release(&page->walk);
    lines_release(&page->lines);
    buf_release(&page->text);
    if (page->open)
        feed_close(&page->feed);
    *page = (struct page){0};
}

/* What stands in one cell is parsed tag by tag, and nothing of it may be kept:
 * only here is seen that it does not end. */
static bool check_cell(struct page *page, size_t used, struct err *err)
{
    enum { TAGS = 1024 * 1024 };
    const struct tables *tables = &page->walk.tables;
    const struct table *table = tables_top(tables);
    page->unchanged += used;
    if (table == NULL || !table->in_cell || tables->steps != page->steps)
        page->unchanged = 0;
    page->steps = tables->steps;
    return page->unchanged <= tables->max_cell + TAGS ||
           err_set(err, EXIT_INPUT,
                   "table %u, row %llu: a cell does not end within %zu bytes "
                   "(max_cell and 1 MiB)",
                   table->number, (unsigned long long)table->layout.line,
                   tables->max_cell + TAGS);
}

bool page_read(struct page *page, struct err *err)
{
    size_t used, moved = lines_compact(&page->lines);
    if (page->walk.tables.writing)
        page->walk.tables.cell.from -= moved;
    if (!feed_read(&page->feed, &page->text, page_piece, err))
        return false;
    page->ended = page->feed.ended;
    if (!html_feed(page->html, page->text.at, page->text.len, page->ended,
                   &used, err))
        return false;
    page->text.len -= used;
    memmove(page->text.at, page->text.at + used, page->text.len);
    if (!check_cell(page, used, err))
        return false;
    if (page->ended) {
        tables_tell_cut(&page->walk.tables);
        html_end(page->html);
        tables_end_all(&page->walk.tables);
    }
    return true;
}
