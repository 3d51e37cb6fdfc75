/* voices.h: which Vietnamese encoding bytes are in, told by reading them in
 * each: in the right one, the words beyond ASCII are syllables. Pure; any
 * thread. */
#ifndef FASTSYNC_DECODE_ENCODING_VOICES_H
#define FASTSYNC_DECODE_ENCODING_VOICES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* What words beyond ASCII are in one reading. */
struct voice {
    const char *name; /* of the encoding */
    size_t words, syllables;
};

/* The encoding in which most words are syllables, and the next best one; its
 * name is NULL where less than seven in ten are, or where windows-1252 reads
 * as many. */
struct voices {
    struct voice best, next;
};

struct voices voices_of(const char *head, size_t len);
/* Most words of this ASCII are syllables in VIQR, or letters of references. */
const char *voices_of_ascii(const char *head, size_t len);
/* Appends how sure the reading in `name` is, and why; false: it is none of
 * these encodings. */
bool voices_put_sure(struct buf *out, const char *name, const char *head,
                     size_t len);
/* The encoding that a line which is no UTF-8 is in; NULL: there is doubt. */
const char *voices_of_line(const char *line, size_t len);
/* Appends "it mixes UTF-8 (…) and TCVN3 (…)" with the first line of each;
 * false: its lines are in one encoding, as far as can be told. */
bool voices_put_mix(struct buf *out, const char *head, size_t len);

#endif
