/* walk.h: what the tags and texts of a page do to its tables (tables.h); what
 * stands outside of them is no row. One owner. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_WALK_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_WALK_H

#include "html.h"
#include "island.h"
#include "tables.h"
#include "tag.h"

/* Names come from the parser's dictionary: the same name, the same address. */
enum { WALK_NAMES = 64 };

struct walk {
    struct tables tables;
    struct island *island; /* when the page is read for the first time */
    unsigned level;        /* of tags */
    unsigned hidden;       /* that of the tag that hides a cell's text, or 0 */
    unsigned unseen;       /* the same outside of tables, or 0 */
    bool in_caption;
    bool frames;   /* the page is made of others */
    bool password; /* it asks for one */
    struct {
        const char *name;
        enum tag tag;
    } names[WALK_NAMES];
    struct cell title;
    struct buf caption; /* takes it */
};

void walk_release(struct walk *walk);
/* As the listener of a struct html. */
struct html_listener walk_listener(struct walk *walk);

#endif
