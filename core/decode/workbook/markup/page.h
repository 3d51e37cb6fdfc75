/* page.h: one page of HTML being read: its bytes decoded, its tags heard, its
 * rows waiting. The reader's. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_PAGE_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_PAGE_H

#include "decode/feed.h"
#include "label.h"
#include "walk.h"

/* Bytes that are read at a time; tests make it small. */
extern size_t page_piece;

struct page {
    struct feed feed;
    bool open, marked; /* its encoding is marked */
    struct html *html;
    struct walk walk;
    struct lines lines;
    struct buf text;        /* decoded, not yet heard */
    char label[LABEL_SIZE]; /* the encoding that the page names */
    char fault[64];         /* of a cell that is too long */
    uint64_t steps;         /* of the walk's tables, when last looked at */
    size_t unchanged;       /* bytes since then that were in one cell */
    bool ended;
};

/* Begins to read the source, which is borrowed. `said`: its encoding by
 * somebody who knows; `hinted`: by who carried it, as mail does; NULL: nobody.
 */
bool page_open(struct page *page, struct source *source, const char *said,
               const char *hinted, size_t max_cell, struct err *err);
void page_close(struct page *page); /* a zero one is allowed */
/* Reads on, a piece; page->ended at its end. */
bool page_read(struct page *page, struct err *err);

#endif
