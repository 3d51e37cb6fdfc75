/* kept.c: a list of things, each variable and table once, the nearest first.
 *
 * Whatever reached a thing stands before it in the list, so that where all
 * before it are as they were, it is still there. The things themselves are
 * anchored in a table of the registry, by their numbers; a variable's thing is
 * the function that it was found in. Numbers of tables do not depend on the
 * order of their entries, as Lua has none. The first thing is the table of
 * required files: one that is added there is looked at from then on. */
#include "kept.h"

#include <stdlib.h>

#include "assigned.h"
#include "fingerprint.h"
#include "functions.h"

/* A variable (a function's, from 1) or a table (0). */
struct kept_thing {
    uint64_t number; /* 0: too large to be looked at */
    uint32_t parent;
    int upvalue;
};

enum { NO_PARENT = UINT32_MAX, MODULES = 0 };

static const char things_key;

struct look {
    lua_State *L;
    struct kept *kept;
    int things, met; /* stack indices */
};

/* Of the table on top; *entries: how many it has, at most `most`. */
static uint64_t number_of_table(lua_State *L, uint64_t most, uint64_t *entries)
{
    uint64_t number = 0;
    *entries = 0;
    if (lua_getmetatable(L, -1)) {
        number = fingerprint_of(L, -1);
        lua_pop(L, 1);
    }
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        if (*entries == most) {
            lua_pop(L, 2);
            break;
        }
        number += fingerprint_mix(fingerprint_of(L, -2), fingerprint_of(L, -1));
        ++*entries;
    }
    return number + *entries;
}

/* The order of entries is by chance, so a table that is not looked at to its
 * end has no number, and takes nothing from what may be looked at. */
static uint64_t table_now(struct kept *kept, lua_State *L, bool first)
{
    uint64_t entries;
    uint64_t left = KEPT_MAX - (first ? kept->entries : 0);
    uint64_t number = number_of_table(L, left, &entries);
    if (entries >= left)
        return 0;
    if (first)
        kept->entries += entries;
    return number | 1;
}

/* The thing on top is anchored. Pops it. */
static void add(struct look *look, uint32_t parent, int upvalue,
                uint64_t number)
{
    struct kept *kept = look->kept;
    if (kept->count == kept->cap) {
        kept->cap = kept->cap ? 2 * kept->cap : 64;
        kept->things =
            mem_resize(kept->things, kept->cap * sizeof *kept->things);
    }
    kept->things[kept->count++] = (struct kept_thing){number, parent, upvalue};
    lua_rawseti(look->L, look->things, (lua_Integer)kept->count);
}

/* Was what is on top met before? It is from now on; pops it. */
static bool is_met(struct look *look)
{
    lua_State *L = look->L;
    lua_pushvalue(L, -1);
    bool met = lua_rawget(L, look->met) != LUA_TNIL;
    lua_pop(L, 1);
    lua_pushboolean(L, 1);
    lua_rawset(L, look->met);
    return met;
}

/* Variables that functions share are one. */
static void add_function(struct look *look, int at, uint32_t parent)
{
    lua_State *L = look->L;
    for (int i = 1; lua_getupvalue(L, at, i) != NULL; i++) {
        uint64_t number = fingerprint_of(L, -1);
        lua_pop(L, 1);
        lua_pushlightuserdata(L, lua_upvalueid(L, at, i));
        if (is_met(look))
            continue;
        lua_pushvalue(L, at);
        add(look, parent, i, number);
    }
}

/* What is collected some time goes by itself. */
static bool is_weak(lua_State *L, int at)
{
    if (!lua_getmetatable(L, at))
        return false;
    lua_pushliteral(L, "__mode");
    bool weak = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 2);
    return weak;
}

