/* packed.h: numbers and accepted keys as the journal's blobs hold them. For the
 * journal's files alone. */
#ifndef FASTSYNC_JOURNAL_PACKED_H
#define FASTSYNC_JOURNAL_PACKED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Numbers are stored with their lowest byte first, whatever the machine. */
char *word_put(char *to, uint64_t word);
uint64_t word_get(const char *from);

/* One accepted record. */
struct packed {
    uint64_t key_hash[2], content;
    const char *key;
    size_t key_len;
};

void packed_add(struct buf *blob, const struct packed *record);
/* Takes the next record; false at the end, or where the blob is broken. */
bool packed_next(const char **at, const char *end, struct packed *record);

#endif
