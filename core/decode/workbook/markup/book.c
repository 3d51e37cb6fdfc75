/* book.c: each page is read once to find its tables, and again for the rows of
 * those that are sheets, forward as long as the sheets asked for are.
 *
 * Of a workbook that Excel saved as one page, the page's island names the
 * sheets and the parts that they are; other parts are tabs and styles. */
#include "book.h"

#include <stdlib.h>
#include <string.h>

#include "decode/table/grid.h"
#include "names.h"

enum { MAX_CELL = 16 * 1024 * 1024 };

const struct markup_options markup_defaults = {.table = TABLE_DEFAULTS,
                                               .max_cell = MAX_CELL};

/* A page of the file. */
struct book_page {
    const struct mime_part *part; /* NULL: the whole file */
    struct found found;
    char encoding[LABEL_SIZE];
    const char *sure; /* how sure that is */
    bool guessed, plainly;
    char *doubt; /* about it, or NULL */
};

struct book {
    struct source *source;
    const struct markup_options *said;
    struct mime parts;
    struct book_page *pages;
    unsigned page_count;
    struct island island;
    bool frames, password;
    struct names names; /* the sheets */

    const struct book_page *main; /* that of the first sheet */

    struct page page; /* being read: */
    unsigned at;      /* pages[at - 1]; 0: none */
    struct source *part;
    unsigned sheet;  /* asked for, */
    unsigned number; /* the number of its table */
};

static void close_page(struct book *book)
{
    page_close(&book->page);
    source_close(book->part);
    book->part = NULL;
    book->at = 0;
}

/* Begins to read that page, from 0. */
static bool open_page(struct book *book, unsigned at, struct err *err)
{
    const struct mime_part *part = book->pages[at].part;
    struct source *source = book->source;
    close_page(book);
    if (part != NULL)
        source = book->part =
            source_part(book->source, part->begin, part->end, part->coding);
    else if (!source_rewind(source, err))
        return false;
    if (!page_open(&book->page, source, book->said->encoding,
                   part ? part->charset : NULL, book->said->max_cell, err))
        return false;
    book->at = at + 1;
    return true;
}

/* Reading begins at that sheet, or goes on to it. */
static bool book_begin(void *opaque, unsigned sheet, struct err *err)
{
    struct book *book = opaque;
    const struct names_place *place = &book->names.places[sheet];
    if (book->at != place->page + 1 || place->number <= book->number) {
        if (!open_page(book, place->page, err))
            return false;
        book->page.walk.tables.settled = &book->pages[place->page].found;
    }
    book->sheet = sheet;
    book->number = place->number;
    return true;
}

static enum step book_next(void *opaque, struct arena *arena,
                           struct grid_row *row, struct err *err)
{
    struct book *book = opaque;
    struct page *page = &book->page;
    for (;;) {
        unsigned table = lines_table(&page->lines);
        if (table == book->number) {
            lines_take(&page->lines, arena, row);
            return STEP_ITEM;
        }
        if (table > book->number)
            return STEP_END;
        if (table > 0)
            lines_drop(&page->lines);
        else if (page->ended || page->walk.tables.done >= book->number)
            return STEP_END;
        else if (!page_read(page, err))
            return STEP_FAIL;
    }
}

static const struct found_table *table_of(const struct book *book,
                                          unsigned sheet)
{
    const struct names_place *place = &book->names.places[sheet];
    return found_number(&book->pages[place->page].found, place->number);
}

static bool book_areas(void *opaque, unsigned sheet,
                       const struct grid_area **areas, unsigned *count,
                       struct err *err)
{
    (void)err;
    found_areas(table_of(opaque, sheet), areas, count);
    return true;
}

static bool book_column_hidden(void *opaque, unsigned column)
{
    const struct book *book = opaque;
    return found_hides(table_of(book, book->sheet), column);
}

static uint64_t book_consumed(void *opaque)
{
    const struct book *book = opaque;
    uint64_t consumed = book->page.feed.consumed;
    if (book->at == 0 || book->pages[book->at - 1].part == NULL)
        return consumed;
    const struct mime_part *part = book->pages[book->at - 1].part;
    uint64_t len = part->end - part->begin;
    return part->begin + (consumed < len ? consumed : len);
}

static const struct grid_kind book_kind = {
    .begin = book_begin,
    .next = book_next,
    .areas = book_areas,
    .column_hidden = book_column_hidden,
    .consumed = book_consumed,
};

static const char *how_sure(const struct book *book)
{
    const struct feed *feed = &book->page.feed;
    if (book->page.marked)
        return "its byte order mark says so";
    if (feed->guessed)
        return "guessed: the page does not say it";
    return book->said->encoding != NULL ? "as it was said" : "the page says so";
}

static void take_encoding(struct book *book, struct book_page *page)
{
    const struct feed *feed = &book->page.feed;
    page->sure = how_sure(book);
    size_t len = strlen(feed->encoding);
    memcpy(page->encoding, feed->encoding,
           len < LABEL_SIZE ? len : LABEL_SIZE - 1);
    page->guessed = feed->guessed;
    page->plainly = feed->misfit.plainly;
    if (feed->misfit.text != NULL)
        page->doubt = mem_text(feed->misfit.text);
}

