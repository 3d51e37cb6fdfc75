/* compare.c: both objects are read into lists of members first; a record has
 * so few fields that looking through a list is the quickest. */
#include "compare.h"

#include <stdlib.h>
#include <strings.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/nfc.h"
#include "base/utf8.h"

enum value_kind { IS_NOTHING, IS_TEXT, IS_NUMBER, IS_OTHER };

/* Offsets into compare->texts, which moves while it grows. */
struct member_value {
    enum value_kind kind;
    size_t name, name_len;
    size_t text, len;
};

struct part {
    const char *text;
    size_t len;
};

static size_t keep(struct compare *compare, const char *text, size_t len)
{
    size_t at = compare->texts.len;
    buf_add(&compare->texts, text, len);
    return at;
}

/* The value of a key; an array or an object as its JSON stands. */
static bool read_value(struct compare *compare, struct json_reader *reader,
                       struct member_value *value)
{
    enum json_event event = json_next(reader);
    const char *start = reader->at - 1;
    struct part text = {"", 0};
    switch (event) {
    case JSON_STRING:
        value->kind = reader->len > 0 ? IS_TEXT : IS_NOTHING;
        text = (struct part){reader->text, reader->len};
        break;
    case JSON_NUMBER:
        value->kind = IS_NUMBER;
        text = (struct part){reader->text, reader->len};
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        value->kind = IS_NUMBER;
        text = (struct part){event == JSON_TRUE ? "1" : "0", 1};
        break;
    case JSON_NULL:
        value->kind = IS_NOTHING;
        break;
    default:
        value->kind = IS_OTHER;
        if (!json_skip(reader, event))
            return false;
        text = (struct part){start, (size_t)(reader->at - start)};
    }
    value->text = keep(compare, text.text, text.len);
    value->len = text.len;
    return true;
}

/* A nested value is one member: its JSON is its text. */
static size_t read_members(struct compare *compare, const char *json,
                           size_t len, struct member_value **members,
                           size_t *cap)
{
    struct json_reader reader;
    size_t count = 0;
    json_open_answer(&reader, json, len);
    if (json_next(&reader) != JSON_OBJECT) {
        json_close(&reader);
        return 0;
    }
    while (json_next(&reader) == JSON_KEY) {
        if (count == *cap) {
            *cap = *cap > 0 ? 2 * *cap : FORM_MAX_FIELDS;
            *members = mem_resize(*members, *cap * sizeof **members);
        }
        struct member_value *value = &(*members)[count];
        value->name = keep(compare, reader.text, reader.len);
        value->name_len = reader.len;
        if (!read_value(compare, &reader, value))
            break;
        count++;
    }
    json_close(&reader);
    return count;
}

static struct part text_of(const struct compare *compare,
                           const struct member_value *value)
{
    return (struct part){compare->texts.at + value->text, value->len};
}

/* Servers spell names in other letter cases than they were sent. */
static const struct member_value *find(const struct compare *compare,
                                       const struct member_value *sent)
{
    const char *texts = compare->texts.at;
    for (size_t i = 0; i < compare->found_count; i++) {
        const struct member_value *found = &compare->found[i];
        if (found->name_len == sent->name_len &&
            strncasecmp(texts + found->name, texts + sent->name,
                        sent->name_len) == 0)
            return found;
    }
    return NULL;
}

/* In NFC, without white space at its end. */
static struct part normal(struct buf *nfc, struct part part)
{
    const char *start = part.text;
    const char *end = start + part.len;
    buf_clear(nfc);
    if (!utf8_is_nfc(start, part.len)) {
        utf8_nfc(nfc, start, part.len);
        start = nfc->at;
        end = start + nfc->len;
    }
    const char *first = start;
    utf8_trim(&first, &end);
    return (struct part){start, first < end ? (size_t)(end - start) : 0};
}

/* A decimal number's sign and the digits that count. */
struct decimal {
    bool negative;
    struct part whole, fraction;
};

/* ASCII alone: these are numbers of a protocol. */
static size_t digits_of(struct part part)
{
    size_t count = 0;
    while (count < part.len && part.text[count] >= '0' &&
           part.text[count] <= '9')
        count++;
    return count;
}

