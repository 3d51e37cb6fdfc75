/* parts.c: pieces of texts: len, sub, truncate, digits, strip, replace, match.
 *
 * A piece of a text is borrowed from it. Only what leaves something out of
 * the middle, or puts texts together, is written to the arena, once its length
 * is known. */
#include "answer.h"
#include "eight.h"

#include "base/utf8.h"

static bool length(struct text_call *call, const struct text_args *args,
                   struct value *answer)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    size_t units =
        text_is_ascii(&text) ? text.len : utf8_units(text.text, text.len);
    *answer = (struct value){.integer = (int64_t)units, .type = VALUE_INT};
    return true;
}

/* Argument `i` as a whole number; `standard` where it was left out. */
static bool whole_argument(struct text_call *call, const struct text_args *args,
                           unsigned i, int64_t standard, int64_t *whole)
{
    const struct value *given = &args->all[i];
    *whole = standard;
    if (given->type == VALUE_NIL)
        return true;
    bool integral = given->type == VALUE_NUMBER && given->number >= -9e15 &&
                    given->number <= 9e15 &&
                    given->number == (double)(int64_t)given->number;
    if (given->type != VALUE_INT && !integral)
        return text_refuse(call, "argument %u: %s is not a whole number", i + 1,
                           text_show(call, given));
    *whole = integral ? (int64_t)given->number : given->integer;
    return true;
}

/* The offset of character `count` of valid text, or its length. */
static size_t offset_of(const struct value *text, size_t count)
{
    if (text_is_ascii(text))
        return count < text->len ? count : text->len;
    size_t at = 0;
    while (at < text->len && count-- > 0) {
        at++;
        while (at < text->len && (text->text[at] & 0xc0) == 0x80)
            at++;
    }
    return at;
}

/* As string.sub, but in characters: from 1, negative ones from the end. */
static bool sub(struct text_call *call, const struct text_args *args,
                struct value *answer)
{
    struct value text;
    int64_t first, last;
    if (!whole_argument(call, args, 1, 1, &first) ||
        !whole_argument(call, args, 2, -1, &last) ||
        !text_argument(call, args, 0, &text))
        return false;
    int64_t runes = text.len;
    if (!text_is_ascii(&text) && (first < 0 || last < -1))
        runes = (int64_t)utf8_runes(text.text, text.len);
    if (first < 0)
        first = first < -runes ? 1 : runes + first + 1;
    if (last < 0)
        last = last < -runes ? 0 : runes + last + 1;
    if (first < 1)
        first = 1;
    if (first > last) {
        *answer = text_plain("");
        return true;
    }
    size_t from = offset_of(&text, (size_t)first - 1);
    struct value rest =
        text_part(text.text + from, text.len - from, text.flags);
    *answer = rest;
    answer->len = (uint32_t)offset_of(&rest, (size_t)(last - first) + 1);
    return true;
}

/* In Fast's own measure, UTF-16 units, and never through the middle of a
 * character. */
static bool truncate_units(struct text_call *call, const struct text_args *args,
                           struct value *answer)
{
    int64_t units;
    if (!whole_argument(call, args, 1, -1, &units))
        return false;
    if (units < 0)
        return text_refuse(call, "truncate: %lld is no length",
                           (long long)units);
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = text;
    if ((uint64_t)units < text.len)
        answer->len =
            (uint32_t)(text_is_ascii(&text)
                           ? (size_t)units
                           : utf8_cut(text.text, text.len, (size_t)units));
    return true;
}

/* Codes are digits already, in most files: those are borrowed, and only the
 * others written anew. */
static bool digits(struct text_call *call, const struct text_args *args,
                   struct value *answer)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    size_t i = 0;
    while (i < text.len && (unsigned char)(text.text[i] - '0') < 10)
        i++;
    *answer = text_part(text.text, i, text.flags & VALUE_TIGHT);
    if (i == text.len)
        return true;
    char *made = arena_alloc(call->arena, text.len);
    size_t len = 0;
    for (i = 0; i < text.len; i++) {
        made[len] = text.text[i];
        len += (unsigned char)(text.text[i] - '0') < 10;
    }
    *answer = text_part(made, len, 0);
    return true;
}

/* Is the character at `at`, of `size` bytes, one of the set? */
static bool in_set(const struct value *set, const char *at, size_t size)
{
    const char *each = set->text, *end = set->text + set->len;
    while (each < end) {
        const char *from = each;
        utf8_next(&each, end);
        if ((size_t)(each - from) == size && !memcmp(from, at, size))
            return true;
    }
    return false;
}

/* The set as a bit for each character there is, where a text is so long that
 * looking through the set for each of its letters would take its time. */
static const unsigned char *wide_set(struct text_call *call,
                                     const struct value *text,
                                     const struct value *set)
{
    enum { LONG = 4096, RUNES = 0x110000 };
    if (text->len < LONG || text_is_ascii(set))
        return NULL;
    unsigned char *bits = arena_alloc(call->arena, RUNES / 8);
    memset(bits, 0, RUNES / 8);
    const char *at = set->text, *end = at + set->len;
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        if (rune >= 0)
            bits[rune / 8] |= (unsigned char)(1 << rune % 8);
    }
    return bits;
}

