/* island.h: what Excel writes of a workbook into a page: the names of its
 * sheets, and which part of a saved page each of them is. It stands as XML in a
 * comment, or as tags that browsers do not know. One owner. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_ISLAND_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_ISLAND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { ISLAND_SHEETS = 1024 };

struct island_sheet {
    struct buf name;
    struct buf part; /* its address; empty: this page */
    bool hidden;
};

struct island {
    struct island_sheet *sheets;
    unsigned count, cap;
    struct buf *text; /* takes what comes, or NULL */
    struct buf visible;
};

void island_release(struct island *island);
/* Tags of the page, and its comments. */
void island_start(struct island *island, const char *name,
                  const char *const *attributes);
void island_end(struct island *island, const char *name);
void island_text(struct island *island, const char *text, size_t len);
void island_comment(struct island *island, const char *text);

#endif
