/* decode_steps.h: bytes that come to a decoder in pieces. */
#ifndef FASTSYNC_TESTS_DECODE_STEPS_H
#define FASTSYNC_TESTS_DECODE_STEPS_H

#include <check.h>
#include <string.h>

#include "charset/charset.h"

/* Appends what `len` bytes are in the encoding, read `step` at a time. */
static void decode_in_steps(const char *name, const char *bytes, size_t len,
                            size_t step, struct buf *out)
{
    struct transcoder transcoder;
    struct buf held = {0};
    ck_assert(transcoder_open(&transcoder, name));
    for (size_t at = 0; at < len || at == 0; at += step) {
        size_t more = len - at < step ? len - at : step;
        buf_add(&held, bytes + at, more);
        buf_reserve(&held, 1);
        size_t used = transcoder_decode(&transcoder, held.at, held.len,
                                        at + more == len, out);
        held.len -= used;
        memmove(held.at, held.at + used, held.len);
        if (len == 0)
            break;
    }
    ck_assert_uint_eq(held.len, 0);
    buf_release(&held);
    transcoder_close(&transcoder);
}

#endif
