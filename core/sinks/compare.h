/* compare.h: a record as it was sent, and as the server gives it back.
 *
 * Every field that was sent must be there with an equal value; what was not
 * sent may be anything. Names are the same in any letter case, as the
 * documentation itself has `status` and `Status`. Equal are
 *
 *   texts     after NFC, without white space at their end (columns of fixed
 *             width come back padded)
 *   numbers   of the same value, also as a text: 1, 1.0, "1"
 *   booleans  as 0 and 1
 *   keys      as form_key_hash has it: Fast upper-cases codes
 *   nothing   an explicit "", null, and a field that is not there
 *
 * Pure but for its memory, which is kept for the next pair. One owner. */
#ifndef FASTSYNC_COMPARE_H
#define FASTSYNC_COMPARE_H

#include <stddef.h>

#include "base/buf.h"
#include "form/form.h"

/* One field that is not the same. The texts live for the call. */
struct difference {
    const char *field; /* as the form names it */
    const char *sent, *found;
    size_t sent_len, found_len; /* found NULL: nothing there */
};

typedef void compare_visit(void *owner, const struct difference *difference);

/* Both records' fields, read. Zero-initialised is empty. */
struct compare {
    struct member_value *sent, *found;
    size_t sent_count, found_count, sent_cap, found_cap;
    struct buf texts, nfc[2];
};

void compare_release(struct compare *compare);

/* Two JSON objects; answers the number of fields that differ, having visited
 * each, in the order they were sent in. What is no object holds no field. */
unsigned compare_records(struct compare *compare, const struct form *form,
                         const char *sent, size_t sent_len, const char *found,
                         size_t found_len, compare_visit *visit, void *owner);

#endif
