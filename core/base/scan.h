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

enum { SCAN_BLOCK = 64 };

#if defined(__SSE2__) && !defined(SCAN_PORTABLE)

#include <emmintrin.h>

/* Sixteen bytes; as a set, each byte that was found is 0xFF. */
typedef __m128i scan_word;

static inline scan_word scan_word_or(scan_word a, scan_word b)
{
    return _mm_or_si128(a, b);
}

static inline scan_word scan_word_is(scan_word word, char byte)
{
    return _mm_cmpeq_epi8(word, _mm_set1_epi8(byte));
}

static inline scan_word scan_word_bits_are(scan_word word, char bits, char byte)
{
    return scan_word_is(_mm_and_si128(word, _mm_set1_epi8(bits)), byte);
}

static inline scan_word scan_word_control(scan_word word)
{
    return _mm_cmpeq_epi8(_mm_min_epu8(word, _mm_set1_epi8(0x1F)), word);
}

/* Bytes from `byte` on, as unsigned ones. */
static inline scan_word scan_word_from(scan_word word, unsigned char byte)
{
    return _mm_cmpeq_epi8(_mm_max_epu8(word, _mm_set1_epi8((char)byte)), word);
}

/* Bytes below `byte`, which is not 0, as unsigned ones. */
static inline scan_word scan_word_below(scan_word word, unsigned char byte)
{
    return _mm_cmpeq_epi8(_mm_min_epu8(word, _mm_set1_epi8((char)(byte - 1))),
                          word);
}

/* Those of a that are not in b. */
static inline scan_word scan_word_but(scan_word a, scan_word b)
{
    return _mm_andnot_si128(b, a);
}

/* Letters of ASCII that are in the set, in the other case. */
static inline scan_word scan_word_flip(scan_word word, scan_word set)
{
    return _mm_xor_si128(word, _mm_and_si128(set, _mm_set1_epi8(0x20)));
}

/* As signed bytes, tails are the smallest. */
static inline scan_word scan_word_tail(scan_word word)
{
    return _mm_cmpgt_epi8(_mm_set1_epi8((char)-64), word);
}

static inline uint64_t scan_word_mask(scan_word word)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(word);
}

#else

/* Sixteen bytes; as a set, each byte that was found has its top bit. */
typedef struct scan_word {
    uint64_t low, high;
} scan_word;

#define SCAN_TOPS UINT64_C(0x8080808080808080)
#define SCAN_ONES UINT64_C(0x0101010101010101)

static inline scan_word scan_word_or(scan_word a, scan_word b)
{
    return (scan_word){a.low | b.low, a.high | b.high};
}

static inline uint64_t scan_half_is(uint64_t half, char byte)
{
    uint64_t other = half ^ SCAN_ONES * (unsigned char)byte;
    return ~(((other & ~SCAN_TOPS) + ~SCAN_TOPS) | other) & SCAN_TOPS;
}

static inline scan_word scan_word_is(scan_word word, char byte)
{
    return (scan_word){scan_half_is(word.low, byte),
                       scan_half_is(word.high, byte)};
}

static inline scan_word scan_word_bits_are(scan_word word, char bits, char byte)
{
    uint64_t some = SCAN_ONES * (unsigned char)bits;
    return scan_word_is((scan_word){word.low & some, word.high & some}, byte);
}

static inline uint64_t scan_half_control(uint64_t half)
{
    return ~(((half & ~SCAN_TOPS) + SCAN_ONES * (0x80 - 0x20)) | half) &
           SCAN_TOPS;
}

static inline scan_word scan_word_control(scan_word word)
{
    return (scan_word){scan_half_control(word.low),
                       scan_half_control(word.high)};
}

static inline uint64_t scan_half_from(uint64_t half, unsigned char byte)
{
    uint64_t low = half & ~SCAN_TOPS;
    return (byte < 0x80 ? (low + SCAN_ONES * (0x80u - byte)) | half
                        : (low + SCAN_ONES * (0x100u - byte)) & half) &
           SCAN_TOPS;
}

static inline scan_word scan_word_from(scan_word word, unsigned char byte)
{
    return (scan_word){scan_half_from(word.low, byte),
                       scan_half_from(word.high, byte)};
}

static inline scan_word scan_word_below(scan_word word, unsigned char byte)
{
    return (scan_word){scan_half_from(word.low, byte) ^ SCAN_TOPS,
                       scan_half_from(word.high, byte) ^ SCAN_TOPS};
}

static inline scan_word scan_word_but(scan_word a, scan_word b)
{
    return (scan_word){a.low & ~b.low, a.high & ~b.high};
}

static inline scan_word scan_word_flip(scan_word word, scan_word set)
{
    return (scan_word){word.low ^ set.low >> 2, word.high ^ set.high >> 2};
}