/* Reads a page for the first time. */
static bool survey(struct book *book, unsigned at, struct err *err)
{
    struct walk *walk = &book->page.walk;
    struct found *found = &book->pages[at].found;
    if (!open_page(book, at, err))
        return false;
    take_encoding(book, &book->pages[at]);
    walk->tables.found = found;
    walk->island = &book->island;
    while (!book->page.ended)
        if (!page_read(&book->page, err))
            return false;
    book->frames |= walk->frames;
    book->password |= walk->password;
    close_page(book);
    found_settle(found);
    return found->lost == 0 ||
           (found->lost_outer == 0 && !found->all[0].layout) ||
           err_set(err, EXIT_INPUT, "it has more than %d tables" ERR_FIXED,
                   FOUND_TABLES);
}

static bool ends_with(const char *text, const struct buf *end)
{
    size_t len = strlen(text);
    return end->len > 0 && len >= end->len &&
           memcmp(text + len - end->len, end->at, end->len) == 0;
}

/* The sheet that the island says a page is, or NULL. */
static const struct island_sheet *sheet_of(const struct book *book,
                                           const struct book_page *page)
{
    const char *location = page->part ? page->part->location : NULL;
    for (unsigned i = 0; location && i < book->island.count; i++)
        if (ends_with(location, &book->island.sheets[i].part))
            return &book->island.sheets[i];
    return NULL;
}

static void name_sheets(struct book *book)
{
    const struct island *island = &book->island;
    bool linked = false;
    for (unsigned i = 0; i < book->page_count; i++)
        linked |= sheet_of(book, &book->pages[i]) != NULL;
    for (unsigned i = 0; i < book->page_count; i++) {
        struct book_page *page = &book->pages[i];
        const struct island_sheet *sheet = sheet_of(book, page);
        if (linked && sheet != NULL)
            names_add(&book->names, i, &page->found, sheet, 1);
        else if (!linked)
            names_add(&book->names, i, &page->found, island->sheets,
                      book->page_count == 1 ? island->count : 0);
    }
}

static bool refuse(const struct book *book, struct err *err)
{
    return err_set(
        err, EXIT_INPUT, "%s",
        book->frames ? "is a page of frames, whose tables lie in other "
                       "files: save it as one .xlsx file"
        : book->password
            ? "is a page of HTML that asks for a password, and no "
              "export: sign in, and export it again"
            : "is a page of HTML without a table that holds anything; "
              "look at it, and export it again");
}

static void set_pages(struct book *book)
{
    const struct mime *parts = &book->parts;
    book->pages = mem_zero(parts->count + 1, sizeof *book->pages);
    for (unsigned i = 0; i < parts->count; i++)
        if (strcmp(parts->parts[i].type, "text/html") == 0)
            book->pages[book->page_count++].part = &parts->parts[i];
    if (parts->count == 0)
        book->page_count = 1;
}

static void free_book(struct book *book)
{
    close_page(book);
    for (unsigned i = 0; i < book->page_count; i++) {
        found_release(&book->pages[i].found);
        free(book->pages[i].doubt);
    }
    free(book->pages);
    mime_release(&book->parts);
    island_release(&book->island);
    names_release(&book->names);
    free(book);
}

static bool find_sheets(struct book *book, struct err *err)
{
    set_pages(book);
    for (unsigned i = 0; i < book->page_count; i++)
        if (!survey(book, i, err))
            return false;
    name_sheets(book);
    names_settle(&book->names);
    if (book->names.count == 0)
        return refuse(book, err);
    book->main = &book->pages[book->names.places[0].page];
    return true;
}

bool book_open(struct input *input, struct mime *parts, struct err *err)
{
    struct book *book = mem_zero(1, sizeof *book);
    book->source = input->source;
    book->said = input->options;
    if (parts != NULL) {
        book->parts = *parts;
        *parts = (struct mime){0};
    }
    if (!find_sheets(book, err) ||
        !grid_open(input, &book_kind, book, book->names.sheets,
                   book->names.count, err)) {
        free_book(book);
        return false;
    }
    input->encoding = book->main->encoding;
    input->doubt = book->main->plainly ? book->main->doubt : NULL;
    input->guessed |= book->main->guessed;
    return true;
}

void book_close(struct input *input)
{
    struct book *book = grid_book(input);
    grid_close(input);
    if (book != NULL)
        free_book(book);
}

void book_describe(const struct input *input, struct buf *out)
{
    const struct book_page *main =
        ((const struct book *)grid_book(input))->main;
    buf_addf(out, ", %s%s", main->encoding, main->guessed ? " (guessed)" : "");
    grid_describe(input, out);
    if (main->doubt != NULL)
        buf_addf(out, "; %s", main->doubt);
}

static void tell_encoding(const struct book_page *main, struct facts *facts)
{
    const char *notes = facts->notes;
    facts->encoding = main->encoding;
    facts->sure = main->sure;
    if (main->doubt != NULL)
        facts->notes =
            facts_text(facts, "%s; %s", notes ? notes : "", main->doubt);
    if (main->guessed && !charset_is_utf8(main->encoding))
        facts_option_text(facts, "encoding", main->encoding);
}

/* Of a table that is found it is known how many rows it has. */
void book_tell(const struct input *input, struct facts *facts)
{
    const struct book *book = grid_book(input);
    grid_tell(input, facts);
    tell_encoding(book->main, facts);
    for (unsigned i = 0; i < facts->sheet_count && i < book->names.count; i++)
        facts->sheets[i].rows = table_of(book, i)->rows;
}
