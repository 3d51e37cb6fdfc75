/* marks.c: what stands where a character was: U+FFFD, a reference of HTML, a
 * question mark. */
#include "letters.h"
#include "questions.h"

#include "base/utf8.h"
#include "text/answer.h"

bool look_unreadable(struct looked *looked)
{
    static const struct value sign = {.text = "\xEF\xBF\xBD", .len = 3};
    const struct value *value = looked->value;
    if (text_search(value, value->text, &sign) != NULL)
        looked_warn(looked, WARNING_UNREADABLE,
                    "U+FFFD stands where a character could not be read");
    return true;
}

/* The names of characters that are made of a letter and one of these, */
static const char *const accents[] = {
    "grave", "acute", "circ",  "tilde", "uml",   "ring", "cedil",
    "breve", "macr",  "caron", "strok", "slash", "horn", "hook",
    "dot",   "lig",   "elig",  "ogon",  "th",    "zlig",
};

/* and others. */
static const char *const names[] = {
    "amp",    "lt",     "gt",     "quot",   "apos",   "nbsp",    "ndash",
    "mdash",  "minus",  "hellip", "lsquo",  "rsquo",  "sbquo",   "ldquo",
    "rdquo",  "bdquo",  "laquo",  "raquo",  "lsaquo", "rsaquo",  "bull",
    "middot", "copy",   "reg",    "trade",  "euro",   "pound",   "yen",
    "cent",   "curren", "deg",    "ordm",   "ordf",   "sect",    "para",
    "shy",    "zwj",    "zwnj",   "lrm",    "rlm",    "eth",     "ETH",
    "thorn",  "THORN",  "times",  "divide", "plusmn", "micro",   "sup1",
    "sup2",   "sup3",   "frac12", "frac14", "frac34", "ensp",    "emsp",
    "thinsp", "iexcl",  "iquest", "comma",  "semi",   "colon",   "period",
    "sol",    "lpar",   "rpar",   "num",    "excl",   "quest",   "commat",
    "percnt", "ast",    "plus",   "lowbar", "Tab",    "NewLine", "acute",
    "uml",    "macr",   "cedil",
};

static bool is_one(const char *text, size_t len, const char *const *list,
                   size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(list[i]) == len && memcmp(list[i], text, len) == 0)
            return true;
    return false;
}

/* &#244; and &#xF4;, whose ";" browsers do without. */
static size_t number_length(const char *at, const char *end)
{
    static const char digits[] = "0123456789abcdefABCDEF";
    const char *start = at;
    bool hex = at < end && (*at == 'x' || *at == 'X');
    at += hex;
    while (at < end && *at == '0') /* of NUL there is none */
        at++;
    const char *first = at;
    while (at < end && *at != '\0' && memchr(digits, *at, hex ? 22 : 10))
        at++;
    size_t count = (size_t)(at - first);
    bool closed = at < end && *at == ';';
    if (count > 7 || count < (closed ? 1 : 2))
        return 0;
    return (size_t)(at - start) + closed;
}

/* The length of the reference after "&", or 0. */
static size_t reference_length(const char *at, const char *end)
{
    if (at < end && *at == '#') {
        size_t len = number_length(at + 1, end);
        return len > 0 ? len + 1 : 0;
    }
    const char *close = memchr(at, ';', (size_t)(end - at));
    if (close == NULL || close - at > 8 || close == at)
        return 0;
    size_t len = (size_t)(close - at);
    bool known =
        is_one(at, len, names, sizeof names / sizeof *names) ||
        (letter_is_ascii(*at) &&
         is_one(at + 1, len - 1, accents, sizeof accents / sizeof *accents));
    return known ? len + 1 : 0;
}

bool look_reference(struct looked *looked)
{
    const char *at = looked->value->text, *end = at + looked->value->len;
    while ((at = memchr(at, '&', (size_t)(end - at))) != NULL) {
        size_t len = reference_length(++at, end);
        if (len == 0)
            continue;
        looked_warn(looked, WARNING_REFERENCE,
                    "\"&%.*s\" is HTML's way to write a character (unescape "
                    "turns it back)",
                    (int)len, at);
        break;
    }
    return true;
}

/* A question mark is part of an address of the web. */
static bool is_link(const char *start, const char *end)
{
    for (const char *at = start; at < end; at++)
        if (*at == '/' || *at == '=' || *at == '@')
            return true;
    return end - start > 4 && memcmp(start, "www.", 4) == 0;
}

/* The word around `at`: what no blank divides. */
static bool within_link(const struct value *value, const char *at)
{
    const char *start = at, *end = at;
    while (start > value->text && (unsigned char)start[-1] > ' ')
        start--;
    while (end < value->text + value->len && (unsigned char)*end > ' ')
        end++;
    return is_link(start, end);
}

static int32_t before(const struct value *value, const char *at)
{
    return at > value->text ? utf8_last(value->text, &at) : 0;
}

/* "Có gì?Hỏi anh An": a sentence ends, and a blank was forgotten. */
static bool ends_sentence(int32_t last, int32_t next, size_t count)
{
    return count == 1 && !letter_is_capital(last) && letter_is_capital(next);
}

/* Question marks within a word or at its start stand for letters that a code
 * page did not have; at its end they ask. */
bool look_lost(struct looked *looked)
{
    const struct value *value = looked->value;
    const char *at = value->text, *end = at + value->len;
    while ((at = memchr(at, '?', (size_t)(end - at))) != NULL) {
        const char *first = at;
        while (at < end && *at == '?')
            at++;
        const char *walk = at;
        int32_t last = before(value, first);
        int32_t next = at < end ? utf8_next(&walk, end) : 0;
        if (!letter_is_latin(next) || within_link(value, first) ||
            (letter_is_latin(last) &&
             ends_sentence(last, next, (size_t)(at - first))))
            continue;
        looked_warn(looked, WARNING_LOST,
                    "\"?\" stands where letters were (export it as Unicode)");
        break;
    }
    return true;
}
