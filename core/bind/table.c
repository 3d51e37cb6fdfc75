/* table.c: the table library, its longer work charged beforehand.
 *
 * insert, remove, move, concat, sort and unpack walk through a table in C,
 * where no hook runs; so each is charged for the elements it will touch. A
 * table with a length of its own making (__len) could be any length, and is
 * refused. */
#include "bind.h"

#include <lualib.h>

static uint64_t plain_length(lua_State *L, int at)
{
    luaL_checktype(L, at, LUA_TTABLE);
    if (luaL_getmetafield(L, at, "__len") != LUA_TNIL)
        host_error(L, "a table with __len cannot be used here");
    return lua_rawlen(L, at);
}

/* Both ends are a script's and may be the lowest and the highest integer, so
 * the sum is made without overflow. */
static uint64_t span(lua_State *L, int first, int last, uint64_t standard)
{
    lua_Integer from = luaL_optinteger(L, first, 1);
    lua_Integer to = luaL_optinteger(L, last, (lua_Integer)standard);
    if (to < from)
        return 0;
    uint64_t more = (uint64_t)to - (uint64_t)from;
    return more < UINT64_MAX ? more + 1 : more;
}

static uint64_t insert_cost(lua_State *L)
{
    uint64_t len = plain_length(L, 1);
    return lua_gettop(L) > 2 ? len : 1;
}

static uint64_t remove_cost(lua_State *L)
{
    uint64_t len = plain_length(L, 1);
    return lua_gettop(L) > 1 ? len : 1;
}

static uint64_t move_cost(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkinteger(L, 2);
    luaL_checkinteger(L, 3);
    luaL_checkinteger(L, 4);
    return span(L, 2, 3, 0);
}

static uint64_t concat_cost(lua_State *L)
{
    uint64_t len = plain_length(L, 1);
    return span(L, 3, 4, len);
}

static uint64_t unpack_cost(lua_State *L)
{
    return span(L, 2, 3, plain_length(L, 1));
}

/* What comparing its texts once costs beyond the comparison itself. Without a
 * function that compares no hook runs; a text may stand there many times. */
static uint64_t texts_cost(lua_State *L, uint64_t len)
{
    enum { SHORT = 64, BYTES_A_STEP = 8 };
    uint64_t cost = 0;
    for (uint64_t i = 1; i <= len; i++) {
        size_t bytes = lua_geti(L, 1, (lua_Integer)i) == LUA_TSTRING
                           ? lua_rawlen(L, -1)
                           : 0;
        cost += bytes > SHORT ? bytes / BYTES_A_STEP : 0;
        lua_pop(L, 1);
        if (i % 1024 == 0)
            budget_look(L);
    }
    return cost;
}

static uint64_t sort_cost(lua_State *L)
{
    uint64_t len = plain_length(L, 1), cost = len, once = len;
    if (lua_isnoneornil(L, 2) && len <= budget_of(L)->left)
        once += texts_cost(L, len);
    for (uint64_t left = len; left > 1; left /= 2)
        cost += once;
    return cost;
}

static const struct charged {
    const char *name;
    uint64_t (*cost)(lua_State *L);
} charged[] = {
    {"insert", insert_cost}, {"remove", remove_cost}, {"move", move_cost},
    {"concat", concat_cost}, {"unpack", unpack_cost}, {"sort", sort_cost},
};

/* Upvalues: Lua's own function, its row above. */
static int call_charged(lua_State *L)
{
    const struct charged *row = lua_touserdata(L, lua_upvalueindex(2));
    int top = lua_gettop(L);
    uint64_t cost = row->cost(L);
    lua_settop(L, top);
    if (cost > 1)
        budget_charge(L, cost);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, top, LUA_MULTRET);
    return lua_gettop(L);
}

static void open_table(lua_State *L, int globals)
{
    lua_pushcfunction(L, luaopen_table);
    lua_call(L, 0, 1);
    for (size_t i = 0; i < sizeof charged / sizeof *charged; i++) {
        lua_getfield(L, -1, charged[i].name);
        lua_pushlightuserdata(L, (void *)(uintptr_t)&charged[i]);
        lua_pushcclosure(L, call_charged, 2);
        lua_setfield(L, -2, charged[i].name);
    }
    lua_setfield(L, globals, "table");
}

const struct binding binding_table = {.open = open_table};
