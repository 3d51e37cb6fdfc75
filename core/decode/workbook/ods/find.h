/* find.h: the sheets of an OpenDocument spreadsheet, found without reading all
 * of it as XML. The reader's. */
#ifndef FASTSYNC_DECODE_WORKBOOK_ODS_FIND_H
#define FASTSYNC_DECODE_WORKBOOK_ODS_FIND_H

#include "ods.h"

struct ods_finder {
    /* Hears of the tag <table:table …>; false: err. */
    bool (*take)(void *self, const char *tag, size_t len, struct err *err);
    void *self;
};

struct ods_found {
    bool plain; /* false: it cannot be told so, and nothing heard counts */
    bool spans; /* a cell may span others */
};

bool ods_find_sheets(const struct ods *ods, const struct ods_finder *finder,
                     struct ods_found *found, struct err *err);

/* Does the text stand in there? */
bool ods_has(const char *head, size_t len, const char *text);

#endif
