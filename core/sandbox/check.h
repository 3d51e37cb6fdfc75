/* check.h: the records of a SyncData request, checked by the form tables. */
#ifndef FASTSYNC_SANDBOX_CHECK_H
#define FASTSYNC_SANDBOX_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "form/form.h"

/* Records of a request, in its order. */
struct fast_record {
    size_t key, key_len; /* in `keys`: trimmed, in upper case */
    const char *json;    /* in the body */
    size_t json_len;
};

struct fast_records {
    struct fast_record *all;
    size_t count, cap;
    struct buf keys;
};

/* Checks an array that is valid JSON. False: `why` says what is wrong first. */
bool fast_check(const struct form *form, const char *array, size_t len,
                struct fast_records *records, struct buf *why);
void fast_records_release(struct fast_records *records);

#endif
