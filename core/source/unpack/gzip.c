/* gzip.c: gzip by ISA-L, which looks at its checksums (libarchive does not).
 *
 * A file may be several of them, one after the other; zeros may fill it up.
 * Anything else behind the last one means that the file is not what was
 * written. */
#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "part.h"

struct gunzip {
    struct inflate_state state;
    bool between; /* the last member is through */
    bool padded;  /* zeros came after it */
    bool ended;   /* of the packed bytes */
    uint8_t bytes[32 * 1024];
};

static bool begin(struct unpacked *from, struct err *err)
{
    struct gunzip *gunzip = mem_zero(1, sizeof *gunzip);
    (void)err;
    isal_inflate_init(&gunzip->state);
    gunzip->state.crc_flag = ISAL_GZIP;
    from->state = gunzip;
    return true;
}

static void end(struct unpacked *from)
{
    free(from->state);
}

static bool refill(struct unpacked *from, struct gunzip *gunzip,
                   struct err *err)
{
    size_t got = 0;
    if (gunzip->state.avail_in > 0 || gunzip->ended)
        return true;
    if (!unpack_take(from, gunzip->bytes, sizeof gunzip->bytes, &got, err))
        return false;
    gunzip->ended = got == 0;
    gunzip->state.next_in = gunzip->bytes;
    gunzip->state.avail_in = (uint32_t)got;
    return true;
}

/* What comes after a member; *more: another one. */
static bool go_on(struct unpacked *from, struct gunzip *gunzip, bool *more,
                  struct err *err)
{
    struct inflate_state *state = &gunzip->state;
    *more = false;
    for (;;) {
        if (!refill(from, gunzip, err))
            return false;
        if (gunzip->ended)
            return true;
        for (; state->avail_in > 0 && *state->next_in == 0; state->avail_in--) {
            state->next_in++;
            gunzip->padded = true;
        }
        if (state->avail_in > 0)
            break;
    }
    if (gunzip->padded || *state->next_in != 0x1F)
        return unpack_damaged(from, "something else follows what is compressed",
                              err);
    isal_inflate_reset(state);
    gunzip->between = false;
    *more = true;
    return true;
}

static bool inflate_some(struct unpacked *from, struct gunzip *gunzip,
                         void *into, size_t len, size_t *got, struct err *err)
{
    struct inflate_state *state = &gunzip->state;
    state->next_out = into;
    state->avail_out = (uint32_t)len;
    int said = isal_inflate(state);
    *got = len - state->avail_out;
    gunzip->between = state->block_state == ISAL_BLOCK_FINISH;
    if (said < 0 || said == ISAL_NEED_DICT)
        return unpack_damaged(from,
                              said == ISAL_INCORRECT_CHECKSUM
                                  ? "its checksum is another"
                                  : "it cannot be decompressed from here on",
                              err);
    if (*got == 0 && !gunzip->between && gunzip->ended)
        return unpack_damaged(from, "it ends too early; is it whole?", err);
    return true;
}

static bool read_on(struct unpacked *from, void *into, size_t len, size_t *got,
                    struct err *err)
{
    enum { MOST = 1 << 30 };
    struct gunzip *gunzip = from->state;
    bool more = true;
    *got = 0;
    while (*got == 0 && len > 0) {
        if (gunzip->between && !go_on(from, gunzip, &more, err))
            return false;
        if (!more)
            return true;
        if (!refill(from, gunzip, err) ||
            !inflate_some(from, gunzip, into, len < MOST ? len : MOST, got,
                          err))
            return false;
    }
    return true;
}

const struct unpacker unpack_gzip = {begin, read_on, end};
