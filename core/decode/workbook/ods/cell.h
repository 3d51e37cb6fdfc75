/* cell.h: one cell of an OpenDocument sheet, from its attributes and its
 * text. The reader's. */
#ifndef FASTSYNC_DECODE_WORKBOOK_ODS_CELL_H
#define FASTSYNC_DECODE_WORKBOOK_ODS_CELL_H

#include "base/buf.h"
#include "base/mem.h"
#include "decode/workbook/sheet/doubt.h"
#include "value.h"

enum ods_type {
    ODS_NOTHING,
    ODS_TEXT,
    ODS_NUMBER, /* a currency and a percentage, too */
    ODS_DATE,
    ODS_TIME,
    ODS_BOOL,
    ODS_ERROR,
};

enum { ODS_VALUE_MAX = 400 }; /* the longest value that is no text */

struct ods_cell {
    enum ods_type type;
    bool formula;
    bool covered;  /* by a merged cell: what it holds is not seen */
    bool too_long; /* its text is cut */
    bool blank;    /* white space that is put once something follows it */
    unsigned lines;
    uint32_t repeat, columns, rows; /* how often; how far it is merged */
    struct buf value;               /* of office:value and its kin */
    struct buf said;                /* office:string-value */
    struct buf text;                /* as it is seen */
    size_t max;                     /* bytes of text */
};

void ods_cell_begin(struct ods_cell *cell, const char *const *attributes);
void ods_cell_release(struct ods_cell *cell);
/* Its text: a line, what stands in it, what elements stand for. */
void ods_cell_line(struct ods_cell *cell);
void ods_cell_text(struct ods_cell *cell, const char *text, size_t len);
/* `count` of that byte, as it is. */
void ods_cell_put(struct ods_cell *cell, char byte, uint32_t count);

/* Its value, in the arena; VALUE_NIL: it is blank. *doubt: what is wrong with
 * it, or NULL. */
struct value ods_cell_value(const struct ods_cell *cell, struct arena *arena,
                            const struct sheet_doubt **doubt);
/* A number in an attribute, from 1 on; 1 where it is none. */
uint32_t ods_count(const char *text);

#endif
