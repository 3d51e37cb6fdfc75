/* feed.h: a source as UTF-8 text: its encoding found, its mark left out, its
 * code page mapped.
 *
 * What text formats share. A byte that cannot be mapped arrives as charset.h
 * says; UTF-8 arrives as it stands, checked by nobody yet. The reader's. */
#ifndef FASTSYNC_DECODE_FEED_H
#define FASTSYNC_DECODE_FEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "charset/charset.h"
#include "decode/encoding/misfit.h"
#include "source/source.h"

struct feed {
    struct source *source;        /* borrowed */
    const char *encoding;         /* as found; lives as long as `declared` */
    bool guessed;                 /* neither declared nor marked */
    struct misfit misfit;         /* is that encoding doubtful? */
    struct transcoder transcoder; /* zero for UTF-8 */
    struct buf raw;               /* bytes before decoding */
    size_t mark;                  /* bytes of the mark still to be left out */
    uint64_t consumed;            /* bytes of the source so far */
    struct buf held;              /* what may be the mark of the end */
    char last;                    /* the last byte given */
    bool unended; /* once it has ended: in the middle of a line */
    bool ended;
};

/* Decides what the source holds: a mark, then `declared` (NULL: nothing
 * is), then what the head looks like. Bytes that are plainly no text are
 * EXIT_INPUT. On failure the feed is closed. */
bool feed_open(struct feed *feed, struct source *source, const char *declared,
               struct err *err);
void feed_close(struct feed *feed);

/* Appends the head, decoded, without taking it; *whole: it is all there is. */
bool feed_head(struct feed *feed, struct buf *out, bool *whole,
               struct err *err);
/* Appends some text of about `len` bytes, without a mark of the end (0x1A, and
 * what pads the file after it); feed->ended when there is no more,
 * and only then nothing may be appended. */
bool feed_read(struct feed *feed, struct buf *out, size_t len, struct err *err);

#endif