/* False for anything else than digits with a point; "1e3" is none. */
static bool read_decimal(struct part part, struct decimal *decimal)
{
    decimal->negative = part.len > 0 && *part.text == '-';
    part.text += decimal->negative;
    part.len -= decimal->negative;
    size_t len = digits_of(part);
    decimal->whole = (struct part){part.text, len};
    decimal->fraction = (struct part){"", 0};
    if (len == 0)
        return false;
    if (len < part.len && part.text[len] == '.') {
        struct part rest = {part.text + len + 1, part.len - len - 1};
        decimal->fraction = (struct part){rest.text, digits_of(rest)};
        len += 1 + decimal->fraction.len;
    }
    while (decimal->whole.len > 0 && *decimal->whole.text == '0') {
        decimal->whole.text++;
        decimal->whole.len--;
    }
    struct part *fraction = &decimal->fraction;
    while (fraction->len > 0 && fraction->text[fraction->len - 1] == '0')
        fraction->len--;
    if (decimal->whole.len + fraction->len == 0)
        decimal->negative = false;
    return len == part.len;
}

static bool same_bytes(struct part a, struct part b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.text, b.text, a.len) == 0);
}

/* Compared as digits: a double would lose those of long numbers. */
static bool same_number(struct part a, struct part b)
{
    struct decimal x, y;
    if (!read_decimal(a, &x) || !read_decimal(b, &y))
        return false;
    return x.negative == y.negative && same_bytes(x.whole, y.whole) &&
           same_bytes(x.fraction, y.fraction);
}

/* Fast upper-cases codes: keys are equal where their hashes are, which fold
 * letter case. */
static bool same_key(struct part a, struct part b)
{
    uint64_t x[2], y[2];
    form_key_hash(a.text, a.len, x);
    form_key_hash(b.text, b.len, y);
    return x[0] == y[0] && x[1] == y[1];
}

/* A text that was sent must come back as it was: "0912" is not 912. */
static bool same_value(struct compare *compare, const struct member_value *sent,
                       const struct member_value *found, bool key)
{
    struct part a = normal(&compare->nfc[0], text_of(compare, sent));
    if (found == NULL || found->kind == IS_NOTHING)
        return a.len == 0;
    struct part b = normal(&compare->nfc[1], text_of(compare, found));
    if (found->kind == IS_OTHER)
        return false;
    return same_bytes(a, b) || (key && same_key(a, b)) ||
           (sent->kind == IS_NUMBER && same_number(a, b));
}

unsigned compare_records(struct compare *compare, const struct form *form,
                         const char *sent, size_t sent_len, const char *found,
                         size_t found_len, compare_visit *visit, void *owner)
{
    unsigned differing = 0;
    buf_clear(&compare->texts);
    compare->sent_count = read_members(compare, sent, sent_len, &compare->sent,
                                       &compare->sent_cap);
    compare->found_count = read_members(compare, found, found_len,
                                        &compare->found, &compare->found_cap);
    for (size_t i = 0; i < compare->sent_count; i++) {
        const struct member_value *a = &compare->sent[i];
        const struct member_value *b = find(compare, a);
        int field = form_field(form, compare->texts.at + a->name, a->name_len);
        if (field < 0 ||
            same_value(compare, a, b, (unsigned)field == form->key))
            continue;
        struct difference difference = {.field = form->fields[field].name};
        struct part text = text_of(compare, a);
        difference.sent = text.text;
        difference.sent_len = text.len;
        if (b != NULL && b->kind != IS_NOTHING) {
            text = text_of(compare, b);
            difference.found = text.text;
            difference.found_len = text.len;
        }
        visit(owner, &difference);
        differing++;
    }
    return differing;
}

void compare_release(struct compare *compare)
{
    buf_release(&compare->texts);
    buf_release(&compare->nfc[0]);
    buf_release(&compare->nfc[1]);
    free(compare->sent);
    free(compare->found);
    *compare = (struct compare){.sent = NULL};
}