/* The value on top, if there is something in it; pops it. */
static void add_value(struct look *look, uint32_t parent)
{
    lua_State *L = look->L;
    int at = lua_gettop(L), type = lua_type(L, at);
    bool wanted = type == LUA_TTABLE ? !is_weak(L, at) : script_is_own(L, at);
    if (wanted && look->kept->entries < KEPT_MAX) {
        lua_pushvalue(L, at);
        wanted = !is_met(look);
    } else {
        wanted = false; /* there is enough to look at */
    }
    if (wanted && type == LUA_TFUNCTION) {
        add_function(look, at, parent);
    } else if (wanted) {
        uint64_t number = table_now(look->kept, L, true);
        lua_pushvalue(L, at);
        add(look, parent, 0, number);
    }
    lua_settop(L, at - 1);
}

/* What can be reached from thing i in one step. Pops it. */
static void add_from(struct look *look, uint32_t i)
{
    lua_State *L = look->L;
    int at = lua_gettop(L), upvalue = look->kept->things[i].upvalue;
    if (upvalue > 0) {
        lua_getupvalue(L, at, upvalue);
        add_value(look, i);
        lua_pop(L, 1);
        return;
    }
    if (look->kept->things[i].number == 0) {
        lua_pop(L, 1);
        return;
    }
    if (lua_getmetatable(L, at))
        add_value(look, i);
    for (lua_pushnil(L); lua_next(L, at);) {
        add_value(look, i);
        lua_pushvalue(L, -1);
        add_value(look, i);
    }
    lua_pop(L, 1);
}

static void look_over(struct look *look, const struct use *use)
{
    lua_State *L = look->L;
    struct kept *kept = look->kept;
    int base = lua_gettop(L);
    luaL_checkstack(L, 20, NULL);
    kept->count = 0;
    kept->entries = kept->rows = 0;
    kept->again = false;
    if (use->mapping.ordered || !script_functions(L, use)) {
        lua_settop(L, base);
        return;
    }
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &things_key);
    lua_newtable(L);
    look->things = base + 2;
    look->met = base + 3;
    modules_push(L);
    add_value(look, NO_PARENT); /* MODULES */
    for (lua_Integer i = 1; lua_rawgeti(L, base + 1, i) != LUA_TNIL; i++)
        add_value(look, NO_PARENT);
    lua_settop(L, base + 3);
    for (uint32_t i = 0; i < kept->count; i++) {
        lua_rawgeti(L, look->things, (lua_Integer)i + 1);
        add_from(look, i);
    }
    lua_settop(L, base);
}

int kept_begin(lua_State *L)
{
    struct script *script = lua_touserdata(L, 1);
    struct look look = {.L = L, .kept = &script->kept};
    look_over(&look, script->use);
    return 0;
}

/* After the first chunk, which may be all there is; then when looking costs a
 * row no more than a few nanoseconds. */
bool kept_is_due(struct kept *kept, uint64_t rows)
{
    enum { ROWS_AN_ENTRY = 8 };
    kept->rows += rows;
    return kept->count > 0 &&
           (!kept->again || kept->rows >= ROWS_AN_ENTRY * kept->entries);
}

/* The number of thing i now. Leaves the stack as it was. */
static uint64_t number_now(struct look *look, uint32_t i)
{
    lua_State *L = look->L;
    int top = lua_gettop(L), upvalue = look->kept->things[i].upvalue;
    uint64_t number;
    lua_rawgeti(L, look->things, (lua_Integer)i + 1);
    if (upvalue > 0) {
        lua_getupvalue(L, -1, upvalue);
        number = fingerprint_of(L, -1);
    } else {
        number = table_now(look->kept, L, false);
    }
    lua_settop(L, top);
    return number;
}

/* The way from thing i up to a variable, or to the required files. */
static uint32_t find_top(const struct kept *kept, uint32_t i)
{
    while (kept->things[i].upvalue == 0 && kept->things[i].parent != NO_PARENT)
        i = kept->things[i].parent;
    return i;
}

/* Pushes `.codes`, of the name at `at`; "" of a metatable's. */
static void push_dotted(lua_State *L, int at)
{
    size_t len;
    const char *name = lua_tolstring(L, at, &len);
    if (len > 1 && memcmp(name, "__", 2) == 0)
        lua_pushliteral(L, "");
    else
        lua_pushfstring(L, ".%s", name);
}

