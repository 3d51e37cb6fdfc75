/* math.c: the library `math`, with a random that can be repeated.
 *
 * Rows are mapped by any thread in any order, and must give the same record
 * each time: so the seed is the row's own place. */
#include "bind.h"

#include <lualib.h>

/* math.random follows from the row alone, whichever thread maps it. Upvalues:
 * Lua's own random and randomseed. */
static int row_random(lua_State *L)
{
    struct host *host = host_of(L);
    int count = lua_gettop(L);
    if (!host->seeded) {
        uint64_t index = host->row ? host->row->place.index : 0;
        lua_pushvalue(L, lua_upvalueindex(2));
        lua_pushinteger(L, (lua_Integer)index);
        lua_call(L, 1, 0);
        host->seeded = true;
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, count, LUA_MULTRET);
    return lua_gettop(L);
}

static int row_seed(lua_State *L)
{
    host_of(L)->seeded = lua_gettop(L) > 0;
    if (lua_gettop(L) == 0) /* by chance, which is the row's here */
        return 0;
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 0);
    return 0;
}

/* Both functions share Lua's own two as upvalues. Stack: the library, random,
 * randomseed, the library. */
static void open_math(lua_State *L, int globals)
{
    static const luaL_Reg seeded[] = {
        {"random", row_random}, {"randomseed", row_seed}, {NULL, NULL}};
    static const char *const many[] = {"max", "min", NULL};
    lua_pushcfunction(L, luaopen_math);
    lua_call(L, 0, 1);
    lua_getfield(L, -1, "random");
    lua_getfield(L, -2, "randomseed");
    lua_pushvalue(L, -3);
    lua_insert(L, -3);
    luaL_setfuncs(L, seeded, 2);
    lua_pop(L, 1);
    charge_texts(L, many);
    lua_setfield(L, globals, "math");
}

const struct binding binding_math = {.open = open_math};
