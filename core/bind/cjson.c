/* cjson.c: lua-cjson within the budget.
 *
 * It writes into memory of its own and runs where no hook does, and a table
 * that is met twice is written twice; so what is to be encoded is measured
 * first, under the cap and charged, and a text is charged before it is
 * decoded. Its depths and what it makes of sparse arrays could be set so that
 * it outgrows the stack or writes a billion nulls: those settings, and new
 * instances without them, are left out. The others are one for all rows, so a
 * row cannot set them: another thread's rows would be written otherwise. */
#include "bind.h"

#ifdef HAVE_CJSON

#include <lua-cjson.h>

/* Tables in tables, which cjson refuses by itself; and a number's digits. */
enum { DEEPEST = 1000, DIGITS = 24, BYTES_A_STEP = 8 };

static void add(lua_State *L, size_t *bytes, size_t more)
{
    struct budget *budget = budget_of(L);
    *bytes += more;
    if (*bytes > budget_room(budget) / 2) { /* its buffer doubles */
        budget_stop(budget, SPENT_MEMORY);
        budget_raise(L);
    }
    budget_charge(L, 1 + more / BYTES_A_STEP);
}

/* Adds what the value at the top will take as JSON. */
static void measure(lua_State *L, size_t *bytes, unsigned depth)
{
    int type = lua_type(L, -1);
    add(L, bytes, type == LUA_TSTRING ? lua_rawlen(L, -1) + 3 : DIGITS);
    if (type != LUA_TTABLE || depth == DEEPEST)
        return;
    luaL_checkstack(L, 4, NULL);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        bool text = lua_type(L, -2) == LUA_TSTRING;
        add(L, bytes, text ? lua_rawlen(L, -2) + 3 : DIGITS);
        measure(L, bytes, depth + 1);
    }
}

/* Upvalue: cjson's own. */
static int encode(lua_State *L)
{
    size_t bytes = 0;
    luaL_checkany(L, 1);
    lua_settop(L, 1);
    measure(L, &bytes, 0);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

static int decode(lua_State *L)
{
    size_t len;
    luaL_checklstring(L, 1, &len);
    lua_settop(L, 1);
    budget_charge(L, len / BYTES_A_STEP);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

/* Upvalue: cjson's own, which sets what it is given and answers what is set. */
static int setting(lua_State *L)
{
    if (host_of(L)->row != NULL)
        return host_error(L, "cjson: its settings are for all rows: set them "
                             "while the script loads, or in setup");
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

/* Of the library on top. */
static void guard_settings(lua_State *L)
{
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        if (lua_type(L, -1) != LUA_TFUNCTION ||
            strchr(lua_tolstring(L, -2, NULL), '_') == NULL)
            continue;
        lua_pushvalue(L, -2);
        lua_pushvalue(L, -2);
        lua_pushcclosure(L, setting, 1);
        lua_rawset(L, -5);
    }
}

/* cjson's own functions are upvalues of those that charge before they call. */
int bind_cjson(lua_State *L)
{
    static const luaL_Reg charged[] = {
        {"encode", encode}, {"decode", decode}, {NULL, NULL}};
    static const char *const left_out[] = {
        "new", "encode_max_depth", "decode_max_depth", "encode_sparse_array"};
    lua_pushcfunction(L, luaopen_cjson);
    lua_call(L, 0, 1);
    for (const luaL_Reg *each = charged; each->name != NULL; each++) {
        lua_getfield(L, -1, each->name);
        lua_pushcclosure(L, each->func, 1);
        lua_setfield(L, -2, each->name);
    }
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++) {
        lua_pushnil(L);
        lua_setfield(L, -2, left_out[i]);
    }
    guard_settings(L);
    return 1;
}

#endif
