/* scan.c: the masks asked of texts of any length: whole blocks in place, the
 * rest as a block of its own, filled up with blanks, which no question finds.
 *
 * That a text is UTF-8 is told by comparing where tails stand with where the
 * common leads want them; what a lead wants after its block is carried on.
 */
#include "scan.h"

static struct scan_block load_rest(const char *text, size_t len)
{
    char rest[SCAN_BLOCK];
    memset(rest, ' ', sizeof rest);
    memcpy(rest, text, len);
    return scan_load(rest);
}

/* Tails that the leads before want of the next block. */
struct carry {
    uint64_t any;   /* a tail */
    uint64_t latin; /* one that makes U+1E80 to U+1EFF of the lead E1 */
};

/* Is every byte of 0x80 and above part of a letter below U+0300 or from
 * U+1E00 to U+1EFF? */
static bool is_common(const struct scan_block *block, uint64_t high,
                      struct carry *carry)
{
    uint64_t tails = scan_mask(scan_tail(block));
    uint64_t latin = scan_mask(scan_bits_are(block, 0xFC, 0xB8));
    uint64_t three = scan_mask(scan_is(block, (char)0xE1));
    uint64_t two =
        scan_mask(scan_or(scan_bits_are(block, 0xFE, 0xC2),
                          scan_or(scan_bits_are(block, 0xFC, 0xC4),
                                  scan_bits_are(block, 0xFC, 0xC8))));
    uint64_t leads = two | three;
    uint64_t second = three << 1 | carry->latin;
    uint64_t wanted = leads << 1 | three << 2 | carry->any;
    *carry = (struct carry){leads >> 63 | three >> 62, three >> 63};
    return high == (tails | leads) && tails == wanted && (second & ~latin) == 0;
}

static unsigned look(const struct scan_block *block, struct carry *carry)
{
    uint64_t high = scan_high(block);
    struct scan_block escapes =
        scan_or(scan_control(block),
                scan_or(scan_is(block, '"'), scan_is(block, '\\')));
    unsigned seen = scan_any(escapes) ? SCAN_ESCAPE : 0;
    if (high != 0)
        seen |= SCAN_WIDE;
    if ((high | carry->any) != 0 && !is_common(block, high, carry))
        seen |= SCAN_ODD;
    return seen;
}

/* Whether a word holds nothing but ASCII that JSON takes as it stands. */
static bool is_plain_word(scan_word word)
{
    scan_word marks =
        scan_word_or(scan_word_is(word, '"'), scan_word_is(word, '\\'));
    scan_word found =
        scan_word_or(scan_word_or(word, scan_word_control(word)), marks);
    return scan_word_mask(found) == 0;
}

/* The same of a short text: two words that overlap hold all of it. */
static bool is_plain(const char *text, size_t len)
{
    enum { WORD = sizeof(scan_word), HALF = WORD / 2 };
    scan_word first, last;
    char bytes[WORD];
    if (len >= WORD) {
        memcpy(&first, text, WORD);
        memcpy(&last, text + len - WORD, WORD);
        return is_plain_word(first) && is_plain_word(last);
    }
    if (len >= HALF) {
        memcpy(bytes, text, HALF);
        memcpy(bytes + HALF, text + len - HALF, HALF);
    } else {
        memset(bytes, ' ', WORD);
        for (size_t i = 0; i < len; i++)
            bytes[i] = text[i];
    }
    memcpy(&first, bytes, WORD);
    return is_plain_word(first);
}

unsigned scan_text(const char *text, size_t len)
{
    if (len <= 2 * sizeof(scan_word) && is_plain(text, len))
        return 0; /* most cells, told without a block */
    struct carry carry = {0};
    unsigned seen = 0;
    for (; len >= SCAN_BLOCK; text += SCAN_BLOCK, len -= SCAN_BLOCK) {
        struct scan_block block = scan_load(text);
        seen |= look(&block, &carry);
    }
    if (len > 0 || carry.any != 0) {
        struct scan_block block = load_rest(text, len);
        seen |= look(&block, &carry);
    }
    return seen;
}
