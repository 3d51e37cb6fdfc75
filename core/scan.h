/* scan.h: sixty-four bytes at a time.
 *
 * A block is 64 bytes; a mask is a word with a bit for each of them, the
 * lowest for the first. Bytes are compared in vectors, sets of them are joined
 * while they still are vectors, and only then become a mask:
 *
 *     struct scan_block block = scan_load(at);
 *     uint64_t ends = scan_mask(scan_or(scan_is(&block, '\n'),
 *                                       scan_is(&block, '\r')));
 *
 * SSE2 where the compiler has it, 64-bit words elsewhere; both are exact. All
 * 64 bytes must be readable. Pure; any thread. */
#ifndef FASTSYNC_SCAN_H
#define FASTSYNC_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__) && !defined(SCAN_PORTABLE)

#include <emmintrin.h>

typedef __m128i scan_word;
enum { SCAN_WORDS = 4 };

static inline scan_word scan_fill(unsigned char byte)
{
    return _mm_set1_epi8((char)byte);
}

static inline scan_word scan_word_or(scan_word a, scan_word b)
{
    return _mm_or_si128(a, b);
}

static inline scan_word scan_word_and(scan_word a, scan_word b)
{
    return _mm_and_si128(a, b);
}

static inline scan_word scan_word_is(scan_word word, unsigned char byte)
{
    return _mm_cmpeq_epi8(word, scan_fill(byte));
}

/* Bytes of `byte` and above, unsigned. */
static inline scan_word scan_word_from(scan_word word, unsigned char byte)
{
    return _mm_cmpeq_epi8(_mm_max_epu8(word, scan_fill(byte)), word);
}

/* Bytes below `byte`, which is not 0. */
static inline scan_word scan_word_below(scan_word word, unsigned char byte)
{
    scan_word most = scan_fill((unsigned char)(byte - 1));
    return _mm_cmpeq_epi8(_mm_min_epu8(word, most), word);
}

static inline uint64_t scan_word_bits(scan_word word)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(word);
}

#else

typedef uint64_t scan_word;
enum { SCAN_WORDS = 8 };

#define SCAN_TOPS UINT64_C(0x8080808080808080)
#define SCAN_ONES UINT64_C(0x0101010101010101)

static inline scan_word scan_fill(unsigned char byte)
{
    return SCAN_ONES * byte;
}

static inline scan_word scan_word_or(scan_word a, scan_word b)
{
    return a | b;
}

static inline scan_word scan_word_and(scan_word a, scan_word b)
{
    return a & b;
}

/* Answers its finds as the top bit of each byte; so does scan_word_from. */
static inline scan_word scan_word_is(scan_word word, unsigned char byte)
{
    scan_word other = word ^ scan_fill(byte);
    return ~(((other & ~SCAN_TOPS) + ~SCAN_TOPS) | other) & SCAN_TOPS;
}

static inline scan_word scan_word_from(scan_word word, unsigned char byte)
{
    scan_word low = (word & ~SCAN_TOPS) + scan_fill((128 - byte) & 0x7F);
    return (byte == 0     ? SCAN_TOPS
            : byte == 128 ? word
            : byte < 128  ? low | word
                          : low & word) &
           SCAN_TOPS;
}

static inline scan_word scan_word_below(scan_word word, unsigned char byte)
{
    return ~scan_word_from(word, byte) & SCAN_TOPS;
}

static inline uint64_t scan_word_bits(scan_word word)
{
    const union {
        uint16_t number;
        uint8_t first;
    } order = {1};
    if (order.first == 0)
        word = __builtin_bswap64(word);
    return ((word >> 7) & SCAN_ONES) * UINT64_C(0x0102040810204080) >> 56;
}

#endif

/* Sixty-four bytes; as a set, those of them that were found. */
struct scan_block {
    scan_word word[SCAN_WORDS];
};

static inline struct scan_block scan_load(const char *at)
{
    struct scan_block block;
    memcpy(&block, at, sizeof block);
    return block;
}

static inline struct scan_block scan_is(const struct scan_block *block,
                                        char byte)
{
    struct scan_block found;
    for (int i = 0; i < SCAN_WORDS; i++)
        found.word[i] = scan_word_is(block->word[i], (unsigned char)byte);
    return found;
}

/* Bytes of `byte` and above, unsigned. */
static inline struct scan_block scan_from(const struct scan_block *block,
                                          unsigned char byte)
{
    struct scan_block found;
    for (int i = 0; i < SCAN_WORDS; i++)
        found.word[i] = scan_word_from(block->word[i], byte);
    return found;
}

/* Bytes below `byte`, unsigned; it is not 0. */
static inline struct scan_block scan_below(const struct scan_block *block,
                                           unsigned char byte)
{
    struct scan_block found;
    for (int i = 0; i < SCAN_WORDS; i++)
        found.word[i] = scan_word_below(block->word[i], byte);
    return found;
}

/* Bytes that are `byte` when only the bits of `bits` are looked at. */
static inline struct scan_block scan_bits_are(const struct scan_block *block,
                                              unsigned char bits,
                                              unsigned char byte)
{
    struct scan_block found;
    for (int i = 0; i < SCAN_WORDS; i++)
        found.word[i] =
            scan_word_is(scan_word_and(block->word[i], scan_fill(bits)), byte);
    return found;
}

static inline struct scan_block scan_or(struct scan_block a,
                                        struct scan_block b)
{
    for (int i = 0; i < SCAN_WORDS; i++)
        a.word[i] = scan_word_or(a.word[i], b.word[i]);
    return a;
}

static inline uint64_t scan_mask(struct scan_block found)
{
    uint64_t mask = 0;
    for (int i = 0; i < SCAN_WORDS; i++)
        mask |= scan_word_bits(found.word[i]) << (i * (64 / SCAN_WORDS));
    return mask;
}

/* Bytes of 0x80 and above. */
static inline uint64_t scan_high(const struct scan_block *block)
{
    return scan_mask(*block);
}

/* True where any byte is NUL: one comparison for all. */
static inline bool scan_has_nul(const struct scan_block *block)
{
    scan_word any = scan_word_is(block->word[0], 0);
    for (int i = 1; i < SCAN_WORDS; i++)
        any = scan_word_or(any, scan_word_is(block->word[i], 0));
    return scan_word_bits(any) != 0;
}

/* The place of the lowest bit; mask must not be 0. */
static inline unsigned scan_first(uint64_t mask)
{
    return (unsigned)__builtin_ctzll(mask);
}

/* True where a text holds a byte of 0x80 and above. */
bool scan_text_wide(const char *text, size_t len);
/* True where it holds a byte below 0x20, '"' or '\\'. */
bool scan_text_escape(const char *text, size_t len);

#endif
