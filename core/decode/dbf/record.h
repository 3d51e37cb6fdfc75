/* record.h: the bytes of a DBF record as the values of a row.
 *
 * A text's blanks at its end only fill its field; numbers keep the digits that
 * they are written with. Days are yyyy-mm-dd, moments yyyy-mm-ddThh:mm:ss. What
 * is null is blank. One owner, one thread. */
#ifndef FASTSYNC_DECODE_DBF_RECORD_H
#define FASTSYNC_DECODE_DBF_RECORD_H

#include <stdbool.h>

#include "base/mem.h"
#include "charset/charset.h"
#include "layout.h"
#include "memo.h"
#include "record.h"
#include "value.h"

enum { DBF_DELETED = '*', DBF_LIVE = ' ', DBF_END = 0x1A };

struct dbf_record {
    const struct dbf_layout *layout;
    struct transcoder transcoder; /* zero: UTF-8 */
    struct dbf_memos *memos;      /* NULL: the table has none */
    struct arena *arena;          /* of the chunk at hand */
    struct buf scratch;
};

/* Reads the record's fields into as many cells. NULL, or why the record cannot
 * be used, static or in the arena. */
const char *dbf_record_read(struct dbf_record *record,
                            const unsigned char *bytes, struct value *cells);

#endif
