/* vn_phone.c: one telephone number out of what people write in a cell.
 *
 * The cell is taken as a head (a label or a name), digits in groups, and a
 * tail (an extension, further numbers, a remark). Groups that nothing but
 * blanks, dots, dashes and brackets keep apart are one number, or, where the
 * whole is none, a number and further ones. What is no number of Vietnam's is
 * answered as it stands: digits are neither lost nor made up. What is left out,
 * and what is no number at all, is doubtful, and warned of. */
#include "vn.h"

#include "base/ascii.h"
#include "base/case.h"

enum { GROUPS_MAX = 12, DIGITS_MAX = 40, FURTHER_DIGITS = 7 };

/* Digits of a number of another country, with its code. */
enum { FOREIGN_MIN = 8, FOREIGN_MAX = 15 };

static const char *const labels[] = {
    "dt",         "sdt",           "dtdd",       "dd",
    "tel",        "phone",         "telephone",  "mobile",
    "mob",        "cell",          "hp",         "hotline",
    "dien thoai", "di dong",       "so dt",      "tell",
    "so may",     "so dien thoai", "dt di dong", "dien thoai di dong",
    "lien he",    "call",          NULL};

static const char *const extensions[] = {
    "x",     "ext",       "extension", "le",     "may le", "ml",
    "nhanh", "may nhanh", "so le",     "noi bo", "nb",     NULL};

/* The digits of a cell, group by group. */
struct groups {
    char digits[DIGITS_MAX];
    unsigned upto[GROUPS_MAX];    /* digits up to the end of each group */
    const char *ends[GROUPS_MAX]; /* and where it ends */
    bool dash_before[GROUPS_MAX]; /* " - " stands before it */
    uint64_t apart, closed;       /* as in struct vn_digits */
    unsigned count;
};

static bool is_letter(const char *at, const char *end)
{
    return at < end && ((unsigned char)((*at | 0x20) - 'a') < 26 ||
                        (unsigned char)*at >= 0x80 || *at == '@');
}

/* The width of a character that may stand inside a number, or 0. */
static size_t gap_width(const char *at, const char *end)
{
    if (at < end &&
        (*at == ' ' || *at == '.' || *at == '-' || *at == '(' || *at == ')'))
        return 1;
    bool dash = end - at >= 3 && !memcmp(at, "\xe2\x80", 2) &&
                (unsigned char)at[2] >= 0x90 && (unsigned char)at[2] <= 0x95;
    return dash ? 3 : 0;
}

/* Passes over what may stand inside a number; *dash: a dash with a blank on
 * both sides was among it. */
static const char *skip_gap(const char *at, const char *end, bool *dash)
{
    const char *from = at;
    size_t width;
    *dash = false;
    while ((width = gap_width(at, end)) > 0) {
        if (*at != ' ' && *at != '.' && *at != '(' && *at != ')' && at > from &&
            at[-1] == ' ' && at + width < end && at[width] == ' ')
            *dash = true;
        at += width;
    }
    return at;
}

/* Reads groups from a digit on; false when there are more than any number
 * has. */
static bool read_groups(struct groups *groups, const char *at, const char *end)
{
    unsigned digits = 0;
    bool dash = false;
    groups->count = 0;
    groups->apart = groups->closed = 0;
    while (at < end && ascii_digit(*at)) {
        if (groups->count == GROUPS_MAX)
            return false;
        for (; at < end && ascii_digit(*at); at++) {
            if (digits == DIGITS_MAX)
                return false;
            groups->digits[digits++] = *at;
        }
        groups->upto[groups->count] = digits;
        groups->ends[groups->count] = at;
        groups->dash_before[groups->count++] = dash;
        groups->apart |= (uint64_t)(at < end) << digits;
        groups->closed |= (uint64_t)(at < end && *at == ')') << digits;
        at = skip_gap(at, end, &dash);
    }
    return true;
}

/* The number that as many groups as possible make; answers how many, 0: none.
 * Groups left over must be a number too, or stand after " - ". */
static unsigned best_number(struct vn_number *number,
                            const struct groups *groups, bool plus)
{
    unsigned all = groups->count;
    unsigned total = groups->upto[all - 1];
    for (unsigned take = all; take > 0; take--) {
        unsigned digits = groups->upto[take - 1];
        if (take < all && !groups->dash_before[take] &&
            total - digits < FURTHER_DIGITS)
            continue;
        struct vn_digits given = {groups->digits, digits, plus, groups->apart,
                                  groups->closed};
        if (vn_number_read(number, &given))
            return take;
    }
    return 0;
}

