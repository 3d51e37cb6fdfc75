/* scan.c: the masks asked of texts of any length: whole blocks in place, the
 * rest as a block of its own, filled up with blanks, which no question finds.
 *
 * That a text is UTF-8 is told by comparing where tails stand with where the
 * common leads want them; what a lead wants after its block is carried on.
 */
#include "scan.h"

#include "masks.h"

/* Tails that the leads before want of the next block. */
struct carry {
    uint64_t any;   /* a tail */
    uint64_t latin; /* one that makes U+1E00 to U+1EFF of the lead E1 */
};

/* Is every byte of 0x80 and above part of a letter from U+00C0 to U+01BF or
 * from U+1E00 to U+1EFF? */
static bool is_common(const struct masks *masks, struct carry *carry)
{
    uint64_t three = masks->three, leads = masks->two | three;
    uint64_t second = three << 1 | carry->latin;
    uint64_t wanted = leads << 1 | three << 2 | carry->any;
    *carry = (struct carry){leads >> 63 | three >> 62, three >> 63};
    return masks->high == (masks->tails | leads) && masks->tails == wanted &&
           (second & ~masks->latin) == 0;
}

static unsigned judge(const struct masks *masks, struct carry *carry)
{
    uint64_t others = masks->high & ~(masks->tails | masks->two | masks->three);
    others |= (masks->three << 1 | carry->latin) & ~masks->latin;
    unsigned seen = (masks->special | others) != 0 ? SCAN_SPECIAL : 0;
    if (masks->high != 0)
        seen |= SCAN_WIDE;
    if ((masks->high | carry->any) != 0 && !is_common(masks, carry))
        seen |= SCAN_ODD;
    return seen;
}

static unsigned look(const char *text, struct carry *carry)
{
    static const struct marks none = {'\n', '\n', '\n'};
    struct masks masks;
    masks_way->all(text, none, &masks, 1);
    return judge(&masks, carry);
}

/* Whether a word holds nothing but ASCII, and no special character. */
static bool is_plain_word(scan_word word)
{
    return scan_word_mask(scan_word_or(word, scan_word_special(word))) == 0;
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
    for (; len >= SCAN_BLOCK; text += SCAN_BLOCK, len -= SCAN_BLOCK)
        seen |= look(text, &carry);
    if (len > 0 || carry.any != 0) {
        char rest[SCAN_BLOCK];
        memset(rest, ' ', sizeof rest);
        memcpy(rest, text, len);
        seen |= look(rest, &carry);
    }
    return seen;
}

/* Of the masks, what the block's first bytes are, `own`. */
static void keep(struct masks *masks, uint64_t own)
{
    masks->special &= own;
    masks->high &= own;
    masks->tails &= own;
    masks->two &= own;
    masks->three &= own;
    masks->latin &= own;
}

size_t scan_quoted(const char *text, size_t len, unsigned *seen)
{
    static const struct marks marks = {'\n', '"', '\\'};
    struct carry carry = {0};
    size_t at = 0;
    *seen = 0;
    for (bool ended = false; !ended && at < len;) {
        struct masks masks;
        size_t own = len - at < SCAN_BLOCK ? len - at : SCAN_BLOCK;
        masks_way->all(text + at, marks, &masks, 1);
        if (masks.events != 0 && scan_first(masks.events) < own) {
            own = scan_first(masks.events);
            ended = true;
        }
        if (own < SCAN_BLOCK)
            keep(&masks, (UINT64_C(1) << own) - 1);
        *seen |= judge(&masks, &carry);
        at += own;
    }
    *seen |= carry.any != 0 ? SCAN_ODD : 0u;
    return at;
}
