/* words.c: the text functions by hand.
 *
 * Each answers its argument itself where nothing changes, else a text in the
 * scratch space. Letters up to U+024F and from U+1E00 to U+1EFF, which is all
 * of Vietnamese, change case through a table; rarer ones through utf8proc. */
#include "work.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { CASED = 0x2000 };
static uint16_t uppers[CASED], lowers[CASED];

void words_open(void)
{
    for (int32_t rune = 0; rune < CASED; rune++) {
        uppers[rune] = (uint16_t)utf8proc_toupper(rune);
        lowers[rune] = (uint16_t)utf8proc_tolower(rune);
    }
}

static bool is_blank(const char *at, size_t len, size_t *width)
{
    unsigned char c = (unsigned char)*at;
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
        *width = 1;
        return true;
    }
    *width = 2;
    if (c == 0xC2)
        return len > 1 &&
               ((unsigned char)at[1] == 0xA0 || (unsigned char)at[1] == 0x85);
    *width = 3;
    return c >= 0xE1 && c <= 0xEF && len > 2 &&
           (memcmp(at, "\xe2\x80\x8b", 3) == 0 ||
            memcmp(at, "\xe3\x80\x80", 3) == 0 ||
            memcmp(at, "\xef\xbb\xbf", 3) == 0);
}

struct cell cell_trim(struct cell cell)
{
    size_t width;
    while (cell.len > 0 && is_blank(cell.at, cell.len, &width)) {
        cell.at += width;
        cell.len -= (uint32_t)width;
    }
    while (cell.len > 0) {
        const char *last = cell.at + cell.len - 1;
        while (last > cell.at && ((unsigned char)*last & 0xC0) == 0x80)
            last--;
        if (!is_blank(last, (size_t)(cell.at + cell.len - last), &width))
            break;
        cell.len = (uint32_t)(last - cell.at);
    }
    return cell;
}

