/* vn_taxcode.c: tax codes in their canonical form.
 *
 * A label, an apostrophe, blanks and dots go; then the number of digits says
 * how to read them (Circular 105/2020/TT-BTC; personal numbers: Circular
 * 86/2024/TT-BTC). A reading that has a check digit counts only when it fits.
 * What has no valid reading is answered as it stands: a wrong check digit is a
 * warning, not proof. A zero is lost at the front of a number alone, so a code
 * that begins with one has lost none. */
#include "vn.h"

#include "base/ascii.h"

enum { CODE = 10, BRANCH = 13, PERSON = 12, LAST_PLACE = 96 };

/* The digits of a cell. */
struct digits {
    char all[BRANCH + 1]; /* room for one to be put in front */
    unsigned count;
    const char *refused; /* why these are none, or NULL */
};

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

/* The bytes of what may divide digits at `at`, or 0: dashes also as programs
 * for texts write them. */
static size_t divider(const char *at, const char *end)
{
    if (memchr(" .-", *at, 3) != NULL)
        return 1;
    if (end - at < 3)
        return 0;
    bool dash = !memcmp(at, "\xe2\x80", 2) && (unsigned char)at[2] >= 0x90 &&
                (unsigned char)at[2] <= 0x95;
    return dash || !memcmp(at, "\xe2\x88\x92", 3) ? 3 : 0;
}

/* Digits with blanks, dots and dashes between them. After the tenth only a
 * branch is set apart, with three: `0314409058-02` is not twelve digits. */
static bool read_digits(struct digits *digits, const char *at, const char *end)
{
    bool apart = false;
    size_t width;
    *digits = (struct digits){.count = 0};
    if (at == end || !ascii_digit(*at))
        return false;
    for (; at < end; at += width) {
        width = ascii_digit(*at) ? add_digit(digits, *at) : divider(at, end);
        if (width == 0)
            return false;
        apart |=
            ascii_digit(*at) && digits->count > CODE && !ascii_digit(at[-1]);
    }
    return !apart || digits->count == BRANCH;
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
    {9, '1', true, check_code, "lost zero added"},
    {11, '1', true, check_person, "lost zero added: a personal number"},
    {12, '1', true, check_code, "lost zero added: a branch"},
};

/* Makes the digits canonical and says so; false: see digits->refused. */
static bool check(struct vn_doubts *doubts, struct digits *digits)
{
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
        if (reading->remark != NULL)
            vn_doubt(doubts, "%s", reading->remark);
        return true;
    }
    digits->refused = "no tax code has that many digits";
    return false;
}

/* Where the code begins: after a label. */
static const char *skip_label(struct text_call *call, const char *at,
                              const char *end)
{
    static const char *const labels[] = {
        "mst",    "ma so thue", "ma so thue dn", "tax code",
        "tax id", "mst dn",     "vat",           "tin",
        "msdn",   "mst cccd",   "cccd",          "ma so doanh nghiep",
        NULL};
    const char *digit = at;
    while (digit < end && !ascii_digit(*digit))
        digit++;
    if (digit == at || digit == end)
        return at;
    return vn_is_word(call, at, (size_t)(digit - at), labels) ? digit : at;
}

/* Ten digits that are right, as most cells are. */
static bool is_plain(const struct value *text)
{
    if (text->len != CODE)
        return false;
    for (unsigned i = 0; i < CODE; i++)
        if (!ascii_digit(text->text[i]))
            return false;
    return check_fits(text->text);
}

/* The code's digits, or false: it is none. Notes and tells what is doubtful. */
static bool find_code(struct text_call *call, const struct value *text,
                      struct digits *digits)
{
    struct vn_doubts doubts = vn_no_doubts(call);
    struct value bare = vn_bare(&doubts, *text);
    const char *end = bare.text + bare.len;
    const char *at = skip_label(call, bare.text, end);
    bool good = read_digits(digits, at, end) && check(&doubts, digits);
    if (!good) {
        doubts.all = NULL;
        vn_doubt(&doubts, "%s",
                 digits->refused != NULL ? digits->refused : "not recognised");
    }
    vn_tell(&doubts, WARNING_TAXCODE, text);
    return good;
}

/* With the dash before a branch. */
static struct value written(struct text_call *call, const struct digits *digits)
{
    bool branch = digits->count == BRANCH;
    char *made = arena_alloc(call->arena, BRANCH + 1);
    memcpy(made, digits->all, digits->count);
    if (branch) {
        made[CODE] = '-';
        memcpy(made + CODE + 1, digits->all + CODE, BRANCH - CODE);
    }
    return text_part(made, digits->count + branch, 0);
}

/* What is not recognised is answered as it stands, and is doubtful: a code that
 * looks wrong may still be the one on the contract. */
bool vn_taxcode(struct text_call *call, const struct text_args *args,
                struct value *answer)
{
    struct digits digits;
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    text = vn_seen(call, text_trimmed(text));
    *answer = text;
    if (text.len == 0 || is_plain(&text))
        return true;
    if (vn_is_exponent(&text))
        return vn_refuse_exponent(call, &text);
    struct value plain = text_squeezed(call, text); /* no-break spaces go */
    if (!find_code(call, &plain, &digits))
        return true;
    if (digits.count == BRANCH || digits.count != text.len ||
        memcmp(digits.all, text.text, text.len) != 0)
        *answer = written(call, &digits);
    return true;
}
