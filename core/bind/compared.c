/* compared.c: an expression that is compared with a constant by its name.
 *
 * `status == "x" and "0" or "1"` is decided once, while the script loads, and
 * where `status` stands in another field as well nothing of it is lost
 * (expression.c). Lua asks no metatable when a table is compared with a text.
 * So the mapping's own file is looked through for such comparisons, and when
 * one of their lines is come to, whether the name is an expression's. Only the
 * file's own level counts: in a function the name may be another one's, and
 * what it is given may be an expression or a constant. */
#include "bind.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>

enum { PARTS = 3, NAME_MAX_LEN = 60 };

enum kind { END, NAME, CONSTANT, COMPARISON, AND, OTHER };

struct token {
    enum kind kind;
    const char *at;
    size_t len;
    int line;
};

/* `a.b == "x"`: the names, and where the operator stands. */
struct found {
    int line;
    unsigned parts;
    char names[PARTS][NAME_MAX_LEN + 1];
};

struct compared {
    unsigned count, cap;
    struct found *all;
};

struct scanner {
    const char *at, *end;
    int line;
};

static char peek(const struct scanner *s, size_t ahead)
{
    return (size_t)(s->end - s->at) > ahead ? s->at[ahead] : '\0';
}

static void advance(struct scanner *s, size_t len)
{
    for (; len > 0 && s->at < s->end; len--)
        s->line += *s->at++ == '\n';
}

/* The length of `[[` or `[==[` at the scanner, or 0. */
static size_t long_bracket(const struct scanner *s)
{
    size_t len = 1;
    if (peek(s, 0) != '[')
        return 0;
    while (peek(s, len) == '=')
        len++;
    return peek(s, len) == '[' ? len + 1 : 0;
}

/* To the end of `]==]`, whose opening had that length. */
static void skip_long(struct scanner *s, size_t len)
{
    advance(s, len);
    while (s->at < s->end) {
        size_t same = 1;
        while (peek(s, 0) == ']' && peek(s, same) == '=')
            same++;
        bool closes =
            peek(s, 0) == ']' && peek(s, same) == ']' && same + 1 == len;
        advance(s, closes ? len : 1);
        if (closes)
            return;
    }
}

static void skip_quoted(struct scanner *s)
{
    char quote = peek(s, 0);
    advance(s, 1);
    while (s->at < s->end && peek(s, 0) != quote && peek(s, 0) != '\n')
        advance(s, peek(s, 0) == '\\' ? 2 : 1);
    advance(s, 1);
}

static void skip_blank(struct scanner *s)
{
    for (;;) {
        while (s->at < s->end && isspace((unsigned char)*s->at))
            advance(s, 1);
        if (peek(s, 0) != '-' || peek(s, 1) != '-')
            return;
        advance(s, 2);
        size_t bracket = long_bracket(s);
        if (bracket > 0)
            skip_long(s, bracket);
        else
            while (s->at < s->end && *s->at != '\n')
                advance(s, 1);
    }
}

static bool is_word(const struct token *token, const char *word)
{
    return token->len == strlen(word) &&
           memcmp(token->at, word, token->len) == 0;
}

static void read_word(struct scanner *s, struct token *token)
{
    while (isalnum((unsigned char)peek(s, token->len)) ||
           peek(s, token->len) == '_')
        token->len++;
    advance(s, token->len);
    if (isdigit((unsigned char)*token->at) || is_word(token, "true") ||
        is_word(token, "false"))
        token->kind = CONSTANT;
    else
        token->kind = is_word(token, "and") ? AND : NAME;
}

static struct token next(struct scanner *s)
{
    skip_blank(s);
    struct token token = {.kind = OTHER, .at = s->at, .line = s->line};
    char c = peek(s, 0);
    size_t bracket = long_bracket(s);
    if (s->at == s->end) {
        token.kind = END;
    } else if (isalnum((unsigned char)c) || c == '_') {
        read_word(s, &token);
    } else if (c == '"' || c == '\'' || bracket > 0) {
        token.kind = CONSTANT;
        if (bracket > 0)
            skip_long(s, bracket);
        else
            skip_quoted(s);
    } else {
        bool compares = (c == '=' || c == '~') && peek(s, 1) == '=';
        token.kind = compares ? COMPARISON : OTHER;
        token.len = compares ? 2 : 1;
        advance(s, token.len);
    }
    return token;
}

static bool is_sign(const struct token *token, char sign)
{
    return token->kind == OTHER && *token->at == sign;
}

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
    struct compared *compared;
    struct found chain;
    struct token last;
    int operator; /* after the chain: its line, 0: none */
    int turned;
    unsigned blocks;   /* that an `end` closes */
    unsigned function; /* the outermost function's block, 0: none */
};

static void count_blocks(struct looking *at, const struct token *token)
{
    if (token->kind != NAME)
        return;
    bool function = is_word(token, "function");
    if (function || is_word(token, "if") || is_word(token, "do"))
        at->blocks++;
    if (function && at->function == 0)
        at->function = at->blocks;
    if (!is_word(token, "end") || at->blocks == 0)
        return;
    if (at->function == at->blocks)
        at->function = 0;
    at->blocks--;
}

static void look(struct looking *at, const struct token *token)
{
    const struct token *last = &at->last;
    struct found *chain = &at->chain;
    bool more = is_sign(token, '.') || is_sign(token, ':') ||
                is_sign(token, '[') || is_sign(token, '(') ||
                is_sign(token, '{') || token->kind == CONSTANT;
    count_blocks(at, token);
    bool own = at->function == 0;
    if (own && at->operator> 0 && token->kind == CONSTANT)
        keep(at->compared, chain, at->operator);
    if (own && at->turned > 0 && chain->parts > 0 && last->kind == NAME &&
        !more)
        keep(at->compared, chain, at->turned);
    at->operator= 0;
    if (token->kind == NAME && is_sign(last, '.') && chain->parts > 0) {
        add_part(chain, token);
    } else if (token->kind == NAME) {
        chain->parts = 0;
        if (!is_sign(last, '.') && !is_sign(last, ':'))
            add_part(chain, token);
    } else if ((token->kind == COMPARISON || token->kind == AND) &&
               last->kind == NAME && chain->parts > 0) {
        at->operator= token->line;
    } else if (!is_sign(token, '.') || last->kind != NAME) {
        chain->parts = 0;
    }
    if (token->kind == COMPARISON)
        at->turned = last->kind == CONSTANT ? token->line : 0;
    else if (token->kind != NAME && !is_sign(token, '.'))
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

static void refuse(lua_State *L, const struct found *found)
{
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
        if (expression_is(L, -1))
            refuse(L, found);
        lua_pop(L, 1);
    }
}

void compared_begin(struct host *host, const char *text, size_t len)
{
    struct scanner scanner = {text, text + len, 1};
    host->compared = mem_zero(1, sizeof *host->compared);
    struct looking looking = {.compared = host->compared};
    struct token token;
    do {
        token = next(&scanner);
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
