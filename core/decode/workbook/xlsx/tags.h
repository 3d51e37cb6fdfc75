/* tags.h: a row read by its tags, whatever attributes and elements it has. Of
 * plain XML (tag.h). One owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_TAGS_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_TAGS_H

#include "row.h"
#include "tag.h"

/* Takes what the row's own tag says of it. */
void xlsx_tags_head(struct xlsx_row *row, struct xlsx_tag *tag);
/* One tag within the row and what belongs to it. *next: the column of the next
 * cell; *over: it was the row's end. Answers what follows; NULL: it is not
 * whole, or no XML. */
const char *xlsx_tags_part(struct xlsx_row *row, const char *at,
                           const char *end, unsigned *next, bool *over);

#endif