/* ASCII characters of the set are looked up, others searched. Nothing is
 * copied where none of them stands. */
static bool strip(struct text_call *call, const struct text_args *args,
                  struct value *answer)
{
    struct value text, set;
    if (!text_argument(call, args, 1, &set) ||
        !text_argument(call, args, 0, &text))
        return false;
    unsigned char low[128] = {0};
    for (uint32_t i = 0; i < set.len; i++)
        if ((unsigned char)set.text[i] < 128)
            low[(unsigned char)set.text[i]] = 1;
    const unsigned char *wide = wide_set(call, &text, &set);
    char *made = NULL;
    size_t len = 0;
    const char *at = text.text, *end = text.text + text.len;
    while (at < end) {
        const char *from = at;
        int32_t rune = utf8_next(&at, end);
        bool gone = rune >= 0 && rune < 128 ? low[rune]
                    : wide != NULL && rune >= 0
                        ? wide[rune / 8] >> rune % 8 & 1
                        : in_set(&set, from, (size_t)(at - from));
        if (gone && made == NULL) {
            made = arena_alloc(call->arena, text.len);
            len = (size_t)(from - text.text);
            memcpy(made, text.text, len);
        } else if (!gone && made != NULL) {
            for (; from < at; from++)
                made[len++] = *from;
        }
    }
    *answer = text;
    if (made != NULL)
        *answer = text_composed(call, text_part(made, len, text.flags));
    return true;
}

/* From left to right; what was put in is not looked at again, so it ends. */
static bool replace(struct text_call *call, const struct text_args *args,
                    struct value *answer)
{
    struct value text, what, with;
    if (!text_argument(call, args, 1, &what) ||
        !text_argument(call, args, 2, &with))
        return false;
    if (what.len == 0)
        return text_refuse(call, "replace: nothing to look for");
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = text;
    const char *at = text.text, *found = text_search(&text, at, &what);
    if (found == NULL)
        return true;
    buf_clear(&call->scratch);
    for (; found != NULL; found = text_search(&text, at, &what)) {
        buf_add(&call->scratch, at, (size_t)(found - at));
        buf_add(&call->scratch, with.text, with.len);
        at = found + what.len;
        if (call->scratch.len > TEXT_MAX)
            return text_refuse(call, "replace: the text grows too long");
    }
    buf_add(&call->scratch, at, (size_t)(text.text + text.len - at));
    *answer = text_composed(call, text_keep(call, 0, &text));
    return true;
}

/* A pattern works on bytes and may cut a letter in two; such an answer is no
 * text. */
static bool match(struct text_call *call, const struct text_args *args,
                  struct value *answer)
{
    struct value text, pattern;
    if (!text_argument(call, args, 0, &text) ||
        !text_argument(call, args, 1, &pattern) ||
        !call->match(call->host, &text, &pattern, answer, call))
        return false;
    if (answer->type == VALUE_NIL)
        *answer = text_plain("");
    if (answer->type == VALUE_TEXT && !text_is_ascii(answer) &&
        utf8_valid(answer->text, answer->len) < answer->len)
        return text_refuse(call, "match: %s cuts %s inside a letter",
                           text_show(call, &pattern), text_show(call, &text));
    return true;
}

/* clang-format off */
const struct text_function text_parts[] = {
    {.name = "len", .usage = "len(s)",
     .help = "its length as Fast counts it, in UTF-16 units",
     .answer = "integer", .shape = {ARG_TEXT}, .call = length},
    {.name = "sub", .usage = "sub(s, i, j)",
     .help = "characters i to j; negative ones count from the end",
     .answer = "string",
     .shape = {ARG_TEXT, ARG_INTEGER, ARG_INTEGER | ARG_OPTIONAL},
     .call = sub},
    {.name = "truncate", .usage = "truncate(s, n)",
     .help = "cut to n UTF-16 units, at the boundary of a character",
     .answer = "string", .shape = {ARG_TEXT, ARG_INTEGER},
     .call = truncate_units},
    {.name = "digits", .usage = "digits(s)",
     .help = "only its digits 0 to 9",
     .answer = "string", .shape = {ARG_TEXT}, .call = digits},
    {.name = "strip", .usage = "strip(s, set)",
     .help = "without the characters of set",
     .answer = "string", .shape = {ARG_TEXT, ARG_STRING}, .call = strip},
    {.name = "replace", .usage = "replace(s, what, with)",
     .help = "plain text replaced, wherever it stands",
     .answer = "string", .shape = {ARG_TEXT, ARG_STRING, ARG_STRING},
     .call = replace},
    {.name = "match", .usage = "match(s, pattern)",
     .help = "the first capture of a Lua pattern, or \"\"",
     .answer = "string", .shape = {ARG_TEXT, ARG_STRING}, .call = match},
    {.name = NULL},
};
/* clang-format on */
