/* unescape.c: characters written as HTML writes them: &amp; &#039; &#xF4;.
 *
 * One level is undone and no more: &amp;#244; becomes &#244;. What is no
 * reference, or has no semicolon (AT&T, R&D; ?a=1&copy=2), stays as it is, and
 * so do references to what is no character. */
#include "unescape.h"

#include "answer.h"

#include "base/utf8.h"
#include "charset/charset.h"

enum { LATIN = 0xa0 };

/* The names of U+00A0 to U+00FF, in order. */
static const char *const latin[] = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar",
    "sect",   "uml",    "copy",   "ordf",   "laquo",  "not",    "shy",
    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",
    "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",   "raquo",
    "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",
    "Atilde", "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute",
    "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",   "ETH",
    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",
    "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",
    "aelig",  "ccedil", "egrave", "eacute", "ecirc",  "euml",   "igrave",
    "iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute",
    "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave", "uacute",
    "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

_Static_assert(sizeof latin / sizeof *latin == 0x100 - LATIN,
               "a name for each character");

/* Those of HTML that exports carry beside them. */
static const struct {
    const char *name;
    int32_t rune;
} others[] = {
    {"amp", '&'},       {"lt", '<'},        {"gt", '>'},
    {"quot", '"'},      {"apos", '\''},     {"Abreve", 0x102},
    {"abreve", 0x103},  {"Dstrok", 0x110},  {"dstrok", 0x111},
    {"Itilde", 0x128},  {"itilde", 0x129},  {"Utilde", 0x168},
    {"utilde", 0x169},  {"ndash", 0x2013},  {"mdash", 0x2014},
    {"lsquo", 0x2018},  {"rsquo", 0x2019},  {"sbquo", 0x201a},
    {"ldquo", 0x201c},  {"rdquo", 0x201d},  {"bdquo", 0x201e},
    {"bull", 0x2022},   {"hellip", 0x2026}, {"euro", 0x20ac},
    {"trade", 0x2122},  {"minus", 0x2212},  {"lsaquo", 0x2039},
    {"rsaquo", 0x203a}, {"ensp", 0x2002},   {"emsp", 0x2003},
    {"thinsp", 0x2009}, {"zwnj", 0x200c},   {"zwj", 0x200d},
    {"lrm", 0x200e},    {"rlm", 0x200f},    {"Tab", '\t'},
    {"NewLine", '\n'},  {"comma", ','},     {"semi", ';'},
    {"colon", ':'},     {"period", '.'},    {"sol", '/'},
    {"lpar", '('},      {"rpar", ')'},      {"num", '#'},
    {"excl", '!'},      {"quest", '?'},     {"commat", '@'},
    {"percnt", '%'},    {"ast", '*'},       {"plus", '+'},
    {"lowbar", '_'},
};

static bool is_name(const char *name, const char *text, size_t len)
{
    return strlen(name) == len && !memcmp(name, text, len);
}

/* The character of that name, or 0. */
static int32_t named(const char *text, size_t len)
{
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (is_name(others[i].name, text, len))
            return others[i].rune;
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        if (is_name(latin[i], text, len))
            return (int32_t)(LATIN + i);
    return 0;
}

/* The value of a digit, or 16. */
static int32_t digit_of(char c)
{
    if ((unsigned char)(c - '0') < 10)
        return c - '0';
    char letter = (char)(c | 0x20);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : 16;
}

/* The character of that number ("244", "xF4"), or 0: it is none that a text
 * may have. */
static int32_t numbered(const char *text, size_t len)
{
    bool hex = len > 0 && (*text | 0x20) == 'x';
    int32_t base = hex ? 16 : 10, rune = 0;
    if (len == (size_t)hex)
        return 0;
    for (size_t i = hex; i < len; i++) {
        int32_t digit = digit_of(text[i]);
        if (digit >= base || rune > 0x10ffff)
            return 0;
        rune = rune * base + digit;
    }
    if (rune >= 0x80 && rune < 0xa0) /* as all browsers read them */
        return charset_windows[rune - 0x80];
    bool control = rune == 0x7f || (rune < 0x20 && rune != '\t' &&
                                    rune != '\n' && rune != '\r');
    bool surrogate = rune >= 0xd800 && rune <= 0xdfff;
    return control || surrogate || rune > 0x10ffff ? 0 : rune;
}

int32_t text_reference(const char *at, const char *end, const char **after)
{
    enum { LONGEST = 12 };
    size_t room = (size_t)(end - at) < LONGEST ? (size_t)(end - at) : LONGEST;
    const char *semicolon = memchr(at, ';', room);
    if (semicolon == NULL || semicolon == at)
        return 0;
    *after = semicolon + 1;
    return *at == '#' ? numbered(at + 1, (size_t)(semicolon - at) - 1)
                      : named(at, (size_t)(semicolon - at));
}

static bool unescape(struct text_call *call, const struct text_args *args,
                     struct value *answer)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = text;
    const char *at = text.text, *end = at + text.len, *after;
    if (text.len == 0 || memchr(at, '&', text.len) == NULL)
        return true;
    buf_clear(&call->scratch);
    while (at < end) {
        int32_t rune = *at == '&' ? text_reference(at + 1, end, &after) : 0;
        if (rune != 0) {
            utf8_put(&call->scratch, rune);
            at = after;
        } else {
            buf_putc(&call->scratch, *at++);
        }
    }
    *answer = text_composed(call, text_keep(call, 0, &text));
    return true;
}

/* clang-format off */
const struct text_function text_unescape[] = {
    {.name = "unescape", .usage = "unescape(s)",
     .help = "characters written as in HTML, &#244; or &amp;, as themselves",
     .answer = "string", .shape = {ARG_TEXT}, .call = unescape},
    {.name = NULL},
};
/* clang-format on */
