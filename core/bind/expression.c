/* expression.c: expressions and mappings that a script makes while it is
 * loaded.
 *
 * An expression stands for the values of rows to come. What Lua does with it
 * while the script is loaded, as `col "X" == "y" and "0" or "1"`, is decided
 * there and then, once for all rows, and nothing of it is left for a plan to
 * see but a constant. So each is noted where it is made, and one that no field
 * and no `where` holds in the end was lost that way. A required file may hold
 * more of them than a mapping takes: those are not noted.
 *
 * Registry: a list of all that was made, in order, and a set of what was
 * reached, while the script is loaded. Tables are read raw. */
#include <stdio.h>

#include "bind.h"

enum { DEPTH = 200, STACK_A_LEVEL = 4, SHOWN_LINES = 8 };

static const char list_key, reached_key;

/* Pushes the table of that key, made where it is not there. */
static void push_own(lua_State *L, const void *key)
{
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, key) == LUA_TTABLE)
        return;
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

/* Pushes the raw field; its type. */
static int part(lua_State *L, int at, const char *name)
{
    at = lua_absindex(L, at);
    name_push(L, name);
    return lua_rawget(L, at);
}

static bool is_kind(lua_State *L, int at, const char *kind)
{
    bool is = part(L, at, "kind") == LUA_TSTRING &&
              strcmp(lua_tolstring(L, -1, NULL), kind) == 0;
    lua_pop(L, 1);
    return is;
}

/* Is the innermost line of a script's in the mapping's own file? After a tail
 * call it is seen no more: then the file is whichever is being loaded. */
static bool in_own_file(lua_State *L)
{
    lua_Debug ar;
    const struct host *host = host_of(L);
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "S", &ar);
        if (ar.source[0] == '@')
            return host->requiring == 0 &&
                   strcmp(ar.source + 1, host->name) == 0;
    }
    return host->requiring == 0;
}

/* Once rows are mapped there is no field any more that could take it. */
void expression_note(lua_State *L, int at)
{
    struct host *host = host_of(L);
    bool mapping = is_kind(L, at, "mapping");
    at = lua_absindex(L, at);
    if (!host->loading && host->requiring == 0 && !mapping)
        host_error(L, "an expression is for `fields` and `where`: a function "
                      "works with values, row[\"Column\"], "
                      "fast.upper(row[\"Column\"])");
    if (!host->loading || (!mapping && !in_own_file(L)))
        return;
    push_own(L, &list_key);
    lua_pushvalue(L, at);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
}

/* native.made(table): notes it and answers it. */
static int made(lua_State *L)
{
    lua_settop(L, 1);
    expression_note(L, 1);
    return 1;
}

/* The set of what was reached stands at `set`. What is nested deeper than a
 * plan takes is not looked at. */
static void reach(lua_State *L, int at, int set, int depth)
{
    if (lua_type(L, at) != LUA_TTABLE || depth > DEPTH)
        return;
    luaL_checkstack(L, STACK_A_LEVEL, NULL);
    lua_pushvalue(L, at);
    bool known = lua_rawget(L, set) != LUA_TNIL;
    bool expression = part(L, at, "kind") == LUA_TSTRING;
    lua_pop(L, 2);
    if (known || !expression)
        return;
    lua_pushvalue(L, at);
    lua_pushboolean(L, 1);
    lua_rawset(L, set);
    lua_Integer count = 0;
    if (part(L, at, "n") == LUA_TNUMBER)
        count = lua_tointeger(L, -1);
    lua_pop(L, 1);
    for (lua_Integer i = 1; i <= count && i <= TEXT_MAX_ARGS; i++) {
        lua_rawgeti(L, at, i);
        reach(L, lua_gettop(L), set, depth + 1);
        lua_pop(L, 1);
    }
}

/* All that the mapping at `at` holds. */
static void reach_mapping(lua_State *L, int at, int set)
{
    part(L, at, "where");
    reach(L, lua_gettop(L), set, 0);
    lua_pop(L, 1);
    if (part(L, at, "fields") == LUA_TTABLE) {
        int fields = lua_gettop(L);
        for (lua_pushnil(L); lua_next(L, fields); lua_pop(L, 1))
            reach(L, lua_gettop(L), set, 0);
    }
    lua_pop(L, 1);
}

