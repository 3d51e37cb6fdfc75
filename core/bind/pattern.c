/* pattern.c: Lua patterns, compiled to steps and matched with backtracking.
 *
 * A pattern becomes a row of steps: one for each single-character class with
 * its repetition, one for each bracket, `%b`, `%f`, `%1` or final `$`. A class
 * is a set of 256 bits, so that every test is one look. Matching goes along
 * the row and calls itself only where it may have to come back: at repetitions
 * and at captures; each such call is for a later step, and their number is
 * bounded. Every step and every repetition counts. */
#include "pattern.h"

#include <ctype.h>
#include <string.h>

enum { DEPTH_MOST = 200 };

enum kind {
    KIND_END,
    KIND_SINGLE,
    KIND_OPEN,
    KIND_PLACE, /* () */
    KIND_CLOSE,
    KIND_BALANCED, /* %bxy */
    KIND_FRONTIER, /* %f[set] */
    KIND_BACK,     /* %1 */
    KIND_TAIL,     /* final $ */
};

struct step {
    unsigned char kind;
    unsigned char repeat; /* '\0', '?', '*', '+' or '-' */
    unsigned char x, y;   /* of %bxy; x: the capture of %1 */
    uint32_t set[8];
};

struct pattern {
    bool anchored;
    unsigned count;
    struct step steps[];
};

size_t pattern_size(size_t len)
{
    return sizeof(struct pattern) + (len + 1) * sizeof(struct step);
}

bool pattern_is_anchored(const struct pattern *pattern)
{
    return pattern->anchored;
}

/* Sets. */

static bool in_set(const struct step *step, char c)
{
    unsigned char byte = (unsigned char)c;
    return (step->set[byte >> 5] >> (byte & 31)) & 1;
}

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
    {'a', isalpha}, {'c', iscntrl}, {'d', isdigit}, {'g', isgraph},
    {'l', islower}, {'p', ispunct}, {'s', isspace}, {'u', isupper},
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
 * comes first is an ordinary character, as is one behind a '%'. */
static const char *set_end(const char *p, const char *end)
{
    do {
        if (p == end || (*p == '%' && p + 1 == end))
            return NULL;
        p += *p == '%' ? 2 : 1;
    } while (p < end && *p != ']');
    return p < end ? p : NULL;
}

/* `*at` stands behind '['; afterwards behind ']'. */
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
    return NULL;
}

/* Matching. */

static const char *go(struct match *match, const struct step *step,
                      const char *at);

static bool spend(struct match *match, size_t steps)
{
    if (match->trouble != NULL || match->steps <= steps) {
        match->steps = match->trouble ? match->steps : 0;
        return false;
    }
    match->steps -= steps;
    return true;
}

static const char *trouble(struct match *match, const char *what)
{
    if (match->trouble == NULL)
        match->trouble = what;
    return NULL;
}

/* Goes on behind a step that may be come back to. */
static const char *branch(struct match *match, const struct step *step,
                          const char *at)
{
    if (match->depth == DEPTH_MOST)
        return trouble(match, "pattern too complex");
    match->depth++;
    const char *end = go(match, step, at);
    match->depth--;
    return end;
}

static const char *open_capture(struct match *match, const struct step *step,
                                const char *at, ptrdiff_t len)
{
    if (match->count == PATTERN_CAPTURES)
        return trouble(match, "too many captures");
    match->captures[match->count++] = (struct capture){at, len};
    const char *end = branch(match, step + 1, at);
    if (end == NULL)
        match->count--;
    return end;
}

static const char *close_capture(struct match *match, const struct step *step,
                                 const char *at)
{
    unsigned i = match->count;
    while (i > 0 && match->captures[i - 1].len != CAPTURE_OPEN)
        i--;
    if (i == 0)
        return trouble(match, "invalid pattern capture");
    struct capture *capture = &match->captures[i - 1];
    capture->len = at - capture->at;
    const char *end = branch(match, step + 1, at);
    if (end == NULL)
        capture->len = CAPTURE_OPEN;
    return end;
}

static const char *most_first(struct match *match, const struct step *step,
                              const char *at)
{
    const char *end = match->subject + match->len;
    ptrdiff_t least = step->repeat == '+';
    ptrdiff_t most = 0;
    while (most < end - at && in_set(step, at[most]))
        most++;
    if (!spend(match, (size_t)most))
        return NULL;
    for (; most >= least; most--) {
        const char *matched = branch(match, step + 1, at + most);
        if (matched != NULL)
            return matched;
        if (!spend(match, 1))
            break;
    }
    return NULL;
}

