/* record.c: a function for each kind of field, in a table. */
#include "record.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "base/scan.h"
#include "decode/workbook/sheet/format.h"
#include "moment.h"

static const struct value nothing = {
    .text = "", .type = VALUE_TEXT, .flags = VALUE_TIGHT};

/* A field's bytes. */
struct bytes {
    const unsigned char *at;
    unsigned len;
};

static struct bytes trimmed(struct bytes bytes)
{
    while (bytes.len > 0 &&
           (bytes.at[bytes.len - 1] == ' ' || bytes.at[bytes.len - 1] == '\0'))
        bytes.len--;
    return bytes;
}

static struct bytes trimmed_both(struct bytes bytes)
{
    bytes = trimmed(bytes);
    while (bytes.len > 0 && bytes.at[0] == ' ') {
        bytes.at++;
        bytes.len--;
    }
    return bytes;
}

static uint32_t low_first(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

static uint32_t high_first(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
           (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

static struct value integer_of(int64_t number)
{
    return (struct value){.integer = number, .type = VALUE_INT};
}

static struct value text_of(struct dbf_record *record, struct bytes bytes)
{
    bytes = trimmed(bytes);
    return bytes.len == 0 ? nothing
                          : dbf_text(record, (const char *)bytes.at, bytes.len,
                                     &record->why);
}

/* Is it a number as it is usually written: digits, one point at the most? What
 * has zeros before it is a code. */
static bool is_plain(struct bytes bytes)
{
    unsigned sign = bytes.len > 0 && bytes.at[0] == '-', at = sign;
    unsigned digits = 0, points = 0;
    for (; at < bytes.len; at++) {
        digits += ascii_digit((char)bytes.at[at]);
        points += bytes.at[at] == '.';
    }
    bool coded = bytes.len > sign + 1 && bytes.at[sign] == '0' &&
                 bytes.at[sign + 1] != '.';
    return points <= 1 && digits > 0 && digits + points + sign == bytes.len &&
           bytes.at[bytes.len - 1] != '.' && !coded;
}

/* Of .5 the zero before the point was left out. */
static struct value with_zero(struct dbf_record *record, struct bytes bytes,
                              bool negative)
{
    size_t len = bytes.len + 1;
    char *text = arena_alloc(record->arena, len);
    if (negative)
        text[0] = '-';
    text[negative] = '0';
    memcpy(text + negative + 1, bytes.at + negative, bytes.len - negative);
    return (struct value){
        .text = text, .len = (uint32_t)len, .type = VALUE_DECIMAL};
}

static struct value number_of(struct dbf_record *record, struct bytes bytes)
{
    bytes = trimmed_both(bytes);
    if (!is_plain(bytes))
        return text_of(record, bytes);
    bool negative = bytes.at[0] == '-';
    if (bytes.at[negative] == '.')
        return with_zero(record, bytes, negative);
    return (struct value){.text = (const char *)bytes.at,
                          .len = bytes.len,
                          .type = VALUE_DECIMAL};
}

static struct value truth_of(struct dbf_record *record, struct bytes bytes)
{
    static const struct value yes = {.truth = true, .type = VALUE_BOOL};
    static const struct value no = {.truth = false, .type = VALUE_BOOL};
    switch (ascii_lower((char)bytes.at[0])) {
    case 't':
    case 'y':
        return yes;
    case 'f':
    case 'n':
        return no;
    case '?':
        return nothing;
    default:
        return text_of(record, bytes);
    }
}

/* What is no day stands as it is, for the mapping to refuse. */
static struct value day_of(struct dbf_record *record, struct bytes bytes)
{
    struct bytes day = trimmed_both(bytes);
    if (day.len == 0 || memcmp(bytes.at, "00000000", bytes.len) == 0)
        return nothing;
    for (unsigned i = 0; i < day.len; i++)
        if (day.len != 8 || !ascii_digit((char)day.at[i]))
            return text_of(record, bytes);
    const char *at = (const char *)day.at;
    char *text = arena_alloc(record->arena, 10);
    memcpy(text, at, 4);
    text[4] = text[7] = '-';
    memcpy(text + 5, at + 4, 2);
    memcpy(text + 8, at + 6, 2);
    return value_text(text, 10);
}

/* Zeros or blanks are none. */
static struct value moment_of(struct dbf_record *record, struct bytes bytes)
{
    char text[DBF_MOMENT_TEXT];
    if (memcmp(bytes.at, "\0\0\0\0\0\0\0\0", bytes.len) == 0 ||
        trimmed(bytes).len == 0)
        return nothing;
    size_t len = dbf_moment(low_first(bytes.at), low_first(bytes.at + 4), text);
    if (len == 0) {
        record->why = "its bytes are no day and time";
        return nothing;
    }
    return value_text(memcpy(arena_alloc(record->arena, len), text, len), len);
}

static struct value integer_low(struct dbf_record *record, struct bytes bytes)
{
    (void)record;
    return integer_of((int32_t)low_first(bytes.at));
}

/* So that numbers sort as bytes do, their sign is turned; zeros alone are none.
 */
static struct value integer_high(struct dbf_record *record, struct bytes bytes)
{
    uint32_t bits = high_first(bytes.at);
    (void)record;
    return bits == 0 ? nothing : integer_of((int32_t)(bits ^ 0x80000000u));
}

static struct value real_of(struct dbf_record *record, uint64_t bits)
{
    char text[SHOWN_MAX];
    double number;
    bool integer;
    memcpy(&number, &bits, sizeof number);
    if (!isfinite(number)) {
        record->why = "it is an infinite number, or none";
        return nothing;
    }
    size_t len = shown_number(number, text, &integer);
    struct value value =
        value_text(memcpy(arena_alloc(record->arena, len), text, len), len);
    value.type = VALUE_DECIMAL;
    return value;
}

static struct value double_of(struct dbf_record *record, struct bytes bytes)
{
    return real_of(record, low_first(bytes.at) |
                               (uint64_t)low_first(bytes.at + 4) << 32);
}

/* A negative one has all its bits turned, so that numbers sort as bytes do;
 * zeros alone are none. */
static struct value turned_double(struct dbf_record *record, struct bytes bytes)
{
    static const uint64_t sign = (uint64_t)1 << 63;
    uint64_t bits =
        (uint64_t)high_first(bytes.at) << 32 | high_first(bytes.at + 4);
    return bits == 0
               ? nothing
               : real_of(record, (bits & sign) != 0 ? bits ^ sign : ~bits);
}

/* Four decimals, of which the last ones go where they are zeros, as in all
 * numbers that a program has computed. */
static struct value currency_of(struct dbf_record *record, struct bytes bytes)
{
    enum { UNIT = 10000, SIZE = 32 };
    uint64_t bits = low_first(bytes.at) | (uint64_t)low_first(bytes.at + 4)
                                              << 32;
    bool negative = bits >> 63 != 0;
    uint64_t size = negative ? 0 - bits : bits;
    char *text = arena_alloc(record->arena, SIZE);
    int len =
        snprintf(text, SIZE, "%s%llu.%04u", negative ? "-" : "",
                 (unsigned long long)(size / UNIT), (unsigned)(size % UNIT));
    while (text[len - 1] == '0')
        len--;
    len -= text[len - 1] == '.';
    struct value value = value_text(text, (size_t)len);
    value.type = VALUE_DECIMAL;
    return value;
}

static struct value binary_of(struct dbf_record *record, struct bytes bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *text = arena_alloc(record->arena, bytes.len * 2 + 1);
    for (unsigned i = 0; i < bytes.len; i++) {
        text[2 * i] = digits[bytes.at[i] >> 4];
        text[2 * i + 1] = digits[bytes.at[i] & 15];
    }
    struct value value = value_text(text, bytes.len * 2);
    value.flags = VALUE_TIGHT;
    return value;
}

static struct value object_of(struct dbf_record *record, struct bytes bytes)
{
    (void)record;
    (void)bytes;
    return nothing;
}

static struct value (*const readers[])(struct dbf_record *record,
                                       struct bytes bytes) = {
    [DBF_TEXT] = text_of,         [DBF_VARTEXT] = text_of,
    [DBF_NUMBER] = number_of,     [DBF_TRUTH] = truth_of,
    [DBF_DAY] = day_of,           [DBF_MOMENT] = moment_of,
    [DBF_INTEGER] = integer_low,  [DBF_COUNTER] = integer_high,
    [DBF_DOUBLE] = double_of,     [DBF_REAL] = turned_double,
    [DBF_CURRENCY] = currency_of, [DBF_OBJECT] = object_of,
    [DBF_BINARY] = binary_of,
};

static bool is_set(const struct dbf_layout *layout, const unsigned char *bytes,
                   int bit)
{
    unsigned at = (unsigned)bit / 8;
    return bit >= 0 && at < layout->nulls_len &&
           (bytes[layout->nulls + at] >> (unsigned)bit % 8 & 1) != 0;
}

/* Its bytes without what is none of its text. */
static struct bytes bytes_of(const struct dbf_layout *layout,
                             const struct dbf_field *field,
                             const unsigned char *bytes)
{
    struct bytes of = {bytes + field->at, field->len};
    if (of.len > 0 && is_set(layout, bytes, field->partial)) {
        unsigned len = of.at[of.len - 1];
        of.len = len < of.len ? len : of.len - 1;
    }
    return of;
}

/* The number of a memo's block: digits, or 4 bytes of Visual FoxPro. 0: it has
 * no text. */
static bool block_of(struct bytes bytes, uint32_t *block)
{
    *block = 0;
    if (bytes.len == 4) {
        *block = low_first(bytes.at);
        return true;
    }
    bytes = trimmed_both(bytes);
    for (unsigned i = 0; i < bytes.len; i++) {
        if (!ascii_digit((char)bytes.at[i]) || *block > UINT32_MAX / 10 - 1)
            return false;
        *block = *block * 10 + (uint32_t)(bytes.at[i] - '0');
    }
    return true;
}

/* Soft ends of lines: where an editor has wrapped them. In UTF-8 such a byte
 * behind another one is the end of a letter (ọ). */
static size_t unwrap(char *text, size_t len, bool utf8)
{
    enum { SOFT = 0x8D, WIDE = 0x80 };
    size_t to = 0;
    for (size_t at = 0; at < len; at++)
        if ((unsigned char)text[at] == SOFT && at + 1 < len &&
            text[at + 1] == '\n' &&
            !(utf8 && at > 0 && (unsigned char)text[at - 1] >= WIDE))
            at++;
        else
            text[to++] = text[at];
    return to;
}

/* The memo's bytes, in the arena. False: record->why. */
static bool take_memo(struct dbf_record *record, uint32_t block,
                      struct bytes *bytes)
{
    struct err err = {.text = ""};
    struct buf text = {0};
    bool good = dbf_memos_read(record->memos, block, &text, &err);
    char *kept = arena_alloc(record->arena, text.len + 1);
    if (text.len > 0)
        memcpy(kept, text.at, text.len);
    record->kept += text.len;
    if (!good)
        record->why = dbf_say(record, "%s", err.text);
    *bytes = (struct bytes){(const unsigned char *)kept, (unsigned)text.len};
    if (dbf_memos_wrap(record->memos))
        bytes->len = (unsigned)unwrap(kept, text.len,
                                      record->transcoder.charset == NULL);
    buf_release(&text);
    return good;
}

static struct value memo_of(struct dbf_record *record, struct bytes bytes)
{
    uint32_t block;
    struct bytes text;
    if (record->memos == NULL)
        return nothing;
    if (!block_of(bytes, &block))
        record->why = "the place of its memo is no number";
    else if (block > 0 && record->kept > record->most)
        record->why = "it and the memos before it are too long together: "
                      "raise max_cell";
    else if (block > 0 && take_memo(record, block, &text))
        return text_of(record, text);
    return nothing;
}

static const char *fault(struct dbf_record *record,
                         const struct dbf_field *field, unsigned number)
{
    bool shown = scan_text(field->name, strlen(field->name)) == 0;
    return shown ? dbf_say(record, "%s: %s", field->name, record->why)
                 : dbf_say(record, "field %u: %s", number, record->why);
}

const char *dbf_record_read(struct dbf_record *record,
                            const unsigned char *bytes, struct value *cells,
                            unsigned *read)
{
    const struct dbf_layout *layout = record->layout;
    record->why = NULL;
    for (unsigned i = 0; i < layout->count; i++) {
        const struct dbf_field *field = &layout->fields[i];
        struct bytes of = bytes_of(layout, field, bytes);
        *read = i;
        if (is_set(layout, bytes, field->null))
            cells[i] = nothing;
        else if (field->kind == DBF_MEMO)
            cells[i] = memo_of(record, of);
        else
            cells[i] = readers[field->kind](record, of);
        if (record->why != NULL)
            return fault(record, field, i + 1);
    }
    return NULL;
}
