/* packed.c: gzip, of as many members as there are; each must come to its end,
 * where its length and its checksum are. */
#include "packed.h"

#include <stdlib.h>
#include <string.h>

#include <isa-l/igzip_lib.h>

#include "base/mem.h"

enum { STEP = 64 * 1024 };

bool packed_is(const char *body, size_t len)
{
    return len > 2 && memcmp(body, "\x1f\x8b\x08", 3) == 0;
}

static enum packed take(struct packed_page *page, const char *bytes, size_t len,
                        uint64_t max, size_t packed)
{
    uint64_t whole = page->memory.len + page->spill.len + len;
    page->spill.bomb = whole > SPILL_AT && whole / SPILL_RATIO > packed;
    if (page->spill.bomb || whole > max)
        return PACKED_LARGE;
    return spill_add(&page->spill, &page->memory, bytes, len) ? PACKED_WHOLE
                                                              : PACKED_FAULT;
}

/* One member, from state->next_in on. */
static enum packed member(struct packed_page *page, struct inflate_state *state,
                          char *bytes, uint64_t max, size_t packed)
{
    enum packed got = PACKED_WHOLE;
    while (got == PACKED_WHOLE && state->block_state != ISAL_BLOCK_FINISH) {
        uint32_t before = state->avail_in;
        state->next_out = (uint8_t *)bytes;
        state->avail_out = STEP;
        if (isal_inflate(state) != ISAL_DECOMP_OK)
            return PACKED_CUT;
        size_t len = STEP - state->avail_out;
        if (len == 0 && state->avail_in == before &&
            state->block_state != ISAL_BLOCK_FINISH)
            return PACKED_CUT;
        got = take(page, bytes, len, max, packed);
    }
    return got;
}

enum packed packed_unpack(struct packed_page *page, const char *body,
                          size_t len, uint64_t max)
{
    enum packed got = len < UINT32_MAX ? PACKED_WHOLE : PACKED_LARGE;
    struct inflate_state *state = mem_alloc(sizeof *state + STEP);
    buf_clear(&page->memory);
    spill_clear(&page->spill);
    isal_inflate_init(state);
    state->next_in = (uint8_t *)(uintptr_t)body;
    state->avail_in = (uint32_t)len;
    while (got == PACKED_WHOLE && state->avail_in > 0) {
        state->crc_flag = ISAL_GZIP;
        got = member(page, state, (char *)(state + 1), max, len);
        if (got == PACKED_WHOLE)
            isal_inflate_reset(state);
    }
    free(state);
    return got;
}

const char *packed_bytes(struct packed_page *page, size_t *len)
{
    const char *spilt = spill_bytes(&page->spill);
    *len = spilt ? (size_t)page->spill.len : page->memory.len;
    return spilt ? spilt : page->memory.at;
}

void packed_release(struct packed_page *page)
{
    buf_release(&page->memory);
    spill_clear(&page->spill);
}