static const char *least_first(struct match *match, const struct step *step,
                               const char *at)
{
    const char *end = match->subject + match->len;
    while (spend(match, 1)) {
        const char *matched = branch(match, step + 1, at);
        if (matched != NULL)
            return matched;
        if (at == end || !in_set(step, *at))
            break;
        at++;
    }
    return NULL;
}

/* Behind the bracket that closes the one at `at`, or NULL. */
static const char *balanced(struct match *match, const struct step *step,
                            const char *at)
{
    const char *end = match->subject + match->len;
    const char *start = at;
    size_t level = 1;
    if (at == end || (unsigned char)*at != step->x)
        return NULL;
    while (++at < end && level > 0) {
        if ((unsigned char)*at == step->y)
            level--;
        else if ((unsigned char)*at == step->x)
            level++;
    }
    return spend(match, (size_t)(at - start)) && level == 0 ? at : NULL;
}

static bool at_frontier(const struct match *match, const struct step *step,
                        const char *at)
{
    char before = at == match->subject ? '\0' : at[-1];
    char behind = at == match->subject + match->len ? '\0' : *at;
    return !in_set(step, before) && in_set(step, behind);
}

/* Behind a repetition of an earlier capture, or NULL. */
static const char *back(struct match *match, const struct step *step,
                        const char *at)
{
    if (step->x >= match->count ||
        match->captures[step->x].len == CAPTURE_OPEN)
        return trouble(match, "invalid capture index in pattern");
    const struct capture *capture = &match->captures[step->x];
    if (capture->len < 0)
        return NULL;
    size_t len = (size_t)capture->len;
    if (len > (size_t)(match->subject + match->len - at) ||
        !spend(match, len / 8) || memcmp(capture->at, at, len) != 0)
        return NULL;
    return at + len;
}

/* A step that takes its characters without alternatives: behind them. */
static const char *fixed(struct match *match, const struct step *step,
                         const char *at)
{
    const char *end = match->subject + match->len;
    switch (step->kind) {
    case KIND_SINGLE:
        return at < end && in_set(step, *at) ? at + 1 : NULL;
    case KIND_BALANCED:
        return balanced(match, step, at);
    case KIND_FRONTIER:
        return at_frontier(match, step, at) ? at : NULL;
    case KIND_BACK:
        return back(match, step, at);
    case KIND_TAIL:
        return at == end ? at : NULL;
    }
    return NULL;
}

static const char *go(struct match *match, const struct step *step,
                      const char *at)
{
    const char *end = match->subject + match->len;
    for (; at != NULL && spend(match, 1); step++) {
        switch (step->kind) {
        case KIND_END:
            return at;
        case KIND_OPEN:
            return open_capture(match, step, at, CAPTURE_OPEN);
        case KIND_PLACE:
            return open_capture(match, step, at, CAPTURE_PLACE);
        case KIND_CLOSE:
            return close_capture(match, step, at);
        }
        if (step->repeat == '*' || step->repeat == '+')
            return most_first(match, step, at);
        if (step->repeat == '-')
            return least_first(match, step, at);
        if (step->repeat == '?') {
            bool there = at < end && in_set(step, *at);
            const char *with = there ? branch(match, step + 1, at + 1) : NULL;
            if (with != NULL)
                return with;
            continue;
        }
        at = fixed(match, step, at);
    }
    return NULL;
}

bool pattern_at(const struct pattern *pattern, struct match *match,
                const char *from)
{
    match->count = 0;
    match->depth = 0;
    match->trouble = NULL;
    match->start = from;
    match->end = go(match, pattern->steps, from);
    for (unsigned i = 0; match->end != NULL && i < match->count; i++)
        if (match->captures[i].len == CAPTURE_OPEN)
            match->end = trouble(match, "unfinished capture");
    return match->end != NULL;
}

bool pattern_search(const struct pattern *pattern, struct match *match,
                    const char *from)
{
    const char *end = match->subject + match->len;
    do {
        if (pattern_at(pattern, match, from))
            return true;
    } while (!pattern->anchored && match->steps > 0 &&
             match->trouble == NULL && from++ < end);
    return false;
}
