/* vn_taxcode.c: tax codes in their canonical form.
 *
 * A label, an apostrophe, blanks and dots go; then the number of digits says
 * how to read them (Circular 105/2020/TT-BTC; personal numbers: Circular
 * 86/2024/TT-BTC). A reading that has a check digit counts only when it fits.
 * What has no valid reading is answered as it stands: a wrong check digit is a
 * warning, not proof. */
#include "vn.h"

enum { CODE = 10, BRANCH = 13, PERSON = 12, LAST_PLACE = 96 };

/* The digits of a cell. */
struct digits {
    char all[BRANCH + 1]; /* room for one to be put in front */
    unsigned count;
    const char *refused; /* why these are none, or NULL */
    bool exponent;       /* written as 3.00588569E+08 */
};

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

/* The tenth digit that the first nine call for; 10 is never issued. */
static unsigned check_digit(const char *digits)
{
    static const unsigned weights[] = {31, 29, 23, 19, 17, 13, 7, 5, 3};
    unsigned sum = 0;
    for (unsigned i = 0; i < CODE - 1; i++)
        sum += weights[i] * (unsigned)(digits[i] - '0');
    return 10 - sum % 11;
}

static bool check_fits(const char *digits)
{
    return check_digit(digits) == (unsigned)(digits[CODE - 1] - '0');
}

static bool add_digit(struct digits *digits, char c)
{
    if (digits->count == BRANCH)
        return false;
    digits->all[digits->count++] = c;
    return true;
}

/* `3.00588569E+08`: whole only when it shows as many digits as it has. */
static bool read_exponent(struct digits *digits, const char *at,
                          const char *end)
{
    unsigned places = 0;
    if (at + 1 < end && *at == '.' && digits->count == 1)
        for (at++; at < end && is_digit(*at); at++)
            if (!add_digit(digits, *at))
                return false;
    if (at == end || (*at | 0x20) != 'e')
        return false;
    if (++at < end && *at == '+')
        at++;
    if (at == end || end - at > 2)
        return false;
    for (; at < end; at++) {
        if (!is_digit(*at))
            return false;
        places = places * 10 + (unsigned)(*at - '0');
    }
    digits->exponent = true;
    if (digits->count != places + 1)
        digits->refused = "shortened to an exponent, its digits are lost";
    return true;
}

/* Is it written as a number, 300588569.0 or with an exponent? */
static bool read_as_number(struct digits *digits, const char *at,
                           const char *end)
{
    for (; at < end && is_digit(*at); at++)
        if (!add_digit(digits, *at))
            return false;
    return (end - at == 2 && !memcmp(at, ".0", 2)) ||
           read_exponent(digits, at, end);
}

/* Digits with blanks, dots and dashes between them. After the tenth only a
 * branch is set apart, with three: `0314409058-02` is not twelve digits. */
static bool read_groups(struct digits *digits, const char *at, const char *end)
{
    bool apart = false;
    *digits = (struct digits){.count = 0};
    for (; at < end; at++) {
        if (is_digit(*at) ? !add_digit(digits, *at)
                          : memchr(" .-", *at, 3) == NULL)
            return false;
        apart |= is_digit(*at) && digits->count > CODE && !is_digit(at[-1]);
    }
    return !apart || digits->count == BRANCH;
}

/* As a number first: a spreadsheet wrote 300588569.0, and its point is no
 * separator. */
static bool read_digits(struct digits *digits, const char *at, const char *end)
{
    *digits = (struct digits){.count = 0};
    if (at == end || !is_digit(*at))
        return false;
    if (read_as_number(digits, at, end))
        return true;
    return read_groups(digits, at, end);
}

/* Spreadsheets drop the zero that a code begins with. */
static void put_zero(struct digits *digits)
{
    memmove(digits->all + 1, digits->all, digits->count++);
    digits->all[0] = '0';
}

static bool is_place(const char *digits)
{
    unsigned place = (unsigned)(digits[0] - '0') * 100 +
                     (unsigned)(digits[1] - '0') * 10 +
                     (unsigned)(digits[2] - '0');
    return place >= 1 && place <= LAST_PLACE;
}

