/* reject.c: fast.reject, and how the host knows what it raised.
 *
 * A reject is a table with a metatable of its own that no script can reach, so
 * that nothing else a script raises is taken for one. */
#include "bind.h"

static const char reject_key;

/* fast.reject(reason, field): raises { reason, field }. */
static int reject(lua_State *L)
{
    struct host *host = host_of(L);
    size_t len;
    lua_settop(L, 2);
    luaL_tolstring(L, 1, NULL);
    const char *field = luaL_optlstring(L, 2, NULL, &len);
    if (host->row == NULL)
        return host_error(L, "fast.reject outside of a row: %s",
                          lua_tolstring(L, -1, NULL));
    lua_createtable(L, 2, 0);
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, 1);
    if (field != NULL) {
        int i = host->form ? form_field(host->form, field, len) : -1;
        if (host->form != NULL && i < 0)
            return host_error(L, "fast.reject: %s has no field '%s'",
                              host->form->name, field);
        lua_pushvalue(L, 2);
        if (i >= 0)
            name_push(L, host->form->fields[i].name);
        lua_rawseti(L, -2 - (i >= 0), 2);
        lua_pop(L, i >= 0);
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &reject_key);
    lua_setmetatable(L, -2);
    return lua_error(L);
}

/* The metatable tells, by its identity: nothing else about the table is
 * trusted, as scripts can make tables of any content. */
bool reject_read(lua_State *L, int at, const char **reason, size_t *len,
                 const char **field)
{
    if (lua_type(L, at) != LUA_TTABLE || !lua_getmetatable(L, at))
        return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &reject_key);
    bool is = lua_rawequal(L, -1, -2) != 0;
    lua_pop(L, 2);
    if (!is)
        return false;
    at = lua_absindex(L, at);
    *field = NULL;
    if (lua_rawgeti(L, at, 2) == LUA_TSTRING)
        *field = lua_tolstring(L, -1, NULL);
    lua_rawgeti(L, at, 1);
    *reason = lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, len) : "";
    if (**reason == '\0')
        *len = 0;
    lua_pop(L, 2);
    return true;
}

static int reject_text(lua_State *L)
{
    lua_rawgeti(L, 1, 1);
    return 1;
}

static void open_reject(lua_State *L, int globals)
{
    (void)globals;
    lua_createtable(L, 0, 3);
    lua_pushcfunction(L, reject_text);
    lua_setfield(L, -2, "__tostring");
    lua_pushliteral(L, "reject");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &reject_key);
}

const struct binding binding_reject = {
    .functions = (const luaL_Reg[]){{"reject", reject}, {NULL, NULL}},
    .open = open_reject,
};
