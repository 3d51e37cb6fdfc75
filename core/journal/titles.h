/* titles.h: whose an accepted key is, as the journal keeps it for messages: the
 * record's title and its row's place, beside the batch's keys. For the
 * journal's files alone. */
#ifndef FASTSYNC_JOURNAL_TITLES_H
#define FASTSYNC_JOURNAL_TITLES_H

#include "batch/batch.h"

struct title {
    const char *path; /* of the input; not known where there is no line */
    struct place place;
    const char *text; /* shortened; not terminated */
    size_t len;
};

/* Appends those of the records [from, upto). */
void titles_pack(struct buf *blob, const struct batch *batch, uint32_t from,
                 uint32_t upto);
/* That of a key; false: it is not there, or the blob is broken. */
bool titles_find(const char *blob, size_t len, const uint64_t key[2],
                 struct title *title);

#endif
