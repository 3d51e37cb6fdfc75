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
    const char *encoding;
    struct transcoder transcoder; /* zero: UTF-8 */
    bool guessed;                 /* the encoding was not said */
    bool plain;                   /* ASCII is ASCII in it */
    bool trim;                    /* white space goes from both ends */
    struct dbf_memos *memos;      /* NULL: none is read */
    size_t kept, most;   /* bytes of memos in the chunk; before another one */
    struct arena *arena; /* of the chunk at hand */
    struct buf scratch;
    const char *why; /* what was found wrong, in the arena; or NULL */
};

/* What is wrong, in the arena. */
const char *dbf_say(struct dbf_record *record, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
/* The text as a mapping sees it (value.h); *why, in the arena, where it is
 * none of the encoding. */
struct value dbf_text(struct dbf_record *record, const char *text, size_t len,
                      const char **why);
/* Reads the record's fields into as many cells, as a mapping sees them. NULL,
 * or why the record cannot be used, in the arena; *read of the cells are good
 * then. */
const char *dbf_record_read(struct dbf_record *record,
                            const unsigned char *bytes, struct value *cells,
                            unsigned *read);

#endif