bool vn_is_word(struct text_call *call, const char *text, size_t len,
                const char *const *words)
{
    buf_clear(&call->scratch);
    utf8_fold(&call->scratch, text, len);
    for (; *words != NULL; words++)
        if (strlen(*words) == call->scratch.len &&
            !memcmp(*words, call->scratch.at, call->scratch.len))
            return true;
    return false;
}

/* The first digit at or after `at`. */
static const char *next_digit(const char *at, const char *end)
{
    while (at < end && !ascii_digit(*at))
        at++;
    return at;
}

/* Goes back from the first digit over `(` and `+`. */
static const char *number_start(const char *text, const char *digit, bool *plus)
{
    const char *at = digit;
    *plus = false;
    while (at > text && memchr("(+ ", at[-1], 3) != NULL)
        *plus |= *--at == '+';
    return at;
}

/* What stands between two places, without the punctuation round it. */
static struct value quoted_part(const char *at, const char *end)
{
    struct value part =
        text_trimmed(text_part(at, (size_t)(end - at), VALUE_ANY));
    at = part.text;
    end = at + part.len;
    while (at < end && memchr("'\":;,.-)/ ", *at, 10) != NULL)
        at++;
    while (at < end && memchr("'\":;,.-(/ ", end[-1], 10) != NULL)
        end--;
    bool bracketed = end - at >= 2 && *at == '(' && end[-1] == ')';
    return text_part(at + bracketed, (size_t)(end - at) - 2 * bracketed,
                     part.flags);
}

static void left_out(struct vn_doubts *doubts, const char *at, const char *end)
{
    struct value part = quoted_part(at, end);
    if (part.len > 0)
        vn_doubt(doubts, "left out: %s", text_show(doubts->call, &part));
}

/* What stands after the number; false when it shows that it was none. */
static bool read_tail(struct vn_doubts *doubts, const char *at, const char *end)
{
    const char *digit = next_digit(at, end);
    if (digit < end && digit > at &&
        (vn_is_word(doubts->call, at, (size_t)(digit - at), extensions) ||
         memchr(at, '#', (size_t)(digit - at)) != NULL)) {
        const char *last = digit;
        while (last < end && ascii_digit(*last))
            last++;
        vn_doubt(doubts, "extension %.*s", (int)(last - digit), digit);
        left_out(doubts, last, end);
        return true;
    }
    if (is_letter(at, end) && gap_width(at, end) == 0)
        return false;
    struct value rest = quoted_part(at, end);
    if (rest.len > 0 && (ascii_digit(*rest.text) || *rest.text == '+'))
        vn_doubt(doubts, "further numbers: %.*s", (int)rest.len, rest.text);
    else
        left_out(doubts, at, end);
    return true;
}

/* What stands before the number. A label goes without a word, a name is left
 * out; a letter that touches the number is part of it: o9... */
static bool read_head(struct vn_doubts *doubts, const char *at, const char *end,
                      bool touches)
{
    struct value head = quoted_part(at, end);
    if (head.len == 0 || vn_is_word(doubts->call, head.text, head.len, labels))
        return true;
    if (touches)
        return false;
    left_out(doubts, at, end);
    return true;
}

/* Not a doubt: an old number that a mobile one looks like is the rarer. */
static void say_changes(struct text_call *call, const struct vn_number *number)
{
    if (number->country)
        text_remark(call, "country code replaced by 0");
    if (number->year != 0 && !number->bracketed)
        text_remark(call, "%s is %s since %u", number->was, number->now,
                    number->year);
    if (number->landline != NULL)
        text_remark(call, "may be an old landline of %s", number->landline);
}

static void say_doubts(struct vn_doubts *doubts, const struct vn_number *number)
{
    if (number->zero)
        vn_doubt(doubts, "lost zero added");
    if (number->bracketed)
        vn_doubt(doubts, "%s taken for the old code of %s, now %s", number->was,
                 number->place, number->now);
}

/* Digits of a plain number, and of its last group, which is longer than the
 * fraction that a spreadsheet makes (vn_bare). */
enum { PLAIN_MIN = 8, PLAIN_MAX = 13, LAST_GROUP = 3 };

