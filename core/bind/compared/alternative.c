/* alternative.c: a bracket keeps what stood before it, so that `col("x"):pick
 * { … } or` is seen, and `f(col "x") or` is not. `all and col "x" or col "y"`
 * is a choice. */
#include "alternative.h"

#include <string.h>

/* Does the chain end in `col`? */
static bool names_column(const struct found *chain)
{
    return chain->parts > 0 &&
           strcmp(chain->names[chain->parts - 1], "col") == 0;
}

/* `(`, `{` or `[`. A method's arguments keep what it is called on. */
static void open_level(struct alternative *at, const struct token *token,
                       const struct token *last, const struct found *chain)
{
    struct level *outer = &at->levels[at->level % LEVELS];
    struct level *inner = &at->levels[++at->level % LEVELS];
    bool name = last->kind == NAME;
    inner->held = inner->chosen = false;
    inner->opened = OTHER_CALL;
    if (name && names_column(chain) && token_is_sign(token, '(')) {
        inner->opened = COLUMN;
        outer->column = *chain;
    } else if (name && outer->held && !token_is_sign(token, '[')) {
        inner->opened = METHOD;
    } else if (!name && !token_is_sign(last, ')') &&
               token_is_sign(token, '(')) {
        inner->opened = GROUP;
    }
}

static void close_level(struct alternative *at)
{
    if (at->level == 0)
        return;
    const struct level *inner = &at->levels[at->level % LEVELS];
    struct level *outer = &at->levels[--at->level % LEVELS];
    bool group = inner->opened == GROUP && inner->held && !inner->chosen;
    if (group)
        outer->column = inner->column;
    if (inner->opened != METHOD)
        outer->held = group || inner->opened == COLUMN;
}

/* `local name =` was read: is what begins here a column? */
static void note_begun(struct alternative *at, const struct token *token,
                       const struct token *last)
{
    bool begins = token->kind == NAME && token_is_sign(last, '=') &&
                  token_is(&at->before[0], "local") &&
                  (token_is(token, "col") || token_is(token, "fast"));
    if (begins && at->begun_count < BEGUN_MAX)
        at->begun[at->begun_count++] = at->before[1];
    if (token->kind == NAME) {
        at->before[0] = at->before[1];
        at->before[1] = *token;
    }
}

static bool has_begun(const struct alternative *at, const struct token *name)
{
    for (unsigned i = 0; i < at->begun_count; i++)
        if (at->begun[i].len == name->len &&
            memcmp(at->begun[i].at, name->at, name->len) == 0)
            return true;
    return false;
}

static const struct found *at_or(struct alternative *at,
                                 const struct token *last,
                                 const struct found *chain)
{
    struct level *level = &at->levels[at->level % LEVELS];
    bool held = level->held, chosen = level->chosen;
    level->held = level->chosen = false;
    if (chosen)
        return NULL;
    if (held)
        level->column.why = AFTER_COLUMN;
    if (held || last->kind != NAME || chain->parts != 1 || !has_begun(at, last))
        return held ? &level->column : NULL;
    level->column = *chain;
    level->column.why = AFTER_NAME;
    return &level->column;
}

const struct found *alternative_look(struct alternative *at,
                                     const struct token *token,
                                     const struct token *last,
                                     const struct found *chain)
{
    struct level *level = &at->levels[at->level % LEVELS];
    bool after_name = token->kind == CONSTANT && last->kind == NAME;
    note_begun(at, token, last);
    if (token->kind == AND)
        level->chosen = true;
    else if (token_is_sign(token, ',') || token_is_sign(token, '=') ||
             token_is_sign(token, ';'))
        level->chosen = false;
    if (token_is_sign(token, '(') || token_is_sign(token, '{') ||
        token_is_sign(token, '[')) {
        open_level(at, token, last, chain);
    } else if (token_is_sign(token, ')') || token_is_sign(token, '}') ||
               token_is_sign(token, ']')) {
        close_level(at);
    } else if (after_name && names_column(chain)) {
        level->held = true;
        level->column = *chain;
    } else if (token->kind == NAME && token_is(token, "or")) {
        return at_or(at, last, chain);
    } else if (!token_is_sign(token, ':') && !token_is_sign(last, ':') &&
               !after_name) {
        level->held = false;
    }
    return NULL;
}
