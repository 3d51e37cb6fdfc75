/* cell.c: one walk tells which sorts of bytes a text has; by these few
 * questions are left to ask, each a row of a table. */
#include "cell.h"

#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/utf8.h"

enum {
    DIGIT = 1,
    LETTER = 2,
    BLANK = 4,
    POINT = 8,
    COMMA = 16,
    SIGN = 32,
    SLASH = 64,
    COLON = 128,
    AT = 256,
    BRACKET = 512,
    WIDE = 1024,
    OTHER = 2048,
};

enum { LOOK = 256 }; /* bytes; what comes after them is like them */

static unsigned short sorts[256];

static unsigned short sort_of(int byte)
{
    static const struct {
        const char *bytes;
        unsigned short sort;
    } known[] = {{" \t\r\n", BLANK}, {".", POINT},   {",", COMMA},
                 {"+-", SIGN},       {"/", SLASH},   {":", COLON},
                 {"@", AT},          {"()", BRACKET}};
    if (ascii_digit(byte))
        return DIGIT;
    if (ascii_letter(byte))
        return LETTER;
    for (size_t i = 0; byte > 0 && i < sizeof known / sizeof *known; i++)
        if (strchr(known[i].bytes, byte) != NULL)
            return known[i].sort;
    return byte >= 0x80 ? WIDE : OTHER;
}

void cell_prepare(void)
{
    for (int byte = 0; byte < 256; byte++)
        sorts[byte] = sort_of(byte);
}

static size_t digits_at(const char *text, size_t len, size_t at)
{
    size_t count = 0;
    while (at + count < len && ascii_digit(text[at + count]))
        count++;
    return count;
}

static bool is_sign(char byte)
{
    return byte == '-' || byte == '+';
}

static int value_of(const char *text, size_t digits)
{
    int value = 0;
    for (size_t i = 0; i < digits && i < 4; i++)
        value = 10 * value + (text[i] - '0');
    return value;
}

static enum cell_kind as_digits(const char *text, size_t len)
{
    (void)text;
    (void)len;
    return CELL_DIGITS;
}

/* Three groups of digits, the same sign between them; a time may follow. */
static enum cell_kind as_date(const char *text, size_t len)
{
    int part[3];
    size_t size[3], at = 0;
    char between = '\0';
    for (int i = 0; i < 3; i++) {
        size[i] = digits_at(text, len, at);
        if (size[i] == 0 || size[i] > 4)
            return CELL_KINDS;
        part[i] = value_of(text + at, size[i]);
        at += size[i];
        if (i == 2)
            break;
        if (at >= len || (i == 1 && text[at] != between) ||
            strchr("-/.", text[at]) == NULL)
            return CELL_KINDS;
        between = text[at++];
    }
    bool ends = at == len || text[at] == ' ' || text[at] == 'T';
    if (!ends || part[1] == 0 || part[1] > 31)
        return CELL_KINDS;
    if (size[0] == 4)
        return part[1] <= 12 && part[2] >= 1 && part[2] <= 31 ? CELL_ISO_DATE
                                                              : CELL_KINDS;
    if (part[0] == 0 || part[0] > 31 || size[0] > 2 || size[1] > 2 ||
        (size[2] != 4 && size[2] != 2) || (part[0] > 12 && part[1] > 12))
        return CELL_KINDS;
    return part[0] > 12   ? CELL_DAY_FIRST
           : part[1] > 12 ? CELL_MONTH_FIRST
                          : CELL_DATE;
}

/* 1.234.567 or 1,234,567.50; *end is where the groups end. */
static unsigned groups_at(const char *text, size_t len, size_t at, size_t *end)
{
    unsigned groups = 0;
    size_t first = digits_at(text, len, at);
    *end = at + first;
    if (first == 0 || first > 3 || text[at] == '0')
        return 0;
    char between = *end < len ? text[*end] : '\0';
    while (*end < len && text[*end] == between && strchr("., ", between) &&
           digits_at(text, len, *end + 1) == 3) {
        *end += 4;
        groups++;
    }
    return groups;
}

/* 1.234 by itself may be a fraction; +84 903 123 456 is a telephone number. */
static enum cell_kind as_number(const char *text, size_t len)
{
    size_t at = is_sign(*text), end;
    unsigned groups = groups_at(text, len, at, &end);
    bool point = groups > 0 && end < len && text[end] != text[end - 4] &&
                 (text[end] == '.' || text[end] == ',');
    size_t after = point ? digits_at(text, len, end + 1) : 0;
    if (groups > 0 && *text != '+' && end + (point ? 1 + after : 0) == len &&
        (groups > 1 || after > 0))
        return CELL_GROUPED;
    end = at + digits_at(text, len, at);
    if (end == at)
        return CELL_KINDS;
    if (end < len && (text[end] == '.' || text[end] == ','))
        end += 1 + digits_at(text, len, end + 1);
    return end == len ? CELL_NUMBER : CELL_KINDS;
}

/* 8.49E+10; 1E10 may be a code. */
static enum cell_kind as_exponent(const char *text, size_t len)
{
    size_t at = is_sign(*text), whole = digits_at(text, len, at);
    at += whole;
    bool point = at < len && (text[at] == '.' || text[at] == ',');
    at += point ? 1 + digits_at(text, len, at + 1) : 0;
    if (whole != 1 || at >= len || (text[at] | 0x20) != 'e')
        return CELL_KINDS;
    at++;
    bool sign = at < len && is_sign(text[at]);
    at += sign;
    size_t power = digits_at(text, len, at);
    return (point || sign) && power >= 1 && power <= 3 && at + power == len
               ? CELL_EXPONENT
               : CELL_KINDS;
}

