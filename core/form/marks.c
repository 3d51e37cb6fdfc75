/* marks.c: what stands where a character was: U+FFFD, a reference of HTML, a
 * question mark. */
#include "charset/letters.h"
#include "questions.h"

#include "base/utf8.h"
#include "text/answer.h"
#include "text/unescape.h"

bool look_unreadable(struct looked *looked)
{
    static const struct value sign = {.text = "\xEF\xBF\xBD", .len = 3};
    const struct value *value = looked->value;
    if (text_search(value, value->text, &sign) != NULL)
        looked_warn(looked, WARNING_UNREADABLE,
                    "U+FFFD stands where a character could not be read");
    return true;
}

/* What the names of letters end in that unescape does not know. */
static const char *const accents[] = {
    "grave", "acute", "circ", "tilde", "uml",   "ring",
    "cedil", "breve", "macr", "caron", "strok", "slash",
    "horn",  "hook",  "dot",  "lig",   "elig",  "ogon",
};

/* A letter and an accent. */
static bool is_letter(const char *text, size_t len)
{
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        if (ascii_letter(*text) && strlen(accents[i]) == len - 1 &&
            memcmp(accents[i], text + 1, len - 1) == 0)
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

/* The length of the reference after "&", or 0; *known: unescape turns it
 * back. */
static size_t reference_length(const char *at, const char *end, bool *known)
{
    enum { LONGEST = 8 };
    const char *after;
    *known = text_reference(at, end, &after) != 0;
    if (*known)
        return (size_t)(after - at);
    if (at < end && *at == '#') {
        size_t len = number_length(at + 1, end);
        return len > 0 ? len + 1 : 0;
    }
    size_t room = (size_t)(end - at);
    const char *close =
        memchr(at, ';', room < LONGEST + 1 ? room : LONGEST + 1);
    return close != NULL && close > at && is_letter(at, (size_t)(close - at))
               ? (size_t)(close - at) + 1
               : 0;
}

bool look_reference(struct looked *looked)
{
    const char *at = looked->value->text, *end = at + looked->value->len;
    while ((at = memchr(at, '&', (size_t)(end - at))) != NULL) {
        bool known;
        size_t len = reference_length(++at, end, &known);
        if (len == 0)
            continue;
        looked_warn(looked, WARNING_REFERENCE,
                    "\"&%.*s\" is HTML's way to write a character%s", (int)len,
                    at, known ? " (unescape turns it back)" : "");
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
