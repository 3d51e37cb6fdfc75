/* pick.c: a Lua table read once, so that a row looks nothing up in Lua. */
#include "pick.h"

#include <lauxlib.h>
#include <stdio.h>

#include "base/utf8.h"
#include "constant.h"
#include "table.h"

/* A key of pick's table as the text that meets it. */
static bool lookup_key(struct plan_compiler *compiler, int index,
                       const char *what, struct value *key)
{
    struct value constant;
    if (lua_type(compiler->L, index) == LUA_TLIGHTUSERDATA)
        return plan_fault(compiler, "%s has a key that is no text", what);
    if (!plan_constant(compiler, index, what, &constant))
        return false;
    struct text_call *call = &compiler->plan->call;
    call->arena = compiler->memory;
    return text_of(call, &constant, key);
}

static uint32_t count_entries(lua_State *L, int index)
{
    uint32_t count = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
        count++;
    return count;
}

/* The entry on the top of the stack: key, value. */
static bool add_entry(struct plan_compiler *compiler, struct plan_table *table,
                      const char *what)
{
    struct value key, found;
    char name[128] = "a key";
    if (!lookup_key(compiler, -2, what, &key))
        return false;
    snprintf(name, sizeof name, "%s: [\"%.*s\"]", what,
             (int)utf8_cut(key.text, key.len, 40), key.text);
    if (!plan_constant(compiler, -1, name, &found))
        return false;
    if (!plan_table_add(table, &key, &found))
        return plan_fault(compiler, "%s is there twice", name);
    return true;
}

/* Counted first: the table never grows, so its lookups need no care for that.
 */
bool plan_pick(struct plan_compiler *compiler, int index, const char *what,
               const struct text_lookup **lookup)
{
    lua_State *L = compiler->L;
    if (lua_type(L, index) != LUA_TTABLE)
        return plan_fault(compiler, "%s: the table is a %s", what,
                          luaL_typename(L, index));
    index = lua_absindex(L, index);
    *lookup = plan_shared(compiler, index);
    if (*lookup != NULL)
        return true;
    bool plain = !lua_getmetatable(L, index);
    if (!plain && plan_push(L, index, "kind") == LUA_TSTRING)
        return plan_fault(compiler,
                          "%s: the table is an expression; "
                          "fast.with(…, function(value) … end) chooses among "
                          "values",
                          what);
    lua_pop(L, plain ? 0 : 2);
    struct plan_table *table =
        plan_table_new(compiler->memory, count_entries(L, index));
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
        if (!plan_goes_on(compiler) || !add_entry(compiler, table, what))
            return false;
    *lookup = plan_table_lookup(table);
    plan_share(compiler, index, *lookup);
    return true;
}
