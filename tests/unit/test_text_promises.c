/* What every text function promises, on made-up texts: flags that hold, valid
 * UTF-8 in NFC (text_calls.h checks that of every answer), the same answer
 * whether flags are exact or promise nothing, and wherever the text stands, and
 * a few laws. */
#include "base/case.h"
#include "base/nfc.h"
#include "text_calls.h"

enum { ROUNDS = 4000 };

static const char *const pieces[] = {
    "a",
    "B",
    "z",
    "0",
    "9",
    " ",
    "  ",
    "\t",
    "\r\n",
    ",",
    ".",
    "-",
    "/",
    "\"",
    "\\",
    "'",
    "(",
    ")",
    "+",
    "Đ",
    "ộ",
    "Ư",
    "ễ",
    "é",
    "ß",
    "ı",
    "İ",
    "“",
    "–",
    "日",
    "😀",
    "\xc2\xa0",
    "e",
    "\x01",
    "\x7f",
    "\xe2\x80\x8b",
    "\xe1\x9a\x80",
    "\xcc\x81",
    "\xcc\xa3",
    "Ð",
    "ﬁ",
    "x",
    "&",
    "?",
    "µ",
    "ƀ",
    "ŉ",
    "ÿ",
    "ǆ",
    "가",
    "\xe1\x84\x80\xe1\x85\xa1",
    "E+08",
    "84",
    "0903",
    "028",
    "0300588569",
    "MST:",
    "ext",
};

static unsigned seed;

static unsigned roll(unsigned sides)
{
    seed = seed * 1103515245 + 12345;
    return (seed >> 16) % sides;
}

/* A text in NFC, its flags exact. */
static struct value made_up(unsigned most)
{
    struct buf raw = {0}, nfc = {0};
    for (unsigned i = roll(most + 1); i > 0; i--)
        buf_puts(&raw, pieces[roll(sizeof pieces / sizeof *pieces)]);
    utf8_nfc(&nfc, buf_text(&raw), raw.len);
    struct value text = bytes(buf_text(&nfc), nfc.len);
    buf_release(&raw);
    buf_release(&nfc);
    return text;
}

static struct value argument(unsigned char shape)
{
    switch (shape & ARG_KIND) {
    case ARG_INTEGER:
        return integer((int64_t)roll(40) - 15);
    case ARG_STRING:
        return made_up(2);
    case ARG_LOOKUP:
    case ARG_ROWS:
    case ARG_OPTIONS:
        return nil();
    default:
        return roll(20) == 0 ? integer((int64_t)roll(1000)) : made_up(12);
    }
}

/* Up to eight arguments that go with the function. */
static unsigned arguments(const struct text_function *function,
                          struct value given[8])
{
    unsigned count = 0;
    for (unsigned i = 0; i < TEXT_SHAPE && function->shape[i]; i++) {
        bool rest = (function->shape[i] & ARG_KIND) == ARG_REST;
        for (unsigned n = rest ? roll(4) : 1; n > 0; n--)
            given[count++] = argument(function->shape[i]);
    }
    return count;
}

static bool find_none(void *table, const struct value *key, struct value *found)
{
    (void)table;
    *found = *key;
    return key->len % 2 == 1;
}

static void keys_none(void *table, struct text_known *known)
{
    (void)table;
    (void)known;
}

static bool match_half(void *host, const struct value *text,
                       const struct value *pattern, struct value *found,
                       struct text_call *matching)
{
    (void)host;
    (void)pattern;
    (void)matching;
    *found = *text;
    found->len = text->len / 2;
    return true;
}

static bool same_values(const struct value *a, const struct value *b)
{
    if (a->type != b->type)
        return false;
    if (a->type == VALUE_TEXT)
        return a->len == b->len &&
               (a->len == 0 || !memcmp(a->text, b->text, a->len));
    for (uint32_t i = 0; a->type == VALUE_LIST && i < a->len; i++)
        if (a->len != b->len || !same_values(&a->list[i], &b->list[i]))
            return false;
    return a->type != VALUE_INT || a->integer == b->integer;
}

/* The text where it may be copied in steps, the next bytes being letters. */
static void make_room(struct value *text)
{
    char *copy = arena_alloc(&arena, text->len);
    if (text->len > 0)
        memcpy(copy, text->text, text->len);
    memset(copy + text->len, 'a', COPY_STEP - 1);
    text->text = copy;
    text->flags &= (uint8_t)~VALUE_TIGHT;
}

