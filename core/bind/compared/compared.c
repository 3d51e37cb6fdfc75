/* compared.c: an expression that is compared with a constant by its name, and
 * what stands after `col "…" or`.
 *
 * `status == "x" and "0" or "1"` is decided once, while the script loads, and
 * where `status` stands in another field as well nothing of it is lost
 * (expression.c). Lua asks no metatable when a table is compared with a text.
 * So the mapping's own file is looked through for such comparisons, and when
 * one of their lines is come to, whether the name is an expression's. Only the
 * file's own level counts: in a function the name may be another one's, and
 * what it is given may be an expression or a constant. What `col` answers is
 * never nil, so what follows `or` would be looked at for no row. */
#include <stdio.h>
#include <stdlib.h>

#include "alternative.h"
#include "bind/bind.h"

struct compared {
    unsigned count, cap;
    struct found *all;
};

/* Adds a name to the chain, which ends it where it is too long. */
static void add_part(struct found *chain, const struct token *name)
{
    if (chain->parts >= PARTS || name->len > NAME_MAX_LEN) {
        chain->parts = 0;
        return;
    }
    char *part = chain->names[chain->parts++];
    memcpy(part, name->at, name->len);
    part[name->len] = '\0';
}

static void keep(struct compared *compared, const struct found *chain, int line)
{
    if (compared->count == compared->cap) {
        compared->cap = compared->cap * 2 + 8;
        compared->all =
            mem_resize(compared->all, compared->cap * sizeof *compared->all);
    }
    compared->all[compared->count] = *chain;
    compared->all[compared->count++].line = line;
}

/* The tokens one after the other: `chain` are the names that stand just before
 * this one, `turned` the line of a comparison whose left side is a constant. */
struct looking {
    struct compared *found;
    struct found chain;
    struct token last;
    int operated; /* the chain's operator stands there, 0: none */
    int turned;
    unsigned blocks;   /* that an `end` closes */
    unsigned function; /* the outermost function's block, 0: none */
    struct alternative alternative;
};

static void count_blocks(struct looking *at, const struct token *token)
{
    if (token->kind != NAME)
        return;
    bool function = token_is(token, "function");
    if (function || token_is(token, "if") || token_is(token, "do"))
        at->blocks++;
    if (function && at->function == 0)
        at->function = at->blocks;
    if (!token_is(token, "end") || at->blocks == 0)
        return;
    if (at->function == at->blocks)
        at->function = 0;
    at->blocks--;
}

static void look(struct looking *at, const struct token *token)
{
    const struct token *last = &at->last;
    struct found *chain = &at->chain;
    bool more = token_is_sign(token, '.') || token_is_sign(token, ':') ||
                token_is_sign(token, '[') || token_is_sign(token, '(') ||
                token_is_sign(token, '{') || token->kind == CONSTANT;
    count_blocks(at, token);
    bool own = at->function == 0;
    const struct found *alternative =
        alternative_look(&at->alternative, token, last, chain);
    if (own && alternative != NULL)
        keep(at->found, alternative, token->line);
    if (own && at->operated > 0 && token->kind == CONSTANT)
        keep(at->found, chain, at->operated);
    if (own && at->turned > 0 && chain->parts > 0 && last->kind == NAME &&
        !more)
        keep(at->found, chain, at->turned);
    at->operated = 0;
    if (token->kind == NAME && token_is_sign(last, '.') && chain->parts > 0) {
        add_part(chain, token);
    } else if (token->kind == NAME) {
        chain->parts = 0;
        if (!token_is_sign(last, '.') && !token_is_sign(last, ':'))
            add_part(chain, token);
    } else if ((token->kind == COMPARISON || token->kind == AND) &&
               last->kind == NAME && chain->parts > 0) {
        at->operated = token->line;
    } else if (!token_is_sign(token, '.') || last->kind != NAME) {
        chain->parts = 0;
    }
    if (token->kind == COMPARISON)
        at->turned = last->kind == CONSTANT ? token->line : 0;
    else if (token->kind != NAME && !token_is_sign(token, '.'))
        at->turned = 0;
    at->last = *token;
}

