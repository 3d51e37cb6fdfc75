/* cut.h: where values end, seeing strings and brackets alone: as fast as the
 * reader needs it, which does not parse what mappers will. What is no JSON is
 * cut somewhere, always in the same place whatever came in one piece, and the
 * mapper finds out. Pure. */
#ifndef FASTSYNC_DECODE_TREE_JSON_CUT_H
#define FASTSYNC_DECODE_TREE_JSON_CUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "quotes.h"

enum cut_kind {
    CUT_COMMAS, /* after commas, up to the bracket that closes the array */
    CUT_VALUES, /* after each bracket that closes a value */
    CUT_ONE,    /* after the first of these */
};

/* Zero-initialised, but for `kind`, before the first byte. */
struct cut {
    enum cut_kind kind;
    size_t seen;    /* bytes looked at so far */
    size_t end;     /* after the last value, or its comma */
    uint64_t ended; /* values */
    bool closed;    /* CUT_COMMAS: at `end` stands the bracket; CUT_ONE: it
                       has been met */
    struct quotes quotes; /* at `seen` */
    uint64_t depth;
};

/* Looks on, at what stands after `seen`; the text is the same as before up to
 * there. Of the last bytes less than SCAN_BLOCK may wait, unless it is `final`.
 * SCAN_BLOCK more bytes than `len` must be readable. */
void cut_look(struct cut *cut, const char *text, size_t len, bool final);
/* Line ends in a text; *last: after the last one, where there is one. */
uint64_t cut_lines(const char *text, size_t len, size_t *last);
/* The length of whole lines, without those beyond so many. */
size_t cut_first(const char *text, size_t len, uint64_t lines);

#endif
