/* names.c: learning, the slow half. Anchoring may need memory, so it runs
 * inside a protected call of its own; nothing of a script's runs in it. */
#include "names.h"

#include <string.h>

/* By its address: an equal long string would be another one, and only the one
 * that is anchored keeps its address. Stack: names, key. */
static int anchor(lua_State *L)
{
    const void *names = lua_touserdata(L, 1);
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, names) != LUA_TTABLE) {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawsetp(L, LUA_REGISTRYINDEX, names);
    }
    lua_pushvalue(L, 2);
    lua_rawsetp(L, -2, lua_topointer(L, 2));
    return 0;
}

static int forget(lua_State *L)
{
    lua_pushnil(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, lua_touserdata(L, 1));
    return 0;
}

/* Numbers may be negative (row.c has one for a method). What memory lacks for
 * is merely slower. */
void names_learn(lua_State *L, struct names *names, int at, int number)
{
    at = lua_absindex(L, at);
    if (names->count == NAMES_MAX || number > INT16_MAX)
        return;
    lua_pushcfunction(L, anchor);
    lua_pushlightuserdata(L, names);
    lua_pushvalue(L, at);
    if (lua_pcall(L, 2, 0, 0) != LUA_OK) {
        lua_pop(L, 1);
        return;
    }
    const void *key = lua_topointer(L, at);
    unsigned slot = names_slot(key);
    while (names->keys[slot] != NULL && names->keys[slot] != key)
        slot = (slot + 1) % NAMES_SLOTS;
    names->count += names->keys[slot] == NULL;
    names->keys[slot] = key;
    names->numbers[slot] = (int16_t)number;
}

void names_clear(lua_State *L, struct names *names)
{
    memset(names, 0, sizeof *names);
    lua_pushcfunction(L, forget);
    lua_pushlightuserdata(L, names);
    if (lua_pcall(L, 1, 0, 0) != LUA_OK)
        lua_pop(L, 1);
}