/* Pushes the name of thing `i`, a table, in its parent, with a dot before it;
 * "" where it has none (a metatable, a variable's own table). */
static void push_member(struct look *look, uint32_t i)
{
    lua_State *L = look->L;
    uint32_t parent = look->kept->things[i].parent;
    int base = lua_gettop(L);
    lua_pushliteral(L, "");
    if (look->kept->things[parent].upvalue > 0)
        return;
    lua_rawgeti(L, look->things, (lua_Integer)i + 1);
    lua_rawgeti(L, look->things, (lua_Integer)parent + 1);
    for (lua_pushnil(L); lua_next(L, base + 3); lua_pop(L, 1))
        if (lua_rawequal(L, -1, base + 2) && lua_type(L, -2) == LUA_TSTRING) {
            push_dotted(L, lua_gettop(L) - 1);
            lua_replace(L, base + 1);
            break;
        }
    lua_settop(L, base + 1);
}

/* Pushes what the script calls thing i: `seen`, `state.codes`. */
static const char *push_name(struct look *look, uint32_t i)
{
    lua_State *L = look->L;
    uint32_t top = find_top(look->kept, i);
    const char *name = "";
    size_t len;
    int base = lua_gettop(L), upvalue = look->kept->things[top].upvalue;
    lua_pushliteral(L, "");
    for (; i != top; i = look->kept->things[i].parent) {
        push_member(look, i);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    lua_rawgeti(L, look->things, (lua_Integer)top + 1);
    if (upvalue > 0)
        name = lua_getupvalue(L, -1, upvalue);
    if (strcmp(name, "_ENV") == 0)
        name = "";
    const char *rest = lua_tolstring(L, base + 1, &len);
    lua_pushfstring(L, "%s%s", name,
                    *name != '\0' || len == 0 ? rest : rest + 1);
    lua_replace(L, base + 1);
    lua_settop(L, base + 1);
    return lua_tolstring(L, -1, NULL);
}

/* The first line of the function that uses the variable. */
struct first_use {
    int upvalue, line;
};

static void find_use(void *owner, const struct bytecode_use *use)
{
    struct first_use *first = owner;
    if (use->upvalue == first->upvalue &&
        (first->line == 0 || use->line < first->line))
        first->line = use->line;
}

static const char *push_place(struct look *look, const struct script *script,
                              uint32_t i)
{
    lua_State *L = look->L;
    uint32_t top = find_top(look->kept, i);
    struct first_use first = {.upvalue = look->kept->things[top].upvalue};
    if (first.upvalue == 0)
        return lua_pushfstring(L, "%s:%d", script->host.name,
                               script->use->line);
    lua_rawgeti(L, look->things, (lua_Integer)top + 1);
    script_uses(L, lua_gettop(L), find_use, &first);
    return script_place(L, lua_gettop(L), first.line);
}

/* A file that a row required is new; all else may be as it was. */
static int look_at_modules(struct look *look, const struct script *script)
{
    if (number_now(look, MODULES) == look->kept->things[MODULES].number)
        return 0;
    if (script_assigned(look->L, script->use))
        return lua_error(look->L);
    look_over(look, script->use);
    return 0;
}

int kept_look(lua_State *L)
{
    struct script *script = lua_touserdata(L, 1);
    struct kept *kept = &script->kept;
    struct look look = {.L = L, .kept = kept, .things = 2};
    luaL_checkstack(L, 20, NULL);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &things_key);
    kept->rows = 0;
    kept->again = true;
    for (uint32_t i = MODULES + 1; i < kept->count; i++) {
        if (kept->things[i].number == 0 ||
            number_now(&look, i) == kept->things[i].number)
            continue;
        const char *name = push_name(&look, i);
        lua_pushfstring(L, "%s: '%s' was changed %s",
                        push_place(&look, script, i), name, script_keeping);
        return lua_error(L);
    }
    return look_at_modules(&look, script);
}

void kept_release(struct kept *kept)
{
    free(kept->things);
}
