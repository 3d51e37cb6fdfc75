/* stored.h: the value of a cell of an XML Spreadsheet, by the type that it has
 * there and the format that it is shown in. Pure but for its memory. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_STORED_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_STORED_H

#include "decode/workbook/sheet/format.h"
#include "lines.h"

enum stored_type {
    STORED_STRING,
    STORED_NUMBER,
    STORED_DATE,
    STORED_TRUTH,
    STORED_ERROR
};

struct stored {
    enum stored_type type;
    struct shown shown;
    bool from_1904;
    unsigned column;
};

/* The type of that name; text where there is none. */
enum stored_type stored_type_of(const char *name);
/* Ends the open cell of `lines`, whose text is what was stored. */
void stored_end(const struct stored *stored, struct lines *lines,
                struct arena *arena);

#endif
