/* call.c: the functions that a dump may call, each a row of one table. */
#include "call.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "date.h"
#include "decode/sql/asked.h"
#include "fault.h"

typedef const char *(*function)(struct arena *arena, struct operand *args,
                                unsigned count, struct operand *answer);

static void keep(struct arena *arena, struct buf *made, struct value *value)
{
    char *text = arena_alloc(arena, made->len);
    if (made->len > 0)
        memcpy(text, made->at, made->len);
    *value = value_text(text, made->len);
    buf_release(made);
}

static const char *same(struct arena *arena, struct operand *args,
                        unsigned count, struct operand *answer)
{
    (void)arena, (void)count;
    *answer = args[0];
    return NULL;
}

static const char *empty(struct arena *arena, struct operand *args,
                         unsigned count, struct operand *answer)
{
    (void)arena, (void)args, (void)count;
    answer->value = value_text("", 0);
    return NULL;
}

static const char *chars(struct arena *arena, struct operand *args,
                         unsigned count, struct operand *answer)
{
    struct buf made = {0};
    for (unsigned i = 0; i < count; i++) {
        int64_t rune = args[i].value.integer;
        if (args[i].value.type != VALUE_INT || rune < 1 || rune > 0x10FFFF ||
            (rune & ~0x7FF) == 0xD800) {
            buf_release(&made);
            return "it takes numbers of characters";
        }
        utf8_put(&made, (int32_t)rune);
    }
    keep(arena, &made, &answer->value);
    return NULL;
}

/* replace(text, what, with): how sqlite3 writes line ends. */
static const char *replace(struct arena *arena, struct operand *args,
                           unsigned count, struct operand *answer)
{
    struct buf made = {0};
    (void)count;
    for (unsigned i = 0; i < 3; i++)
        if (args[i].value.type != VALUE_TEXT)
            return "it takes texts";
    const struct value *text = &args[0].value, *what = &args[1].value;
    const struct value *with = &args[2].value;
    if (what->len == 0 || with->len > what->len)
        return "what it puts in place is longer than what it replaces";
    const char *at = text->text, *end = at + text->len;
    while (at < end) {
        bool found = (size_t)(end - at) >= what->len &&
                     memcmp(at, what->text, what->len) == 0;
        buf_add(&made, found ? with->text : at, found ? with->len : 1);
        at += found ? what->len : 1;
    }
    keep(arena, &made, &answer->value);
    return NULL;
}

/* So many digits at `at`, or -1. */
static int32_t read_hex(const char *at, const char *end, int count)
{
    int32_t number = 0;
    for (int i = 0; i < count; i++, at++) {
        int digit = at < end ? ascii_hex(*at) : -1;
        if (digit < 0 || number > 0xFFFFFF)
            return -1;
        number = number * 16 + digit;
    }
    return number;
}

/* The digits of an escape whose backslash was passed: 1EA0, of Oracle and of
 * U&'…'; u1ea0, of SQLite; +01F600 and U0001F600, of both. -1: it is none. */
static int32_t read_escape(const char **at, const char *end)
{
    static const struct {
        char letter;
        int digits;
    } forms[] = {{'u', 4}, {'+', 6}, {'U', 8}};
    int digits = 4;
    for (size_t i = 0; *at < end && i < sizeof forms / sizeof *forms; i++)
        if (**at == forms[i].letter) {
            digits = forms[i].digits;
            ++*at;
            break;
        }
    int32_t rune = read_hex(*at, end, digits);
    *at += digits;
    return rune > 0x10FFFF ? -1 : rune;
}

/* A pair of surrogates is one character. */
static const char *unistr(struct arena *arena, struct operand *args,
                          unsigned count, struct operand *answer)
{
    const struct value *text = &args[0].value;
    struct buf made = {0};
    int32_t high = 0;
    (void)count;
    if (text->type != VALUE_TEXT)
        return "it takes a text";
    const char *at = text->text, *end = at + text->len;
    while (at < end) {
        if (*at != '\\') {
            buf_putc(&made, *at++);
            continue;
        }
        at++;
        if (at < end && *at == '\\') {
            buf_putc(&made, *at++);
            continue;
        }
        int32_t rune = read_escape(&at, end);
        bool first = rune >= 0xD800 && rune < 0xDC00;
        bool second = rune >= 0xDC00 && rune < 0xE000;
        if (rune <= 0 || (high != 0) != second) {
            buf_release(&made);
            return "an escape in it is broken";
        }
        if (second)
            rune = 0x10000 + ((high - 0xD800) << 10) + rune - 0xDC00;
        high = first ? rune : 0;
        if (!first)
            utf8_put(&made, rune);
    }
    keep(arena, &made, &answer->value);
    return high != 0 ? "an escape in it is broken" : NULL;
}

static const char *date(struct arena *arena, struct operand *args,
                        unsigned count, struct operand *answer)
{
    if (count == 1)
        return same(arena, args, count, answer);
    return dump_date(arena, &args[0].value, &args[1].value, &answer->value);
}

static const char *number(struct arena *arena, struct operand *args,
                          unsigned count, struct operand *answer)
{
    const struct value *text = &args[0].value;
    *answer = args[0];
    (void)count;
    return text->type != VALUE_TEXT ||
                   asked_number(arena, text->text, text->len, &answer->value)
               ? NULL
               : "it is no number";
}

static const struct {
    const char *name;
    unsigned least, most;
    function call;
} functions[] = {
    {"REPLACE", 3, 3, replace},   {"CHAR", 1, 64, chars},
    {"CHR", 1, 1, chars},         {"NCHAR", 1, 1, chars},
    {"UNISTR", 1, 1, unistr},     {"TO_DATE", 1, 3, date},
    {"TO_TIMESTAMP", 1, 3, date}, {"TO_TIMESTAMP_TZ", 1, 3, date},
    {"STR_TO_DATE", 2, 2, date},  {"TO_CLOB", 1, 1, same},
    {"TO_NCLOB", 1, 1, same},     {"TO_CHAR", 1, 1, same},
    {"TO_NUMBER", 1, 1, number},  {"HEXTORAW", 1, 1, same},
    {"EMPTY_CLOB", 0, 0, empty},  {"EMPTY_BLOB", 0, 0, empty},
};

const char *dump_call(struct arena *arena, const char *name,
                      struct operand *args, unsigned count,
                      struct operand *answer)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (strcasecmp(functions[i].name, name) != 0 ||
            count < functions[i].least || count > functions[i].most)
            continue;
        *answer = (struct operand){.value = {.type = VALUE_NIL}};
        const char *wrong = functions[i].call(arena, args, count, answer);
        return wrong ? dump_fault(arena, "%s(…): %s", name, wrong) : NULL;
    }
    return dump_fault(arena, "%s(…) is nothing that is computed here", name);
}

/* Digits stay what they are where bytes are meant. */
const char *dump_cast(struct arena *arena, const char *type,
                      struct operand *operand)
{
    static const char *const bytes[] = {"BINARY",     "VARBINARY", "IMAGE",
                                        "ROWVERSION", "TIMESTAMP", "BLOB"};
    if (!operand->bytes)
        return NULL;
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++)
        if (strcasecmp(type, bytes[i]) == 0)
            return NULL;
    operand->bytes = false;
    return dump_moment(arena, type, &operand->value, &operand->value);
}
