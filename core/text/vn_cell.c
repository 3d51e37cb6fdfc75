/* vn_cell.c: what spreadsheets do to codes, and what is said about it.
 *
 * A cell that is a number loses its zeros and gets a `.0`, or an exponent that
 * has lost its digits; who wanted to save them wrote an apostrophe in front, or
 * a formula. Only the exponent cannot be mended. */
#include "vn.h"

#include <inttypes.h>

#include "base/ascii.h"
#include "base/unseen.h"

enum { WHOLE_DIGITS = 8 }; /* fewer with a `.0` may be anything */

static bool is_digit(const char *at, const char *end)
{
    return at < end && ascii_digit(*at);
}

void vn_tell(const struct vn_doubts *doubts, enum warning_kind kind,
             const struct value *value)
{
    struct text_call *call = doubts->call;
    if (doubts->all == NULL)
        return;
    if (call->warnings != NULL) {
        buf_clear(&call->scratch);
        buf_puts(&call->scratch, text_show(call, value));
        buf_puts(&call->scratch, ": ");
        buf_puts(&call->scratch, doubts->all);
        text_warn(call, kind, value, "%s", buf_text(&call->scratch));
    }
    text_remark(call, "%s", doubts->all);
}

struct value vn_trim_unseen(struct text_call *call, struct value text)
{
    const char *start = text.text, *end = start + text.len;
    int32_t gone = unseen_trim(&start, &end);
    if (gone == 0)
        return text;
    text_warn(call, WARNING_INVISIBLE, &text,
              "U+%04" PRIX32 " %s, which nobody sees, is left out",
              (uint32_t)gone, unseen_find(gone)->name);
    return text_part(start, (size_t)(end - start), text.flags);
}

/* The bytes of an apostrophe at `at`, straight or curved, or 0. */
static size_t apostrophe(const char *at, const char *end)
{
    if (at < end && (*at == '\'' || *at == '`'))
        return 1;
    bool curved = end - at >= 3 && !memcmp(at, "\xe2\x80", 2) &&
                  (at[2] == '\x98' || at[2] == '\x99');
    return curved ? 3 : 0;
}

/* Goes back over `.0` (`,00`) at the end of a number. */
static bool drop_fraction(const char *start, const char **end)
{
    const char *at = *end;
    while (at > start && at[-1] == '0' && *end - at < 2)
        at--;
    if (at == *end || at == start || (at[-1] != '.' && at[-1] != ','))
        return false;
    const char *point = --at;
    while (at > start && is_digit(at - 1, point))
        at--;
    if (point - at < WHOLE_DIGITS)
        return false;
    *end = point;
    return true;
}

/* Nothing but a letter, a digit, a + or a bracket in front, and no `.0` at the
 * end: nearly all are so. */
static bool is_bare(const struct value *text)
{
    unsigned char first = (unsigned char)*text->text;
    const char *end = text->text + text->len;
    if (first == '\'' || first == '`' || first == '=' || first == 0xe2)
        return false;
    return text->len < WHOLE_DIGITS || end[-1] != '0' ||
           (end[-2] != '.' && end[-2] != ',' && end[-2] != '0');
}

struct value vn_bare(struct vn_doubts *doubts, struct value text)
{
    const char *at = text.text, *end = at + text.len;
    size_t width;
    if (is_bare(&text))
        return text;
    if (end - at > 3 && !memcmp(at, "=\"", 2) && end[-1] == '"') {
        at += 2;
        end--;
        vn_doubt(doubts, "a spreadsheet's =\"\" taken off");
    }
    while ((width = apostrophe(at, end)) > 0)
        at += width;
    if (at > text.text && end == text.text + text.len)
        vn_doubt(doubts, "a spreadsheet's apostrophe taken off");
    if (drop_fraction(at, &end))
        vn_doubt(doubts, "it was written as a number");
    return text_trimmed(text_part(at, (size_t)(end - at), text.flags));
}

/* Is this E that of an exponent? With a + it is one wherever it stands; else
 * nothing but the number may be there. */
static bool is_exponent_at(const char *start, const char *at, const char *end)
{
    const char *before = at, *after = at + 1;
    while (before > start &&
           (is_digit(before - 1, at) || before[-1] == '.' || before[-1] == ','))
        before--;
    if (before == at || !is_digit(before, at))
        return false;
    bool plus = after < end && *after == '+';
    after += plus || (after < end && *after == '-');
    if (!is_digit(after, end))
        return false;
    while (is_digit(after, end))
        after++;
    return plus || (before == start && after == end);
}

bool vn_is_exponent(const struct value *text)
{
    const char *at = text->text, *end = at + text->len;
    if (memchr(at, 'E', text->len) == NULL &&
        memchr(at, 'e', text->len) == NULL)
        return false;
    for (; at < end; at++)
        if ((*at | 0x20) == 'e' && is_exponent_at(text->text, at, end))
            return true;
    return false;
}

bool vn_refuse_exponent(struct text_call *call, const struct value *text)
{
    return text_refuse(call,
                       "%s: a spreadsheet has shortened it to an exponent, its "
                       "digits are lost (format the column as text)",
                       text_show(call, text));
}