bool cell_is_phone(const char *text, size_t len)
{
    return (len == 10 && text[0] == '0' && strchr("235789", text[1])) ||
           (len == 11 && memcmp(text, "02", 2) == 0) ||
           ((len == 11 || len == 12) && memcmp(text, "84", 2) == 0);
}

/* Signs among so many digits that it is no date. */
static enum cell_kind as_phone(const char *text, size_t len)
{
    size_t digits = 0, least = memchr(text, ' ', len) != NULL ? 8 : 9;
    for (size_t i = 0; i < len; i++)
        digits += ascii_digit(text[i]) ? 1 : 0;
    return len <= 40 && digits >= least && digits <= 24 ? CELL_PHONE
                                                        : CELL_KINDS;
}

static enum cell_kind as_mail(const char *text, size_t len)
{
    const char *at = memchr(text, '@', len);
    size_t name = (size_t)(at - text);
    const char *point = memchr(at, '.', len - name);
    return name > 0 && point != NULL && point + 1 < text + len &&
                   memchr(text, ' ', name) == NULL
               ? CELL_MAIL
               : CELL_KINDS;
}

static bool begins(const char *text, size_t len, const char *start)
{
    size_t size = strlen(start);
    return len > size && strncasecmp(text, start, size) == 0;
}

static enum cell_kind as_web(const char *text, size_t len)
{
    return begins(text, len, "http://") || begins(text, len, "https://") ||
                   begins(text, len, "www.")
               ? CELL_WEB
               : CELL_KINDS;
}

/* clang-format off */
#define FLAG(word) {word, sizeof(word) - 1}
static const struct {
    const char *word;
    size_t len;
} flags[] = {
    FLAG("x"), FLAG("v"), FLAG("y"), FLAG("n"), FLAG("t"), FLAG("f"),
    FLAG("yes"), FLAG("no"), FLAG("true"), FLAG("false"), FLAG("on"),
    FLAG("off"), FLAG("active"), FLAG("inactive"), FLAG("male"),
    FLAG("female"), FLAG("có"), FLAG("CÓ"), FLAG("co"), FLAG("không"),
    FLAG("KHÔNG"), FLAG("khong"), FLAG("nam"), FLAG("nữ"), FLAG("NỮ"),
};
/* clang-format on */

static enum cell_kind as_flag(const char *text, size_t len)
{
    for (size_t i = 0; len <= 8 && i < sizeof flags / sizeof *flags; i++)
        if (flags[i].len == len && strncasecmp(flags[i].word, text, len) == 0)
            return CELL_FLAG;
    return CELL_KINDS;
}

static enum cell_kind as_code(const char *text, size_t len)
{
    (void)text;
    return len <= 40 ? CELL_CODE : CELL_KINDS;
}

/* A number in front or a comma somewhere; names have neither with digits. */
static enum cell_kind as_address(const char *text, size_t len)
{
    bool comma = memchr(text, ',', len) != NULL;
    bool number = ascii_digit(*text) && memchr(text, ' ', len) != NULL;
    return len >= 10 && (comma || number) ? CELL_ADDRESS : CELL_KINDS;
}

static bool is_capital(const char *text)
{
    unsigned char first = (unsigned char)*text;
    return (first >= 'A' && first <= 'Z') || first >= 0xC3;
}

/* Two to eight words; capitals beyond ASCII are not told from small ones. */
static enum cell_kind as_name(const char *text, size_t len)
{
    unsigned words = 0, capitals = 0;
    for (size_t i = 0; i < len; i++)
        if (text[i] != ' ' && (i == 0 || text[i - 1] == ' ')) {
            words++;
            capitals += is_capital(text + i);
        }
    return words >= 2 && words <= 8 && capitals == words ? CELL_NAME
                                                         : CELL_KINDS;
}

static const struct {
    unsigned needs, may; /* sorts of bytes */
    enum cell_kind (*is)(const char *text, size_t len);
} questions[] = {
    {DIGIT, DIGIT, as_digits},
    {DIGIT, DIGIT | SIGN | SLASH | POINT | COLON | BLANK | LETTER | WIDE,
     as_date},
    {DIGIT, DIGIT | POINT | COMMA | SIGN | BLANK, as_number},
    {DIGIT | LETTER, DIGIT | LETTER | POINT | COMMA | SIGN, as_exponent},
    {DIGIT, DIGIT | SIGN | POINT | BLANK | BRACKET | SLASH, as_phone},
    {AT, ~0u, as_mail},
    {LETTER | POINT, ~0u, as_web},
    {0, LETTER | WIDE, as_flag},
    {DIGIT, DIGIT | LETTER | POINT | SIGN | SLASH | OTHER, as_code},
    {DIGIT | BLANK, ~0u, as_address},
    {BLANK, LETTER | WIDE | BLANK | POINT | SIGN | OTHER, as_name},
};

enum cell_kind cell_kind(const char *text, size_t len)
{
    unsigned seen = 0;
    size_t look = len < LOOK ? len : LOOK;
    for (size_t i = 0; i < look; i++)
        seen |= sorts[(unsigned char)text[i]];
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        unsigned needs = questions[i].needs;
        if ((seen & needs) != needs || (seen & ~questions[i].may) != 0)
            continue;
        enum cell_kind kind = questions[i].is(text, look);
        if (kind != CELL_KINDS)
            return kind;
    }
    return CELL_WORDS;
}

bool cell_is_tax_code(const char *digits, size_t len)
{
    static const int weights[] = {31, 29, 23, 19, 17, 13, 7, 5, 3};
    if (len != 9 && len != 10)
        return false;
    int sum = 0;
    size_t lost = 10 - len; /* a zero, which weighs nothing */
    for (size_t i = lost; i < 9; i++)
        sum += weights[i] * (digits[i - lost] - '0');
    return 10 - sum % 11 == digits[len - 1] - '0';
}