static inline scan_word scan_word_tail(scan_word word)
{
    return (scan_word){word.low & ~(word.low << 1) & SCAN_TOPS,
                       word.high & ~(word.high << 1) & SCAN_TOPS};
}

static inline uint64_t scan_half_mask(uint64_t half)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    half = __builtin_bswap64(half);
#endif
    return ((half >> 7) & SCAN_ONES) * UINT64_C(0x0102040810204080) >> 56;
}

static inline uint64_t scan_word_mask(scan_word word)
{
    return scan_half_mask(word.low) | scan_half_mask(word.high) << 8;
}

#endif

/* The mask of two words of a text, of which `left` bytes are its own. */
static inline uint64_t scan_pair_mask(scan_word first, scan_word second,
                                      size_t left)
{
    enum { WORD = sizeof(scan_word) };
    uint64_t mask = scan_word_mask(first) | scan_word_mask(second) << WORD;
    return left < 2 * WORD ? mask & ((UINT64_C(1) << left) - 1) : mask;
}

/* Bytes of ASCII that make a text VALUE_SPECIAL. */
static inline scan_word scan_word_special(scan_word word)
{
    scan_word quotes =
        scan_word_or(scan_word_is(word, '"'), scan_word_is(word, '\\'));
    scan_word marks =
        scan_word_or(scan_word_is(word, '&'), scan_word_is(word, '?'));
    scan_word control =
        scan_word_or(scan_word_control(word), scan_word_is(word, 0x7F));
    return scan_word_or(control, scan_word_or(quotes, marks));
}

/* Sixty-four bytes; as a set, those of them that were found. */
struct scan_block {
    scan_word a, b, c, d;
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
    return (struct scan_block){
        scan_word_is(block->a, byte), scan_word_is(block->b, byte),
        scan_word_is(block->c, byte), scan_word_is(block->d, byte)};
}

/* Bytes that are `byte` when only the bits of `bits` are looked at. */
static inline struct scan_block scan_bits_are(const struct scan_block *block,
                                              unsigned char bits,
                                              unsigned char byte)
{
    char some = (char)bits, wanted = (char)byte;
    return (struct scan_block){scan_word_bits_are(block->a, some, wanted),
                               scan_word_bits_are(block->b, some, wanted),
                               scan_word_bits_are(block->c, some, wanted),
                               scan_word_bits_are(block->d, some, wanted)};
}

/* Bytes below 0x20. */
static inline struct scan_block scan_control(const struct scan_block *block)
{
    return (struct scan_block){
        scan_word_control(block->a), scan_word_control(block->b),
        scan_word_control(block->c), scan_word_control(block->d)};
}

static inline struct scan_block scan_special(const struct scan_block *block)
{
    return (struct scan_block){
        scan_word_special(block->a), scan_word_special(block->b),
        scan_word_special(block->c), scan_word_special(block->d)};
}

/* Bytes 0x80 to 0xBF: what follows a lead in UTF-8. */
static inline struct scan_block scan_tail(const struct scan_block *block)
{
    return (struct scan_block){
        scan_word_tail(block->a), scan_word_tail(block->b),
        scan_word_tail(block->c), scan_word_tail(block->d)};
}

static inline struct scan_block scan_or(struct scan_block x,
                                        struct scan_block y)
{
    return (struct scan_block){scan_word_or(x.a, y.a), scan_word_or(x.b, y.b),
                               scan_word_or(x.c, y.c), scan_word_or(x.d, y.d)};
}

static inline uint64_t scan_mask(struct scan_block found)
{
    return scan_word_mask(found.a) | scan_word_mask(found.b) << 16 |
           scan_word_mask(found.c) << 32 | scan_word_mask(found.d) << 48;
}

/* The mask of bytes of 0x80 and above. */
static inline uint64_t scan_high(const struct scan_block *block)
{
    return scan_mask(*block);
}

/* The place of the lowest bit; mask must not be 0. */
static inline unsigned scan_first(uint64_t mask)
{
    return (unsigned)__builtin_ctzll(mask);
}

/* What one look at a text tells; the first two are VALUE_WIDE and
 * VALUE_SPECIAL of value.h. Without SCAN_ODD it is valid UTF-8 in NFC: it
 * holds nothing but ASCII, letters from U+00C0 to U+01BF and those from U+1E00
 * to U+1EFF, which is all of Vietnamese and of the west. */
enum {
    SCAN_WIDE = 1,    /* bytes of 0x80 and above */
    SCAN_SPECIAL = 2, /* characters that are no usual ones of a text */
    SCAN_ODD = 4,     /* other characters, or no UTF-8 */
};

unsigned scan_text(const char *text, size_t len);
/* The same of the text up to the first '"', '\\' or byte below 0x20, where
 * there is one, as *seen; answers its length. SCAN_BLOCK more bytes than `len`
 * must be readable. */
size_t scan_quoted(const char *text, size_t len, unsigned *seen);

#endif
