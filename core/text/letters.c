/* letters.c: letters in another form: upper, lower, title, nfc, ascii.
 *
 * ASCII is done here, eight bytes at a time, and a text that is already as
 * asked for (most codes are) is borrowed. The letters of Vietnamese and its
 * neighbours have a table, filled at the first call with what utf8 makes of
 * each of them alone; so the table cannot disagree with utf8, which is asked
 * for every text that has any other letter, or one that does not stay one. */
#include "answer.h"

#include <pthread.h>

#include "base/case.h"
#include "base/scan.h"
#include "base/utf8.h"

enum { WORD = sizeof(scan_word) };

/* The ASCII letters that upper and lower change. */
struct range {
    unsigned char first, last;
};

/* Bits for what of a word belongs to a text that has `left` bytes from there.
 */
static inline uint64_t within(uint64_t mask, size_t left)
{
    return left < WORD ? mask & ((UINT64_C(1) << left) - 1) : mask;
}

/* Copies the text with these letters in the other case; true when there were
 * any. Writes whole words, for which the arena leaves room. */
static bool flip_ascii(char *made, const struct value *text, struct range range)
{
    bool any = false;
    value_copy(made, text);
    for (size_t i = 0; i < text->len; i += WORD) {
        scan_word word;
        memcpy(&word, made + i, WORD);
        scan_word flips = scan_word_but(scan_word_from(word, range.first),
                                        scan_word_from(word, range.last + 1));
        any |= within(scan_word_mask(flips), text->len - i) != 0;
        word = scan_word_flip(word, flips);
        memcpy(made + i, &word, WORD);
    }
    return any;
}

typedef void transform(struct buf *out, const char *text, size_t len);

enum { UPPER, LOWER, TITLE, ASCII, FORMS };
static transform *const transforms[FORMS] = {utf8_upper, utf8_lower, utf8_title,
                                             utf8_ascii};

/* The ranges that have a table; no marks among them, so what is made of NFC
 * text is NFC again. */
enum { LATIN = 0x250, MORE = 0x1e00, SIGNS = 0x2000, SIGNS_END = 0x2070 };
enum { LETTERS = LATIN + 0x100 + SIGNS_END - SIGNS };

static uint16_t letters[FORMS][LETTERS]; /* 0: utf8 must be asked */
static bool in_word[LETTERS];            /* title goes on small after it */
/* Upper and lower of the letters of two bytes, and of three from U+1E00 to
 * U+1EFF, where they keep their width: the last two bytes; 0: others. */
static uint16_t pairs[2][LATIN + 0x100];
static pthread_once_t letters_once = PTHREAD_ONCE_INIT;

static int32_t rune_of(unsigned index)
{
    if (index < LATIN)
        return (int32_t)index;
    index -= LATIN;
    return (int32_t)(index < 0x100 ? MORE + index : SIGNS + index - 0x100);
}

static inline char *put_rune(char *at, unsigned rune)
{
    if (rune < 0x80) {
        *at++ = (char)rune;
    } else if (rune < 0x800) {
        *at++ = (char)(0xc0 | rune >> 6);
        *at++ = (char)(0x80 | (rune & 0x3f));
    } else {
        *at++ = (char)(0xe0 | rune >> 12);
        *at++ = (char)(0x80 | (rune >> 6 & 0x3f));
        *at++ = (char)(0x80 | (rune & 0x3f));
    }
    return at;
}

/* What a text that is not VALUE_SPECIAL may hold (value.h), beyond ASCII. */
static bool is_usual(int32_t rune)
{
    return rune < 0x80 || (rune >= 0xC0 && rune < 0x1C0) ||
           (rune >= 0x1E00 && rune < 0x1F00);
}

/* The tables are made from utf8proc's answers, so they cannot differ from it.
 * What becomes longer, more than one letter, or an unusual one, stays out. */
static void fill_letter(unsigned index, struct buf *in, struct buf *out)
{
    buf_clear(in);
    utf8_put(in, rune_of(index));
    for (unsigned form = 0; form < FORMS; form++) {
        buf_clear(out);
        transforms[form](out, in->at, in->len);
        const char *at = out->at, *end = at + out->len;
        int32_t to = out->len > 0 ? utf8_next(&at, end) : 0;
        if (at == end && out->len <= in->len && to > 0 &&
            (is_usual(to) || !is_usual(rune_of(index))))
            letters[form][index] = (uint16_t)to;
    }
    buf_putc(in, 'A');
    buf_clear(out);
    utf8_title(out, in->at, in->len);
    in_word[index] = out->at[out->len - 1] == 'a';
}

/* A letter of the tables that keeps its width, from one case to the other. */
static void fill_pair(unsigned form, unsigned index)
{
    char from[4], to[4];
    char *end = put_rune(from, (unsigned)rune_of(index));
    size_t width = (size_t)(end - from);
    unsigned into = letters[form][index];
    if (into != 0 && width >= 2 && (size_t)(put_rune(to, into) - to) == width &&
        (width == 2 || memcmp(from, to, 1) == 0))
        memcpy(&pairs[form][index], to + width - 2, 2);
}

static void fill_letters(void)
{
    struct buf in = {0}, out = {0};
    for (unsigned i = 0; i < LETTERS; i++)
        fill_letter(i, &in, &out);
    for (unsigned i = 0; i < LATIN + 0x100; i++) {
        fill_pair(UPPER, i);
        fill_pair(LOWER, i);
    }
    buf_release(&in);
    buf_release(&out);
}

/* The letter at *at, which moves after it, as an index; LETTERS: it is not
 * in the tables. */