/* Pushes the expression as the script wrote it, in short. */
static const char *push_shown(lua_State *L, int at)
{
    if (is_kind(L, at, "with"))
        return lua_pushliteral(L, "fast.with(…)");
    bool column = is_kind(L, at, "column");
    if (part(L, at, "position") == LUA_TNUMBER)
        lua_pushfstring(L, "col(%I)", (LUAI_UACINT)lua_tointeger(L, -1));
    else if (part(L, at, "name") == LUA_TSTRING)
        lua_pushfstring(L, column ? "col \"%s\"" : "%s(…)",
                        lua_tolstring(L, -1, NULL));
    else
        lua_pushliteral(L, "an expression");
    return lua_tolstring(L, -1, NULL);
}

bool expression_is(lua_State *L, int at)
{
    return lua_type(L, at) == LUA_TTABLE &&
           (is_kind(L, at, "column") || is_kind(L, at, "call") ||
            is_kind(L, at, "with"));
}

/* What is known of the expressions that were lost. */
struct lost {
    unsigned count;                /* of lines that hold some */
    int first;                     /* its stack index */
    lua_Integer line[SHOWN_LINES]; /* the last ones of these are the first */
};

static lua_Integer line_of(lua_State *L, int at)
{
    part(L, at, "line");
    lua_Integer line = lua_tointeger(L, -1);
    lua_pop(L, 1);
    return line;
}

/* A loop may lose many on one line. */
static void note_line(struct lost *lost, lua_Integer line)
{
    if (lost->count > 0 && lost->line[(lost->count - 1) % SHOWN_LINES] == line)
        return;
    lost->line[lost->count++ % SHOWN_LINES] = line;
}

/* From the last one to the first: what is made of others is made after them,
 * and stands for them. */
static void find_lost(lua_State *L, int list, int set, struct lost *lost)
{
    for (lua_Integer i = (lua_Integer)lua_rawlen(L, list); i >= 1; i--) {
        lua_rawgeti(L, list, i);
        int at = lua_gettop(L);
        lua_pushvalue(L, at);
        bool reached = lua_rawget(L, set) != LUA_TNIL;
        lua_pop(L, 1);
        if (!reached && !is_kind(L, at, "mapping")) {
            reach(L, at, set, 0);
            note_line(lost, line_of(L, at));
            lua_replace(L, lost->first);
        }
        lua_settop(L, at - 1);
    }
}

/* `, and on lines 8, 9 too` */
static void add_lines(const struct lost *lost, struct buf *text)
{
    unsigned others = lost->count - 1;
    unsigned shown = others < SHOWN_LINES - 1 ? others : SHOWN_LINES - 1;
    if (others == 0)
        return;
    buf_puts(text, others == 1 ? "; so does one on line "
                               : "; so do those on lines ");
    for (unsigned i = 1; i <= shown; i++)
        buf_addf(text, "%s%lld", i > 1 ? ", " : "",
                 (long long)lost->line[(others - i) % SHOWN_LINES]);
    if (shown < others)
        buf_addf(text, " and %u more", others - shown);
}

static void say_lost(lua_State *L, const struct lost *lost)
{
    char lines[200];
    struct buf text = {0};
    const char *shown = push_shown(L, lost->first);
    add_lines(lost, &text);
    snprintf(lines, sizeof lines, "%s", buf_text(&text));
    buf_release(&text);
    lua_pushfstring(
        L,
        "%s:%I: %s reaches no field%s: `==`, `~=`, `and`, `or`, `not` and `if` "
        "decide once, while the script loads; for each row decide %s:pick { … "
        "}, fast.first(a, b), fast.with(%s, function(value) … end) and "
        "function(row) … end (expressions of which a mapping takes only some "
        "belong in a file of their own, to be required)",
        host_of(L)->name, (LUAI_UACINT)line_of(L, lost->first), shown, lines,
        shown, shown);
    lua_error(L);
}

void expression_check(lua_State *L)
{
    luaL_checkstack(L, 10, NULL);
    int top = lua_gettop(L);
    struct lost lost = {.first = top + 3};
    push_own(L, &list_key);
    push_own(L, &reached_key);
    lua_pushnil(L);
    for (lua_Integer i = (lua_Integer)lua_rawlen(L, top + 1); i >= 1; i--) {
        lua_rawgeti(L, top + 1, i);
        if (is_kind(L, top + 4, "mapping"))
            reach_mapping(L, top + 4, top + 2);
        lua_settop(L, top + 3);
    }
    find_lost(L, top + 1, top + 2, &lost);
    if (lost.count > 0)
        say_lost(L, &lost);
    lua_settop(L, top);
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &list_key);
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &reached_key);
}

/* native.shown(expression): as the script wrote it, in short. */
static int shown(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    push_shown(L, 1);
    return 1;
}

const struct binding binding_expression = {
    .functions =
        (const luaL_Reg[]){{"made", made}, {"shown", shown}, {NULL, NULL}}};