static void check_person(struct digits *digits)
{
    if (!is_place(digits->all))
        digits->refused = "no place of registration has its first digits";
}

static void check_code(struct digits *digits)
{
    if (!check_fits(digits->all))
        digits->refused = "its check digit is wrong";
    else if (digits->count == BRANCH && !memcmp(digits->all + CODE, "000", 3))
        digits->refused = "branch 000 is not issued";
}

/* How a number of digits is read (after a lost zero was put in front). */
static const struct reading {
    unsigned char count;
    char lead; /* first digit: '0', '1' for any other, '*' for all */
    bool zero; /* it has lost its zero */
    void (*check)(struct digits *digits);
    const char *remark;
} readings[] = {
    {10, '*', false, check_code, NULL},
    {13, '*', false, check_code, NULL},
    {12, '0', false, check_person, NULL},
    {9, '*', true, check_code, "lost zero added"},
    {11, '*', true, check_person, "lost zero added: a personal number"},
    {12, '1', true, check_code, "lost zero added: a branch"},
};

/* Makes the digits canonical and says so; false: see digits->refused. */
static bool check(struct text_call *call, struct digits *digits)
{
    if (digits->refused != NULL)
        return false;
    for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
        const struct reading *reading = &readings[i];
        char lead = digits->all[0] == '0' ? '0' : '1';
        if (reading->count != digits->count ||
            (reading->lead != '*' && reading->lead != lead))
            continue;
        if (reading->zero)
            put_zero(digits);
        reading->check(digits);
        if (digits->refused != NULL)
            return false;
        if (digits->exponent)
            text_remark(call, "it was written as a number");
        if (reading->remark != NULL)
            text_remark(call, "%s", reading->remark);
        return true;
    }
    digits->refused = "no tax code has that many digits";
    return false;
}

/* Where the code begins: after a label and an apostrophe. */
static const char *skip_label(struct text_call *call, const char *at,
                              const char *end)
{
    static const char *const labels[] = {
        "mst",    "ma so thue", "ma so thue dn", "tax code",
        "tax id", "mst dn",     "vat",           "tin",
        "msdn",   "mst cccd",   "cccd",          "ma so doanh nghiep",
        NULL};
    const char *digit = at;
    while (digit < end && !is_digit(*digit))
        digit++;
    if (digit == at || digit == end)
        return at;
    if (digit - at == 1 && *at == '\'')
        return digit;
    return vn_is_word(call, at, (size_t)(digit - at), labels) ? digit : at;
}

/* Ten digits that are right, as most cells are. */
static bool is_plain(const struct value *text)
{
    if (text->len != CODE)
        return false;
    for (unsigned i = 0; i < CODE; i++)
        if (!is_digit(text->text[i]))
            return false;
    return check_fits(text->text);
}

/* What is not recognised is answered as it stands, with a remark: a code that
 * looks wrong may still be the one on the contract. */
bool vn_taxcode(struct text_call *call, const struct text_args *args,
                struct value *answer)
{
    struct digits digits;
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    text = text_trimmed(text);
    *answer = text;
    if (text.len == 0 || is_plain(&text))
        return true;
    struct value plain = text_squeezed(call, text); /* no-break spaces go */
    const char *end = plain.text + plain.len;
    const char *at = skip_label(call, plain.text, end);
    if (!read_digits(&digits, at, end)) {
        text_remark(call, "not recognised");
        return true;
    }
    if (!check(call, &digits)) {
        text_remark(call, "%s", digits.refused);
        return true;
    }
    bool branch = digits.count == BRANCH;
    if (!branch && digits.count == text.len &&
        !memcmp(digits.all, text.text, text.len))
        return true;
    char *made = arena_alloc(call->arena, BRANCH + 1);
    memcpy(made, digits.all, digits.count);
    if (branch) {
        made[CODE] = '-';
        memcpy(made + CODE + 1, digits.all + CODE, BRANCH - CODE);
    }
    *answer = text_part(made, digits.count + branch, 0);
    return true;
}
