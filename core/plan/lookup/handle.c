/* handle.c: the metatable tells, by its identity, as for all that scripts
 * cannot make themselves. */
#include "handle.h"

const char lookup_metatable = 0;

struct lookup *lookup_read(lua_State *L, int at)
{
    if (lua_type(L, at) != LUA_TUSERDATA || !lua_getmetatable(L, at))
        return NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &lookup_metatable);
    bool is = lua_rawequal(L, -1, -2) != 0;
    lua_pop(L, 2);
    const struct lookup_handle *handle = lua_touserdata(L, at);
    return is ? handle->lookup : NULL;
}
