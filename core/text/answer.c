/* answer.c: texts as answers: trimmed, squeezed, kept, composed.
 *
 * Most cells have no white space to lose, and the decoder has trimmed them
 * already; so the first look is at the two ends, and for squeeze at eight bytes
 * at once, for anything that could be white space. Only then is the text
 * decoded. */
#include "answer.h"
#include "eight.h"
#include "find.h"

#include <string.h>

#include "base/nfc.h"
#include "base/utf8.h"

struct value text_keep(struct text_call *call, size_t from,
                       const struct value *like)
{
    size_t len = call->scratch.len - from;
    if (len == 0)
        return text_plain("");
    const char *made = call->scratch.at + from;
    if (like != NULL && like->len == len && !memcmp(like->text, made, len))
        return *like;
    char *kept = arena_alloc(call->arena, len);
    memcpy(kept, made, len);
    return text_part(kept, len, value_flags(kept, len));
}

/* Concatenation may bring a letter and its mark together, which NFC writes as
 * one. */
struct value text_composed(struct text_call *call, struct value text)
{
    if (text_is_ascii(&text) || utf8_is_nfc(text.text, text.len))
        return text;
    buf_clear(&call->scratch);
    utf8_nfc(&call->scratch, text.text, text.len);
    return text_keep(call, 0, &text);
}

/* True when the text certainly neither begins nor ends with white space. The
 * wide letters tested for are those of Vietnamese: U+00C0 to U+01FF (C3..C7)
 * and U+1E00 to U+1EFF (E1 B8..BB). */
static inline bool ends_plain(const unsigned char *at, size_t len)
{
    unsigned first = at[0], last = at[len - 1];
    if (first - 0x21 >= 0x5e && first - 0xc3 >= 5 &&
        !(first == 0xe1 && len >= 3 && (at[1] & 0xfc) == 0xb8))
        return false;
    return last - 0x21 < 0x5e || (len >= 2 && at[len - 2] - 0xc3u < 5) ||
           (len >= 3 && at[len - 3] == 0xe1 && (at[len - 2] & 0xfc) == 0xb8);
}

/* The slow halves of two functions stand by themselves: where a variable's
 * address is taken the compiler guards the stack, and most texts need it not.
 */

__attribute__((noinline)) static struct value trimmed_slowly(struct value text)
{
    const char *start = text.text, *end = text.text + text.len;
    if (text_is_ascii(&text)) {
        while (start < end && (*start == ' ' || (*start >= 9 && *start <= 13)))
            start++;
        while (end > start &&
               (end[-1] == ' ' || (end[-1] >= 9 && end[-1] <= 13)))
            end--;
    } else {
        utf8_trim(&start, &end);
    }
    return text_part(start, (size_t)(end - start), text.flags);
}

/* Borrowed: trimming moves two ends and copies nothing. */
struct value text_trimmed(struct value text)
{
    if (text.len == 0 || ends_plain((const unsigned char *)text.text, text.len))
        return text;
    return trimmed_slowly(text);
}

/* May white space other than the blank begin here? C2 begins U+0085 and
 * U+00A0, E1 9A U+1680, and all else begins with E2 (U+2000 to U+2060), E3
 * (U+3000) or EF (U+FEFF): bytes that Vietnamese hardly has. */
static inline bool may_be_space(uint64_t word)
{
    uint64_t high = (word & ~EIGHT_TOPS) + EIGHT_ONES * (0x80 - 0x62);
    if ((high & word & EIGHT_TOPS) != 0 || eight_equal(word, 0xc2) != 0)
        return true;
    uint64_t ogham = eight_equal(word, 0x9a);
    uint64_t lead = ogham != 0 ? eight_equal(word, 0xe1) : 0;
    return (ogham & (lead << 8 | lead >> 8)) != 0;
}

/* True when these eight bytes certainly hold nothing to squeeze. */
static inline bool is_squeezed(uint64_t word, uint8_t flags)
{
    uint64_t blank = eight_equal(word, ' ');
    if ((blank & blank >> 8) != 0)
        return false;
    if ((flags & VALUE_SPECIAL) != 0 && eight_between(word, 0, 0x1f) != 0)
        return false;
    return (flags & VALUE_WIDE) == 0 || !may_be_space(word);
}

/* The windows overlap by one byte, as what is looked for has two. */
static bool certainly_squeezed(const struct value *text)
{
    const char *at = text->text;
    size_t left = text->len;
    for (; left > 8; at += 7, left -= 7)
        if (!is_squeezed(eight_load(at), text->flags))
            return false;
    return is_squeezed(eight_tail(at, left, 'x'), text->flags);
}

__attribute__((noinline)) static struct value squeezed_slowly(
    struct text_call *call, struct value text)
{
    buf_clear(&call->scratch);
    const char *at = text.text, *end = at + text.len;
    bool in_space = false;
    while (at < end) {
        const char *from = at;
        if (!utf8_is_space(utf8_next(&at, end))) {
            buf_add(&call->scratch, from, (size_t)(at - from));
            in_space = false;
        } else if (!in_space) {
            buf_putc(&call->scratch, ' ');
            in_space = true;
        }
    }
    return text_keep(call, 0, &text);
}

struct value text_squeezed(struct text_call *call, struct value text)
{
    text = text_trimmed(text);
    return certainly_squeezed(&text) ? text : squeezed_slowly(call, text);
}

const char *text_search(const struct value *text, const char *at,
                        const struct value *what)
{
    const char *end = text->text + text->len;
    return find_text(at, (size_t)(end - at), what->text, what->len);
}
