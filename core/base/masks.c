/* masks.c: the same questions in vectors of 16, 32 and 64 bytes. */
#include "masks.h"

#include "scan.h"

/* SSE2, or words of 64 bits where there is none. */

static void any_block(const char *at, struct marks marks, struct masks *masks)
{
    struct scan_block bytes = scan_load(at);
    struct scan_block control = scan_control(&bytes);
    struct scan_block events = scan_or(
        scan_or(control, scan_is(&bytes, marks.delimiter)),
        scan_or(scan_is(&bytes, marks.quote), scan_is(&bytes, marks.escape)));
    *masks = (struct masks){
        .events = scan_mask(events),
        .special = scan_mask(scan_special(&bytes)),
        .nul = scan_mask(scan_is(&bytes, '\0')),
        .high = scan_high(&bytes),
    };
    if (masks->high == 0)
        return;
    masks->tails = scan_mask(scan_tail(&bytes));
    masks->three = scan_mask(scan_is(&bytes, (char)0xE1));
    masks->latin = scan_mask(scan_bits_are(&bytes, 0xFC, 0xB8));
    masks->two = scan_mask(scan_or(scan_is(&bytes, (char)0xC3),
                                   scan_or(scan_bits_are(&bytes, 0xFE, 0xC4),
                                           scan_is(&bytes, (char)0xC6))));
}

static void any_all(const char *at, struct marks marks, struct masks *masks,
                    size_t blocks)
{
    for (size_t i = 0; i < blocks; i++)
        any_block(at + i * SCAN_BLOCK, marks, &masks[i]);
}

static void any_ends(const char *at, struct marks marks, uint64_t *masks,
                     size_t blocks)
{
    for (size_t i = 0; i < blocks; i++) {
        struct scan_block bytes = scan_load(at + i * SCAN_BLOCK);
        masks[i] = scan_mask(
            scan_or(scan_or(scan_is(&bytes, '\n'), scan_is(&bytes, '\r')),
                    scan_or(scan_is(&bytes, marks.quote),
                            scan_is(&bytes, marks.escape))));
    }
}

static const struct masks_way any = {"any", any_all, any_ends};

#if defined(__x86_64__) && defined(__SSE2__) && !defined(SCAN_PORTABLE)

#include <immintrin.h>

/* Two vectors of 32 bytes. */

#define AVX2 __attribute__((target("avx2")))

typedef __m256i half;

AVX2 static inline half half_is(half bytes, char byte)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(byte));
}

/* From `low` on, no more than `span` above it, as unsigned bytes. */
AVX2 static inline half half_within(half bytes, char low, char span)
{
    half above = _mm256_sub_epi8(bytes, _mm256_set1_epi8(low));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(above, _mm256_set1_epi8(span)),
                             above);
}

AVX2 static inline half half_or(half a, half b)
{
    return _mm256_or_si256(a, b);
}

AVX2 static inline uint64_t half_mask(half low, half high)
{
    return (uint32_t)_mm256_movemask_epi8(low) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

AVX2 static inline half half_events(half bytes, half control,
                                    struct marks marks)
{
    return half_or(
        half_or(control, half_is(bytes, marks.delimiter)),
        half_or(half_is(bytes, marks.quote), half_is(bytes, marks.escape)));
}

AVX2 static inline half half_special(half bytes, half control)
{
    half quotes = half_or(half_is(bytes, '"'), half_is(bytes, '\\'));
    half marks = half_or(half_is(bytes, '&'), half_is(bytes, '?'));
    return half_or(half_or(control, half_is(bytes, 0x7F)),
                   half_or(quotes, marks));
}

AVX2 static inline void avx2_block(const char *at, struct marks marks,
                                   struct masks *masks)
{
    half a = _mm256_loadu_si256((const half *)at);
    half b = _mm256_loadu_si256((const half *)(at + 32));
    half ca = half_within(a, 0, 0x1F), cb = half_within(b, 0, 0x1F);
    *masks = (struct masks){
        .events =
            half_mask(half_events(a, ca, marks), half_events(b, cb, marks)),
        .special = half_mask(half_special(a, ca), half_special(b, cb)),
        .nul = half_mask(half_is(a, 0), half_is(b, 0)),
        .high = half_mask(a, b),
    };
    if (masks->high == 0)
        return;
    masks->tails = half_mask(half_within(a, (char)0x80, 0x3F),
                             half_within(b, (char)0x80, 0x3F));
    masks->three = half_mask(half_is(a, (char)0xE1), half_is(b, (char)0xE1));
    masks->latin =
        half_mask(half_within(a, (char)0xB8, 3), half_within(b, (char)0xB8, 3));
    masks->two =
        half_mask(half_within(a, (char)0xC3, 3), half_within(b, (char)0xC3, 3));
}

AVX2 static void avx2_all(const char *at, struct marks marks,
                          struct masks *masks, size_t blocks)
{
    for (size_t i = 0; i < blocks; i++)
        avx2_block(at + i * SCAN_BLOCK, marks, &masks[i]);
}

AVX2 static inline half half_ends(half bytes, struct marks marks)
{
    return half_or(
        half_or(half_is(bytes, '\n'), half_is(bytes, '\r')),
        half_or(half_is(bytes, marks.quote), half_is(bytes, marks.escape)));
}

AVX2 static void avx2_ends(const char *at, struct marks marks, uint64_t *masks,
                           size_t blocks)
{
    for (size_t i = 0; i < blocks; i++, at += SCAN_BLOCK) {
        half a = _mm256_loadu_si256((const half *)at);
        half b = _mm256_loadu_si256((const half *)(at + 32));
        masks[i] = half_mask(half_ends(a, marks), half_ends(b, marks));
    }
}

static const struct masks_way avx2 = {"AVX2", avx2_all, avx2_ends};

/* All at once: a comparison answers with the mask. */

#define AVX512 __attribute__((target("avx512f,avx512bw")))

typedef __m512i whole;

AVX512 static inline uint64_t whole_is(whole bytes, char byte)
{
    return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(byte));
}