static inline unsigned next_letter(const unsigned char **at,
                                   const unsigned char *end, unsigned *rune)
{
    const unsigned char *byte = *at;
    *at = byte + 1;
    if (byte[0] < 0x80)
        return *rune = byte[0];
    if (byte[0] < 0xe0 && end - byte >= 2) {
        *rune = (byte[0] & 0x1fu) << 6 | (byte[1] & 0x3fu);
        *at = byte + 2;
        return *rune < LATIN ? *rune : LETTERS;
    }
    if (byte[0] > 0xe2 || end - byte < 3)
        return LETTERS;
    *rune =
        (byte[0] & 0x0fu) << 12 | (byte[1] & 0x3fu) << 6 | (byte[2] & 0x3fu);
    *at = byte + 3;
    if (*rune - MORE < 0x100)
        return LATIN + *rune - MORE;
    return *rune - SIGNS < SIGNS_END - SIGNS ? LATIN + 0x100 + *rune - SIGNS
                                             : LETTERS;
}

/* By the tables: the first letter of a word by `head`, the others by `rest`;
 * false when a letter is not in them. */
static inline bool by_tables(struct text_call *call, struct value text,
                             const uint16_t *head, const uint16_t *rest,
                             struct value *answer)
{
    const unsigned char *at = (const unsigned char *)text.text;
    const unsigned char *end = at + text.len;
    char *made = arena_alloc(call->arena, text.len), *to = made;
    const uint16_t *table = head;
    unsigned rune = 0, wide = 0, changed = 0;
    while (at < end) {
        unsigned index = next_letter(&at, end, &rune);
        if (index == LETTERS || table[index] == 0)
            return false;
        unsigned into = table[index];
        changed |= into ^ rune;
        wide |= into;
        to = put_rune(to, into);
        if (head != rest)
            table = in_word[index] ? rest : head;
    }
    *answer = text;
    if (changed)
        *answer = text_part(made, (size_t)(to - made),
                            (uint8_t)((text.flags & VALUE_SPECIAL) |
                                      (wide >= 0x80 ? VALUE_WIDE : 0)));
    return true;
}

static bool by_form(struct text_call *call, struct value text, unsigned form,
                    struct value *answer)
{
    pthread_once(&letters_once, fill_letters);
    if (form == TITLE)
        return by_tables(call, text, letters[TITLE], letters[LOWER], answer);
    return by_tables(call, text, letters[form], letters[form], answer);
}

/* The letter that begins at `at`, into the other case; false: it does not keep
 * its width, or has no table. *changed: it was another. */
static inline bool flip_pair(char *at, const char *end, const uint16_t *table,
                             bool *changed)
{
    bool three = *at == '\xE1';
    unsigned char high = (unsigned char)*(at += three);
    unsigned char low = (unsigned char)at[1];
    unsigned index = three ? LATIN + ((high & 3u) << 6 | (low & 0x3fu))
                           : (high & 0x3fu) << 6 | (low & 0x3fu);
    bool known = three ? (high & 0xFC) == 0xB8 : index < LATIN;
    if (!known || end - at < 2 || table[index] == 0)
        return false;
    *changed |= memcmp(at, &table[index], 2) != 0;
    memcpy(at, &table[index], 2);
    return true;
}

/* Upper and lower, where every letter keeps its width: all ASCII at once, and
 * then the others in their places. False when one does not, or has no table. */
static bool in_place(struct text_call *call, struct value text, unsigned form,
                     struct range range, struct value *answer)
{
    char *made = arena_alloc(call->arena, text.len), *end = made + text.len;
    bool changed = flip_ascii(made, &text, range);
    pthread_once(&letters_once, fill_letters);
    for (char *at = made; at < end; at += WORD) {
        scan_word word;
        memcpy(&word, at, WORD);
        uint64_t leads = within(scan_word_mask(scan_word_from(word, 0xC0)),
                                (size_t)(end - at));
        for (; leads != 0; leads &= leads - 1)
            if (!flip_pair(at + scan_first(leads), end, pairs[form], &changed))
                return false;
    }
    *answer = changed ? text_part(made, text.len, text.flags) : text;
    return true;
}

/* What utf8 makes of the text. */
static struct value transformed(struct text_call *call, struct value text,
                                unsigned form)
{
    struct value answer;
    if (by_form(call, text, form, &answer))
        return answer;
    buf_clear(&call->scratch);
    transforms[form](&call->scratch, text.text, text.len);
    return text_keep(call, 0, &text);
}

static bool other_case(struct text_call *call, const struct text_args *args,
                       struct value *answer, unsigned form, struct range range)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = text;
    if (!text_is_ascii(&text)) {
        if (!in_place(call, text, form, range, answer))
            *answer = transformed(call, text, form);
    } else if (text.len > 0) {
        char *made = arena_alloc(call->arena, text.len);
        if (flip_ascii(made, &text, range))
            *answer = text_part(made, text.len, text.flags);
    }
    return true;
}

static bool upper(struct text_call *call, const struct text_args *args,
                  struct value *answer)
{
    return other_case(call, args, answer, UPPER, (struct range){'a', 'z'});
}

static bool lower(struct text_call *call, const struct text_args *args,
                  struct value *answer)
{
    return other_case(call, args, answer, LOWER, (struct range){'A', 'Z'});
}

static bool title(struct text_call *call, const struct text_args *args,
                  struct value *answer)
{
    struct value text;
    if (!text_argument(call, args, 0, &text))
        return false;
    *answer = transformed(call, text, TITLE);
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
    *answer = text_is_ascii(&text) ? text : transformed(call, text, ASCII);
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
