/* compile.c: a pattern's text, made into steps.
 *
 * There is one step for each single-character class with its repetition, and
 * one for each bracket, `%b`, `%f`, `%1` or final `$`. A class of any spelling
 * is a set of 256 bits, so that every test of a character is one look. */
#include <ctype.h>
#include <string.h>

#include "compile.h"
#include "letters.h"
#include "steps.h"

size_t pattern_size(size_t len)
{
    return sizeof(struct pattern) + (len + 1) * sizeof(struct step);
}

/* Sets. */

static void add_byte(struct step *step, unsigned byte)
{
    step->set[byte >> 5] |= (uint32_t)1 << (byte & 31);
}

static int is_nul(int c)
{
    return c == 0;
}

/* The letters of character classes, each with its test of the C locale. */
static const struct {
    char letter;
    int (*is)(int);
} classes[] = {
    {'a', isalpha}, {'c', iscntrl},  {'d', isdigit}, {'g', isgraph},
    {'l', islower}, {'p', ispunct},  {'s', isspace}, {'u', isupper},
    {'w', isalnum}, {'x', isxdigit}, {'z', is_nul},
};

/* What `%c` stands for: a class, its complement, or c itself. */
static void add_class(struct step *step, unsigned char c)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (classes[i].letter != tolower(c))
            continue;
        for (unsigned byte = 0; byte < 256; byte++)
            if ((classes[i].is((int)byte) != 0) == (islower(c) != 0))
                add_byte(step, byte);
        return;
    }
    add_byte(step, c);
}

/* Where the set whose content begins at `p` is closed, or NULL. A ']' that
 * comes first is an ordinary character, as is one after a '%'. */
static const char *set_end(const char *p, const char *end)
{
    do {
        if (p == end || (*p == '%' && p + 1 == end))
            return NULL;
        p += *p == '%' ? 2 : 1;
    } while (p < end && *p != ']');
    return p < end ? p : NULL;
}

/* `*at` stands after '['; then after ']'. */
static const char *compile_set(struct step *step, const char **at,
                               const char *end)
{
    const char *p = *at;
    bool complement = p < end && *p == '^';
    p += complement;
    const char *close = set_end(p, end);
    if (close == NULL)
        return "malformed pattern (missing ']')";
    while (p < close) {
        if (*p == '%' && close - p > 1) {
            add_class(step, (unsigned char)p[1]);
            p += 2;
        } else if (close - p > 2 && p[1] == '-') {
            for (unsigned c = (unsigned char)*p; c <= (unsigned char)p[2]; c++)
                add_byte(step, c);
            p += 3;
        } else {
            add_byte(step, (unsigned char)*p++);
        }
    }
    for (unsigned i = 0; complement && i < 8; i++)
        step->set[i] = ~step->set[i];
    *at = close + 1;
    return NULL;
}

/* One character class of any spelling, and what repeats it. */
static const char *compile_single(struct step *step, const char **at,
                                  const char *end)
{
    const char *why = NULL;
    unsigned char c = (unsigned char)*(*at)++;
    step->kind = KIND_SINGLE;
    if (c == '[') {
        why = compile_set(step, at, end);
    } else if (c == '%') {
        add_class(step, (unsigned char)*(*at)++);
    } else if (c == '.') {
        memset(step->set, 0xFF, sizeof step->set);
    } else {
        add_byte(step, c);
    }
    if (why == NULL && *at < end && **at != '\0' && strchr("?*+-", **at))
        step->repeat = (unsigned char)*(*at)++;
    return why;
}

/* What begins with '%'; at[1] is there. */
static const char *compile_escape(struct step *step, const char **at,
                                  const char *end)
{
    char c = (*at)[1];
    if (c == 'b') {
        if (end - *at < 4)
            return "malformed pattern (missing arguments to '%b')";
        step->kind = KIND_BALANCED;
        step->x = (unsigned char)(*at)[2];
        step->y = (unsigned char)(*at)[3];
        *at += 4;
    } else if (c == 'f') {
        *at += 2;
        if (*at == end || **at != '[')
            return "missing '[' after '%f' in pattern";
        ++*at;
        step->kind = KIND_FRONTIER;
        return compile_set(step, at, end);
    } else if (isdigit((unsigned char)c)) {
        step->kind = KIND_BACK;
        step->x = (unsigned char)(c - '1'); /* %0 is none: 255 */
        *at += 2;
    } else {
        return compile_single(step, at, end);
    }
    return NULL;
}

/* "$" is special at the very end alone, ")" and "(" everywhere. */
static const char *compile_step(struct step *step, const char **at,
                                const char *end)
{
    *step = (struct step){0};
    switch (**at) {
    case '(':
        step->kind = KIND_OPEN;
        if (end - *at > 1 && (*at)[1] == ')') {
            step->kind = KIND_PLACE;
            ++*at;
        }
        ++*at;
        return NULL;
    case ')':
        step->kind = KIND_CLOSE;
        ++*at;
        return NULL;
    case '$':
        if (*at + 1 < end)
            break;
        step->kind = KIND_TAIL;
        ++*at;
        return NULL;
    case '%':
        if (end - *at < 2)
            return "malformed pattern (ends with '%')";
        return compile_escape(step, at, end);
    }
    return compile_single(step, at, end);
}

/* What the pattern makes of letters, once its sets are known. */
static void judge_letters(struct pattern *pattern)
{
    unsigned singles = 0, known = 0;
    for (unsigned i = 0; i < pattern->count; i++) {
        struct step *step = &pattern->steps[i];
        if (step->kind != KIND_SINGLE && step->kind != KIND_FRONTIER)
            continue;
        step->letters = (unsigned char)letters_of(step->set);
        singles += step->kind == KIND_SINGLE;
        known += step->kind == KIND_SINGLE && step->letters == LETTERS_KNOWN;
    }
    pattern->letters_only = known > 0 && known == singles;
}

/* Each step takes a byte of the text at least: pattern_size holds. */
const char *pattern_compile(struct pattern *pattern, const char *text,
                            size_t len)
{
    const char *end = text + len;
    *pattern = (struct pattern){.anchored = len > 0 && *text == '^'};
    text += pattern->anchored;
    while (text < end) {
        const char *why =
            compile_step(&pattern->steps[pattern->count++], &text, end);
        if (why != NULL)
            return why;
    }
    pattern->steps[pattern->count] = (struct step){.kind = KIND_END};
    judge_letters(pattern);
    return NULL;
}
