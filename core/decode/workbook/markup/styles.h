/* styles.h: the number formats of an XML Spreadsheet, by the names of its
 * styles. One owner. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_STYLES_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_STYLES_H

#include "decode/workbook/sheet/format.h"

struct style;

enum { STYLES = 65536 };

struct styles {
    struct style *all;
    unsigned count, cap;
    bool sorted;
};

void styles_release(struct styles *styles);
/* A style begins, made from `parent` (NULL: none); false: there are too many.
 */
bool styles_add(struct styles *styles, const char *id, const char *parent);
/* The format of the style that began last: a code, or a name that Excel has
 * for one ("Short Date"). */
void styles_format(struct styles *styles, const char *format);
/* The format of a style; NULL or one that nobody knows: any number. */
struct shown styles_find(struct styles *styles, const char *id);

#endif
