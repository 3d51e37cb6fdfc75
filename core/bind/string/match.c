/* match.c: a plan's `match`, and the one on values: no Lua stack is needed.
 *
 * Patterns are few and stay the same from row to row, so the last sixteen are
 * kept compiled. */
#include <stdlib.h>

#include "base/utf8.h"
#include "bind/bind.h"
#include "compile.h"
#include "doubt.h"
#include "pattern.h"

enum { KEPT = 16, PATTERN_MAX = 4096 };

struct match_cache {
    struct cached {
        char *text;
        size_t len;
        struct pattern *pattern;
        const char *why;
    } all[KEPT];
    unsigned next;
};

static void forget(struct cached *cached)
{
    free(cached->text);
    free(cached->pattern);
    *cached = (struct cached){0};
}

void match_cache_free(struct match_cache *cache)
{
    if (cache == NULL)
        return;
    for (unsigned i = 0; i < KEPT; i++)
        forget(&cache->all[i]);
    free(cache);
}

/* The oldest makes room. A malformed pattern is kept too, with its reason, so
 * that it is not compiled for every row. */
static struct cached *cached_pattern(struct host *host, const char *text,
                                     size_t len)
{
    if (host->matches == NULL)
        host->matches = mem_zero(1, sizeof *host->matches);
    struct match_cache *cache = host->matches;
    for (unsigned i = 0; i < KEPT; i++) {
        struct cached *each = &cache->all[i];
        if (each->text != NULL && each->len == len &&
            memcmp(each->text, text, len) == 0)
            return each;
    }
    struct cached *oldest = &cache->all[cache->next++ % KEPT];
    forget(oldest);
    oldest->text = mem_text_n(text, len);
    oldest->len = len;
    oldest->pattern = mem_alloc(pattern_size(len));
    oldest->why = pattern_compile(oldest->pattern, text, len);
    return oldest;
}

/* The budget pays by steps, and is stopped rather than raised through: a plan
 * calls this from C, with things of its own at hand. */
bool match_text(void *pointer, const struct value *text,
                const struct value *pattern, struct value *found,
                struct text_call *call)
{
    struct host *host = pointer;
    struct budget *budget = &host->budget;
    if (pattern->len > PATTERN_MAX)
        return text_refuse(call, "match: a pattern of more than %d bytes",
                           PATTERN_MAX);
    struct cached *cached = cached_pattern(host, pattern->text, pattern->len);
    struct match m = {
        .subject = text->text, .len = text->len, .steps = budget->left};
    if (cached->why != NULL)
        return text_refuse(call, "%s", cached->why);
    bool good = pattern_search(cached->pattern, &m, m.subject);
    budget->left = m.steps;
    if (m.trouble != NULL)
        return text_refuse(call, "%s", m.trouble);
    if (m.steps == 0) {
        budget_stop(budget, SPENT_INSTRUCTIONS);
        return false;
    }
    const char *saying =
        doubt_of_pattern(letters_doubt(cached->pattern, &m, good));
    if (saying != NULL && call->warnings != NULL)
        text_warn(call, WARNING_TEXT, text, "%s: %s", text_show(call, pattern),
                  saying);
    *found = (struct value){.type = VALUE_NIL};
    if (!good)
        return true;
    *found = *text;
    found->text = m.start;
    found->len = (uint32_t)(m.end - m.start);
    if (m.count > 0 && m.captures[0].len >= 0) {
        found->text = m.captures[0].at;
        found->len = (uint32_t)m.captures[0].len;
    } else if (m.count > 0) {
        *found = (struct value){.integer = m.captures[0].at - m.subject + 1,
                                .type = VALUE_INT};
        return true;
    }
    if ((found->flags & VALUE_WIDE) != 0 &&
        utf8_valid(found->text, found->len) < found->len)
        return text_refuse(call, "the pattern cuts a letter in two: %s",
                           text_show(call, text));
    return true;
}