START_TEST(promises)
{
    static const struct text_lookup lookup = {NULL, find_none, keys_none};
    const struct text_function *const *each = text_functions();
    asked_lookup = &lookup;
    call.match = match_half;
    for (seed = 1; *each != NULL; each++) {
        for (unsigned round = 0; round < ROUNDS; round++) {
            struct value given[8], exact, roomy, loose;
            unsigned count = arguments(*each, given);
            bool good = ask((*each)->name, count, given, &exact);
            for (unsigned i = 0; i < count; i++)
                if (given[i].type == VALUE_TEXT)
                    make_room(&given[i]);
            HOLDS(ask((*each)->name, count, given, &roomy) == good);
            HOLDS_SAYING(!good || same_values(&exact, &roomy), "%s",
                         (*each)->name);
            for (unsigned i = 0; i < count; i++)
                if (given[i].type == VALUE_TEXT)
                    given[i].flags = VALUE_ANY;
            HOLDS(ask((*each)->name, count, given, &loose) == good);
            HOLDS_SAYING(!good || same_values(&exact, &loose), "%s",
                         (*each)->name);
            arena_reset(&arena);
        }
    }
}
END_TEST

/* Twice is once, where it is not refused. */
START_TEST(idempotent)
{
    static const char *const names[] = {"trim",   "squeeze",    "upper",
                                        "lower",  "nfc",        "ascii",
                                        "digits", "vn.taxcode", "vn.phone"};
    seed = 7;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (unsigned round = 0; round < ROUNDS; round++) {
            struct value given = made_up(12), once, twice;
            if (!ask(names[i], 1, &given, &once)) {
                HOLDS_SAYING(!strncmp(names[i], "vn.", 3), "%s", names[i]);
                continue;
            }
            HOLDS(ask(names[i], 1, &once, &twice));
            HOLDS_SAYING(same_values(&once, &twice), "%s: %.*s", names[i],
                         (int)once.len, once.text);
            arena_reset(&arena);
        }
}
END_TEST

/* The table of letters says what utf8 says. */
START_TEST(letters_as_utf8)
{
    static const struct {
        const char *name;
        void (*make)(struct buf *out, const char *text, size_t len);
    } forms[] = {{"upper", utf8_upper},
                 {"lower", utf8_lower},
                 {"title", utf8_title},
                 {"ascii", utf8_ascii}};
    struct buf text = {0}, made = {0};
    for (int32_t rune = 1; rune < 0x2100; rune++) {
        if (rune == 0x250)
            rune = 0x1dff;
        for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
            buf_clear(&text);
            buf_puts(&text, "a ");
            utf8_put(&text, rune);
            utf8_put(&text, 'B');
            utf8_put(&text, rune);
            buf_clear(&made);
            utf8_nfc(&made, text.at, text.len);
            struct value given = bytes(made.at, made.len), answer;
            HOLDS(ask(forms[i].name, 1, &given, &answer));
            buf_clear(&made);
            forms[i].make(&made, given.text, given.len);
            HOLDS_SAYING(made.len == answer.len &&
                             !memcmp(made.at, answer.text, made.len),
                         "%s of U+%04X", forms[i].name, (unsigned)rune);
        }
        arena_reset(&arena);
    }
    buf_release(&text);
    buf_release(&made);
}
END_TEST

/* What holds no letter makes no text, of no bytes and of bytes that are none:
 * also where the buffer has no place yet. */
START_TEST(nothing_from_nothing)
{
    static void (*const make[])(struct buf * out, const char *text,
                                size_t len) = {
        utf8_upper, utf8_lower, utf8_title, utf8_ascii, utf8_fold};
    static const char *const texts[] = {NULL, "", "\xae", "\x80\xff"};
    for (size_t i = 0; i < sizeof make / sizeof *make; i++)
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            struct buf out = {0};
            make[i](&out, texts[k], texts[k] != NULL ? strlen(texts[k]) : 0);
            HOLDS(out.len == 0);
            buf_release(&out);
        }
}
END_TEST

/* What truncate leaves is as long as it may be, and a start of the text. */
START_TEST(truncated)
{
    seed = 9;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct value cut, text = made_up(20);
        int64_t most = roll(20);
        HOLDS(ASK("truncate", &cut, text, integer(most)));
        HOLDS((int64_t)utf8_units(cut.text, cut.len) <= most);
        HOLDS(cut.len <= text.len &&
              (cut.len == 0 || !memcmp(cut.text, text.text, cut.len)));
        arena_reset(&arena);
    }
}
END_TEST

/* The parts of split are those of join, trimmed. */
START_TEST(split_and_joined)
{
    seed = 11;
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct value parts, again, joined, text = made_up(12);
        HOLDS(ASK("split", &parts, text, txt(",")));
        HOLDS(ASK("join", &joined, txt(","), parts));
        HOLDS(ASK("split", &again, joined, txt(",")));
        uint32_t at = 0;
        for (uint32_t i = 0; i < parts.len; i++)
            if (!text_blank(&parts.list[i]))
                HOLDS(at < again.len &&
                      same_values(&parts.list[i], &again.list[at++]));
        arena_reset(&arena);
    }
}
END_TEST

RUN("text_promises", promises, idempotent, letters_as_utf8,
    nothing_from_nothing, truncated, split_and_joined)