AVX512 static inline uint64_t whole_within(whole bytes, char low, char span)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8(low)),
                                  _mm512_set1_epi8(span));
}

AVX512 static inline void avx512_block(const char *at, struct marks marks,
                                       struct masks *masks)
{
    whole bytes = _mm512_loadu_si512(at);
    uint64_t control = whole_within(bytes, 0, 0x1F);
    masks->events = control | whole_is(bytes, marks.delimiter) |
                    whole_is(bytes, marks.quote) |
                    whole_is(bytes, marks.escape);
    masks->special = control | whole_is(bytes, 0x7F) | whole_is(bytes, '"') |
                     whole_is(bytes, '\\') | whole_is(bytes, '&') |
                     whole_is(bytes, '?');
    masks->nul = whole_is(bytes, 0);
    masks->high = _mm512_movepi8_mask(bytes);
    masks->tails = whole_within(bytes, (char)0x80, 0x3F);
    masks->three = whole_is(bytes, (char)0xE1);
    masks->latin = whole_within(bytes, (char)0xB8, 3);
    masks->two = whole_within(bytes, (char)0xC3, 3);
}

AVX512 static void avx512_all(const char *at, struct marks marks,
                              struct masks *masks, size_t blocks)
{
    for (size_t i = 0; i < blocks; i++)
        avx512_block(at + i * SCAN_BLOCK, marks, &masks[i]);
}

AVX512 static void avx512_ends(const char *at, struct marks marks,
                               uint64_t *masks, size_t blocks)
{
    for (size_t i = 0; i < blocks; i++) {
        whole bytes = _mm512_loadu_si512(at + i * SCAN_BLOCK);
        masks[i] = whole_is(bytes, '\n') | whole_is(bytes, '\r') |
                   whole_is(bytes, marks.quote) | whole_is(bytes, marks.escape);
    }
}

static const struct masks_way avx512 = {"AVX-512", avx512_all, avx512_ends};

/* The first processors with AVX-512 grow slow where it is used; those that
 * have VBMI do not. */
const struct masks_way *const *masks_ways(void)
{
    static const struct masks_way *const all[] = {&any, &avx2, &avx512, NULL};
    static const struct masks_way *const most[] = {&any, &avx2, NULL};
    static const struct masks_way *const one[] = {&any, NULL};
    __builtin_cpu_init();
    if (!__builtin_cpu_supports("avx2"))
        return one;
    return __builtin_cpu_supports("avx512vbmi") ? all : most;
}

#else

const struct masks_way *const *masks_ways(void)
{
    static const struct masks_way *const one[] = {&any, NULL};
    return one;
}

#endif

const struct masks_way *masks_way = &any;

/* Before main, as nothing else is to remember it. */
__attribute__((constructor)) static void choose(void)
{
    for (const struct masks_way *const *way = masks_ways(); *way != NULL; way++)
        masks_way = *way;
}
