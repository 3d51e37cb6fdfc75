/* letters.c: letters in another form: upper, lower, title, nfc, ascii.
 *
 * ASCII is done here, eight bytes at a time, and a text that is already as
 * asked for (most codes are) is borrowed. All else is utf8's business; its
 * answer is copied from the scratch buf to the arena. */
#include "answer.h"
#include "eight.h"

#include "../utf8.h"

/* The ASCII text with the letters first..last in the other case. */
static struct value flip_case(struct text_call *call, struct value text,
                              unsigned char first, unsigned char last)
{
    size_t i = 0, len = text.len;
    while (i + 8 <= len &&
           !eight_between(eight_load(text.text + i), first, last))
        i += 8;
    if (i + 8 > len &&
        !eight_between(eight_tail(text.text + i, len - i, ' '), first, last))
        return text;
    char *made = arena_alloc(call->arena, len);
    for (i = 0; i + 8 <= len; i += 8) {
        uint64_t word = eight_load(text.text + i);
        word ^= eight_between(word, first, last) >> 2; /* 0x80 to 0x20 */
        memcpy(made + i, &word, 8);
    }
    uint64_t word = eight_tail(text.text + i, len - i, ' ');
    word ^= eight_between(word, first, last) >> 2;
    memcpy(made + i, &word, 8); /* the arena leaves room behind */
    return text_part(made, len, text.flags);
}

typedef void transform(struct buf *out, const char *text, size_t len);

/* What utf8 makes of the text. */
static struct value transformed(struct text_call *call, struct value text,
                                transform *make)
{
    buf_clear(&call->scratch);
    make(&call->scratch, text.text, text.len);
    return text_keep(call, 0, &text);
}

static bool upper(struct text_call *call, const struct text_args *args,
                  struct value *answer)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = text_is_ascii(&text) ? flip_case(call, text, 'a', 'z')
                                   : transformed(call, text, utf8_upper);
    return true;
}

static bool lower(struct text_call *call, const struct text_args *args,
                  struct value *answer)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = text_is_ascii(&text) ? flip_case(call, text, 'A', 'Z')
                                   : transformed(call, text, utf8_lower);
    return true;
}

static bool title(struct text_call *call, const struct text_args *args,
                  struct value *answer)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = transformed(call, text, utf8_title);
    return true;
}

static bool nfc(struct text_call *call, const struct text_args *args,
                struct value *answer)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = text_composed(call, text);
    return true;
}

static bool ascii(struct text_call *call, const struct text_args *args,
                  struct value *answer)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = text_is_ascii(&text) ? text : transformed(call, text, utf8_ascii);
    return true;
}

/* clang-format off */
const struct text_function text_letters[] = {
    {.name = "upper", .usage = "upper(s)",
     .help = "in capital letters",
     .answer = "string", .shape = {ARG_TEXT}, .call = upper},
    {.name = "lower", .usage = "lower(s)",
     .help = "in small letters",
     .answer = "string", .shape = {ARG_TEXT}, .call = lower},
    {.name = "title", .usage = "title(s)",
     .help = "each word with a capital first letter, the rest small",
     .answer = "string", .shape = {ARG_TEXT}, .call = title},
    {.name = "nfc", .usage = "nfc(s)",
     .help = "in Unicode's composed form, NFC",
     .answer = "string", .shape = {ARG_TEXT}, .call = nfc},
    {.name = "ascii", .usage = "ascii(s)",
     .help = "Latin letters without their marks: Đặng, Dang",
     .answer = "string", .shape = {ARG_TEXT}, .call = ascii},
    {.name = NULL},
};
/* clang-format on */