/* Pushes the local variable of that name of the function in `ar`. */
static bool push_local(lua_State *L, lua_Debug *ar, const char *name)
{
    int found = 0;
    const char *local;
    for (int i = 1; (local = lua_getlocal(L, ar, i)) != NULL; i++) {
        if (strcmp(local, name) == 0)
            found = i; /* the innermost is the last */
        lua_pop(L, 1);
    }
    return found > 0 && lua_getlocal(L, ar, found) != NULL;
}

/* Pushes what the names lead to; false: nothing was pushed. */
static bool push_named(lua_State *L, lua_Debug *ar, const struct found *found)
{
    if (!push_local(L, ar, found->names[0]))
        return false;
    for (unsigned i = 1; i < found->parts; i++) {
        bool table = lua_type(L, -1) == LUA_TTABLE;
        if (table) {
            name_push(L, found->names[i]);
            lua_rawget(L, -2);
        }
        lua_remove(L, table ? -2 : -1);
        if (!table)
            return false;
    }
    return true;
}

/* Is the function on top the library's `col`, and not one of a script? */
static bool is_library_column(lua_State *L)
{
    lua_Debug about;
    if (!lua_isfunction(L, -1))
        return false;
    lua_pushvalue(L, -1);
    lua_getinfo(L, ">S", &about);
    return strncmp(about.source, "=lua/", 5) == 0;
}

static void refuse_alternative(lua_State *L, const struct found *found)
{
    const char *name = found->names[found->parts - 1];
    const char *call = found->why == AFTER_COLUMN ? " \"…\"" : "";
    host_error(L,
               "`or` after %s%s is decided once, while the script loads: an "
               "expression is never nil, and what follows is never used; for "
               "each row decide fast.first(a, b) and %s%s:default(…)",
               name, call, name, call);
}

static void refuse(lua_State *L, const struct found *found)
{
    if (found->why != COMPARED)
        refuse_alternative(L, found);
    char name[PARTS * (NAME_MAX_LEN + 1)];
    size_t len = 0;
    for (unsigned i = 0; i < found->parts; i++)
        len += (size_t)snprintf(name + len, sizeof name - len, "%s%s",
                                i > 0 ? "." : "", found->names[i]);
    host_error(L,
               "%s is an expression: `==`, `~=` and `and` decide once, while "
               "the script loads; for each row decide %s:pick { … }, "
               "fast.with(%s, function(value) … end) and function(row) … end",
               name, name, name);
}

void compared_line(lua_State *L, lua_Debug *ar)
{
    const struct host *host = host_of(L);
    const struct compared *compared = host->compared;
    if (compared == NULL || *ar->what != 'm' ||
        strcmp(ar->source + 1, host->name) != 0)
        return;
    for (unsigned i = 0; i < compared->count; i++) {
        const struct found *found = &compared->all[i];
        if (found->line != ar->currentline)
            continue;
        luaL_checkstack(L, 6, NULL);
        if (!push_named(L, ar, found))
            continue;
        if (found->why == AFTER_COLUMN ? is_library_column(L)
                                       : expression_is(L, -1))
            refuse(L, found);
        lua_pop(L, 1);
    }
}

void compared_begin(struct host *host, const char *text, size_t len)
{
    struct scanner scanner = {text, text + len, 1};
    host->compared = mem_zero(1, sizeof *host->compared);
    struct looking looking = {.found = host->compared};
    struct token token;
    do {
        token = scan_next(&scanner);
        look(&looking, &token);
    } while (token.kind != END);
}

void compared_end(struct host *host)
{
    if (host->compared != NULL)
        free(host->compared->all);
    free(host->compared);
    host->compared = NULL;
}