/* Nothing but digits, with blanks, dots or dashes among them, as most cells
 * are: what find_number() makes of all groups together, without the way there.
 */
static bool plain_number(const struct value *text, struct vn_number *number)
{
    char digits[PLAIN_MAX];
    struct vn_digits given = {.at = digits};
    unsigned last = 0; /* digits of the last group */
    if (text->len == 0 || !ascii_digit(*text->text))
        return false;
    for (uint32_t i = 0; i < text->len; i++) {
        char byte = text->text[i];
        if (ascii_digit(byte)) {
            if (given.count == PLAIN_MAX)
                return false;
            digits[given.count++] = byte;
            last++;
        } else if (byte == ' ' || byte == '.' || byte == '-') {
            given.apart |= UINT64_C(1) << given.count;
            last = 0;
        } else {
            return false;
        }
    }
    return last >= LAST_GROUP && given.count >= PLAIN_MIN &&
           vn_number_read(number, &given);
}

/* What there is to be said about a plain number. */
static void say_plain(struct text_call *call, const struct value *text,
                      const struct vn_number *number)
{
    struct vn_doubts doubts = vn_no_doubts(call);
    if (call->remarks)
        say_changes(call, number);
    say_doubts(&doubts, number);
    vn_tell(&doubts, WARNING_PHONE, text);
}

/* A number, with what stands round it; notes what is left out. */
static bool find_number(struct vn_doubts *doubts, const struct value *text,
                        struct vn_number *number)
{
    struct groups groups;
    bool plus;
    const char *end = text->text + text->len;
    const char *digit = next_digit(text->text, end);
    if (digit == end)
        return false;
    const char *start = number_start(text->text, digit, &plus);
    if (!read_groups(&groups, digit, end))
        return false;
    unsigned taken = best_number(number, &groups, plus);
    if (taken == 0)
        return false;
    say_doubts(doubts, number);
    if (start > text->text &&
        !read_head(doubts, text->text, start, is_letter(digit - 1, digit)))
        return false;
    const char *tail = groups.ends[taken - 1];
    return tail == end || read_tail(doubts, tail, end);
}

/* Of another country, with its code: nothing but a number. */
static bool is_foreign(const struct value *text)
{
    const char *at = text->text, *end = at + text->len;
    size_t width;
    unsigned digits = 0;
    while (at < end && *at == '(')
        at++;
    bool zeros = end - at > 2 && !memcmp(at, "00", 2);
    if (end - at < 2 || (!zeros && *at != '+'))
        return false;
    at += zeros ? 2 : 1;
    if (*at < '1' || *at > '9' || (end - at > 2 && !memcmp(at, "84", 2)))
        return false;
    while (at < end) {
        width = ascii_digit(*at) ? 1 : gap_width(at, end);
        if (width == 0)
            return false;
        digits += ascii_digit(*at);
        at += width;
    }
    return digits >= FOREIGN_MIN && digits <= FOREIGN_MAX;
}

/* More than digits, or no number. */
static bool look_for_number(struct text_call *call, const struct value *text,
                            struct vn_number *number)
{
    struct vn_doubts doubts = vn_no_doubts(call);
    struct value bare = vn_bare(&doubts, *text);
    bool good = find_number(&doubts, &bare, number);
    if (good && call->remarks)
        say_changes(call, number);
    if (!good) {
        doubts.all = NULL;
        if (!is_foreign(text))
            vn_doubt(&doubts, "not recognised");
        else
            text_remark(call, "a number of another country");
    }
    vn_tell(&doubts, WARNING_PHONE, text);
    return good;
}

/* What is no number is answered as it stands, and is doubtful; the row goes
 * on. */
bool vn_phone(struct text_call *call, const struct text_args *args,
              struct value *answer)
{
    struct vn_number number;
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    text = vn_seen(call, text_squeezed(call, text));
    *answer = text;
    if (text.len == 0)
        return true;
    if (plain_number(&text, &number)) {
        if (number.zero || call->remarks)
            say_plain(call, &text, &number);
    } else if (vn_is_exponent(&text)) {
        return vn_refuse_exponent(call, &text);
    } else if (!look_for_number(call, &text, &number)) {
        return true;
    }
    if (number.len == text.len && !memcmp(number.digits, text.text, text.len))
        return true;
    char *made = arena_alloc(call->arena, number.len);
    memcpy(made, number.digits, number.len);
    *answer = text_part(made, number.len, 0);
    return true;
}