struct cell cell_nfc(struct scratch *scratch, struct cell cell)
{
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t len =
        utf8proc_map((const utf8proc_uint8_t *)cell.at, cell.len, &made,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (len < 0)
        abort();
    cell.at = memcpy(scratch->at, made, (size_t)len);
    cell.len = (uint32_t)len;
    scratch->at += len;
    free(made);
    return cell;
}

static int32_t rune_at(const unsigned char *at, unsigned *width)
{
    if (*at < 0xE0) {
        *width = 2;
        return (at[0] & 0x1F) << 6 | (at[1] & 0x3F);
    }
    if (*at < 0xF0) {
        *width = 3;
        return (at[0] & 0x0F) << 12 | (at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    }
    *width = 4;
    return (at[0] & 7) << 18 | (at[1] & 0x3F) << 12 | (at[2] & 0x3F) << 6 |
           (at[3] & 0x3F);
}

static char *put_rune(char *to, int32_t rune)
{
    if (rune >= 0x80 && rune < 0x800) {
        *to++ = (char)(0xC0 | rune >> 6);
        *to++ = (char)(0x80 | (rune & 0x3F));
        return to;
    }
    if (rune >= 0x800 && rune < 0x10000) {
        *to++ = (char)(0xE0 | rune >> 12);
        *to++ = (char)(0x80 | (rune >> 6 & 0x3F));
        *to++ = (char)(0x80 | (rune & 0x3F));
        return to;
    }
    return to + utf8proc_encode_char(rune, (utf8proc_uint8_t *)to);
}

static struct cell change_case(struct scratch *scratch, struct cell cell,
                               const uint16_t *table, int32_t (*rare)(int32_t))
{
    const unsigned char *at = (const unsigned char *)cell.at;
    const unsigned char *end = at + cell.len;
    while (at < end && *at < 0x80 && table[*at] == *at)
        at++;
    if (at == end)
        return cell;
    char *to = scratch->at;
    size_t same = (size_t)(at - (const unsigned char *)cell.at);
    memcpy(to, cell.at, same);
    to += same;
    while (at < end) {
        if (*at < 0x80) {
            *to++ = (char)table[*at++];
            continue;
        }
        unsigned width;
        int32_t rune = rune_at(at, &width);
        to = put_rune(to, rune < CASED ? table[rune] : rare(rune));
        at += width;
    }
    struct cell made = {scratch->at, (uint32_t)(to - scratch->at), cell.flags};
    scratch->at = to;
    return made;
}

struct cell cell_upper(struct scratch *scratch, struct cell cell)
{
    return change_case(scratch, cell, uppers, utf8proc_toupper);
}

struct cell cell_lower(struct scratch *scratch, struct cell cell)
{
    return change_case(scratch, cell, lowers, utf8proc_tolower);
}

struct cell cell_join(struct scratch *scratch, const char *separator,
                      const struct cell *cells, unsigned count)
{
    char *to = scratch->at;
    size_t step = strlen(separator);
    struct cell made = {to, 0, 0};
    for (unsigned i = 0; i < count; i++) {
        if (cells[i].len == 0)
            continue;
        if (to != made.at) {
            memcpy(to, separator, step);
            to += step;
        }
        memcpy(to, cells[i].at, cells[i].len);
        to += cells[i].len;
        made.flags |= cells[i].flags;
    }
    made.len = (uint32_t)(to - made.at);
    scratch->at = to;
    return made;
}

/* The digits of a cell, up to `most`, until a byte of `ends`. */
static unsigned digits_of(const struct cell *cell, const char *ends, char *to,
                          unsigned most)
{
    unsigned count = 0;
    for (uint32_t i = 0; i < cell->len && count < most; i++) {
        char c = cell->at[i];
        if (c >= '0' && c <= '9')
            to[count++] = c;
        else if (count > 0 && strchr(ends, c) != NULL)
            break;
    }
    return count;
}

static struct cell keep(struct scratch *scratch, const char *a, size_t a_len,
                        const char *b, size_t b_len)
{
    struct cell made = {scratch->at, (uint32_t)(a_len + b_len), 0};
    memcpy(scratch->at, a, a_len);
    memcpy(scratch->at + a_len, b, b_len);
    scratch->at += made.len;
    return made;
}

/* Mobile numbers of 11 digits lost one in 2018: 012x and 01xx to 0yy. */
static const char *new_prefix(const char *digits)
{
    static const char changes[][7] = {
        "012070", "012179", "012277", "012676", "012878", "012383", "012484",
        "012585", "012781", "012982", "016232", "016333", "016434", "016535",
        "016636", "016737", "016838", "016939", "018656", "018858", "019959"};
    for (unsigned i = 0; i < sizeof changes / sizeof *changes; i++)
        if (memcmp(digits, changes[i], 4) == 0)
            return changes[i] + 4;
    return NULL;
}

struct cell cell_phone(struct scratch *scratch, struct cell cell)
{
    char digits[20];
    unsigned count = digits_of(&cell, "/;,-", digits, sizeof digits);
    const char *at = digits;
    if (count > 3 && memcmp(at, "0084", 4) == 0) {
        at += 4;
        count -= 4;
    } else if (memcmp(at, "84", 2) == 0 && count >= 11) {
        at += 2;
        count -= 2;
    }
    if (cell.len == 0 || count < 8 || count == sizeof digits)
        return cell;
    if (count == 11 && at[0] == '0' && at[1] == '1') {
        const char *prefix = new_prefix(at);
        if (prefix != NULL) {
            char start[3] = {'0', prefix[0], prefix[1]};
            return keep(scratch, start, 3, at + 4, 7);
        }
    }
    bool lost = (count == 9 && strchr("35789", at[0]) != NULL) ||
                (count == 10 && at[0] == '2') || at != digits;
    return keep(scratch, "0", lost && at[0] != '0', at, count);
}

static bool checks(const char *digits)
{
    static const int weights[] = {31, 29, 23, 19, 17, 13, 7, 5, 3};
    int sum = 0;
    for (unsigned i = 0; i < 9; i++)
        sum += weights[i] * (digits[i] - '0');
    return 10 - sum % 11 == digits[9] - '0';
}

struct cell cell_taxcode(struct scratch *scratch, struct cell cell)
{
    char digits[16] = "0";
    unsigned count = digits_of(&cell, "", digits + 1, sizeof digits - 1);
    if (count == 10 && cell.len == 10)
        return cell;
    if (count == 10)
        return keep(scratch, digits + 1, 10, "", 0);
    if (count == 9 && checks(digits))
        return keep(scratch, digits, 10, "", 0);
    if (count == 12 && digits[1] != '0')
        count = 13, memmove(digits + 1, digits, 13);
    if (count == 13) {
        digits[14] = '-';
        struct cell made = keep(scratch, digits + 1, 10, "-", 1);
        return (struct cell){
            made.at, made.len + keep(scratch, digits + 11, 3, "", 0).len, 0};
    }
    return cell;
}
