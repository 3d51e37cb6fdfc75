/* pattern.c: compiled patterns, matched with backtracking.
 *
 * Matching goes along the steps and calls itself only where it may have to
 * come back: at repetitions and at captures; each such call is for a later
 * step, and their number is bounded. Every step and every repetition counts. */
#include <string.h>

#include "letters.h"
#include "steps.h"

enum { DEPTH_MAX = 200 };

static bool in_set(const struct step *step, char c)
{
    unsigned char byte = (unsigned char)c;
    return (step->set[byte >> 5] >> (byte & 31)) & 1;
}

/* Notes that a step's set did not take the byte at `at`, if that is one of a
 * letter which it ought to know. */
static inline void note_refused(struct match *match, const struct step *step,
                                const char *at)
{
    if ((unsigned char)*at >= 0x80 && step->letters == LETTERS_KNOWN)
        match->refused |= letters_wide(match->subject, at);
}

/* And that it took these bytes. */
static inline void note_taken(struct match *match, const struct step *step,
                              const char *at, const char *end)
{
    if (step->letters != LETTERS_OTHERS)
        return;
    for (; at < end; at++)
        match->taken |=
            (unsigned char)*at >= 0x80 && letters_wide(match->subject, at);
}

static const char *go(struct match *match, const struct step *step,
                      const char *at);

/* Where trouble was met, nothing matches any more, but the steps left are told
 * as they are. */
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

/* Goes on after a step that may be come back to. */
static const char *branch(struct match *match, const struct step *step,
                          const char *at)
{
    if (match->depth == DEPTH_MAX)
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

/* Closes the last one that is open. When the rest does not match it is open
 * again, for whoever tries another way. */
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

/* Counts first and then gives back, one by one. Counting is charged as well,
 * or `.*` over a long text would be free. */
static const char *longest_first(struct match *match, const struct step *step,
                                 const char *at)
{
    const char *end = match->subject + match->len;
    ptrdiff_t min = step->repeat == '+';
    ptrdiff_t max = 0;
    while (max < end - at && in_set(step, at[max]))
        max++;
    if (max < end - at)
        note_refused(match, step, at + max);
    if (!spend(match, (size_t)max))
        return NULL;
    for (; max >= min; max--) {
        const char *matched = branch(match, step + 1, at + max);
        if (matched != NULL) {
            note_taken(match, step, at, at + max);
            return matched;
        }
        if (!spend(match, 1))
            break;
    }
    return NULL;
}

/* Takes one more only when the rest does not match without it. */
static const char *shortest_first(struct match *match, const struct step *step,
                                  const char *at)
{
    const char *start = at, *end = match->subject + match->len;
    while (spend(match, 1)) {
        const char *matched = branch(match, step + 1, at);
        if (matched != NULL) {
            note_taken(match, step, start, at);
            return matched;
        }
        if (at == end)
            break;
        if (!in_set(step, *at)) {
            note_refused(match, step, at);
            break;
        }
        at++;
    }
    return NULL;
}

/* After the bracket that closes the one at `at`, or NULL. */
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

/* Both ends of the text count as the byte 0, as Lua has it. */
static bool at_frontier(struct match *match, const struct step *step,
                        const char *at)
{
    bool first = at == match->subject, last = at == match->subject + match->len;
    char before = first ? '\0' : at[-1], after = last ? '\0' : *at;
    if (in_set(step, before) || !in_set(step, after))
        return false;
    if (!first)
        note_refused(match, step, at - 1);
    if (!last)
        note_taken(match, step, at, at + 1);
    return true;
}

/* A single character: after it, or NULL. */
static const char *single(struct match *match, const struct step *step,
                          const char *at)
{
    if (in_set(step, *at)) {
        note_taken(match, step, at, at + 1);
        return at + 1;
    }
    note_refused(match, step, at);
    return NULL;
}

/* After a repetition of an earlier capture, or NULL. */
static const char *back(struct match *match, const struct step *step,
                        const char *at)
{
    if (step->x >= match->count || match->captures[step->x].len == CAPTURE_OPEN)
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

/* A step that takes its characters without alternatives: after them. */
static const char *fixed(struct match *match, const struct step *step,
                         const char *at)
{
    const char *end = match->subject + match->len;
    switch (step->kind) {
    case KIND_SINGLE:
        return at < end ? single(match, step, at) : NULL;
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

/* Steps without alternatives are taken in a loop, so depth grows only where
 * there is something to come back to. */
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
            return longest_first(match, step, at);
        if (step->repeat == '-')
            return shortest_first(match, step, at);
        if (step->repeat == '?') {
            const char *after = at < end ? single(match, step, at) : NULL;
            const char *with = after ? branch(match, step + 1, after) : NULL;
            if (with != NULL)
                return with;
            continue;
        }
        at = fixed(match, step, at);
    }
    return NULL;
}

/* A bracket that is never closed shows only in the end, when a match is there.
 */
bool pattern_at(const struct pattern *pattern, struct match *match,
                const char *from)
{
    match->count = 0;
    match->depth = 0;
    match->trouble = NULL;
    match->refused = match->taken = false;
    match->start = from;
    match->end = go(match, pattern->steps, from);
    for (unsigned i = 0; match->end != NULL && i < match->count; i++)
        if (match->captures[i].len == CAPTURE_OPEN)
            match->end = trouble(match, "unfinished capture");
    return match->end != NULL;
}

/* An anchored pattern has one place to begin at. Where nothing is found, a
 * letter that was refused anywhere is noted. */
bool pattern_search(const struct pattern *pattern, struct match *match,
                    const char *from)
{
    const char *end = match->subject + match->len;
    bool refused = false;
    do {
        if (pattern_at(pattern, match, from))
            return true;
        refused |= match->refused;
    } while (!pattern->anchored && match->steps > 0 && match->trouble == NULL &&
             from++ < end);
    match->refused = refused;
    return false;
}

bool pattern_is_anchored(const struct pattern *pattern)
{
    return pattern->anchored;
}
