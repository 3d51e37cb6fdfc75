/* reject.c: fast.reject, how the host knows what it raised, and fast.warn,
 * which goes on.
 *
 * A reject is a table with a metatable of its own that no script can reach, so
 * that nothing else a script raises is taken for one. */
#include "bind.h"

static const char reject_key;

/* The arguments (reason, field) of a function that may be called for a row
 * alone: leaves the reason's text on top, and answers the field's name as the
 * form spells it, or NULL. */
static const char *take_reason(lua_State *L, const char *name)
{
    struct host *host = host_of(L);
    size_t len;
    lua_settop(L, 2);
    show_push(L, 1, NULL);
    const char *field = luaL_optlstring(L, 2, NULL, &len);
    if (host->row == NULL)
        host_error(L, "%s outside of a row: %s", name,
                   lua_tolstring(L, -1, NULL));
    if (field == NULL || host->form == NULL)
        return field;
    int i = form_field(host->form, field, len);
    if (i < 0)
        host_error(L, "%s: %s has no field '%s'", name, host->form->name,
                   field);
    return host->form->fields[i].name;
}

/* fast.reject(reason, field): raises { reason, field }. */
static int reject(lua_State *L)
{
    const char *field = take_reason(L, "fast.reject");
    lua_createtable(L, 2, 0);
    lua_pushvalue(L, -2);
    lua_rawseti(L, -2, 1);
    name_push(L, field);
    lua_rawseti(L, -2, 2);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &reject_key);
    lua_setmetatable(L, -2);
    return lua_error(L);
}

/* fast.warn(reason, field): the row goes on. */
static int warn_of(lua_State *L)
{
    size_t len;
    const char *field = take_reason(L, "fast.warn");
    const char *reason = lua_tolstring(L, -1, &len);
    struct value value = value_text(reason, len);
    arena_reset(&host_of(L)->arena);
    warn(host_of(L)->warnings, WARNING_SCRIPT, field, NULL, "%s",
         value_line(&host_of(L)->arena, value.text, value.len));
    return 0;
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
    .functions =
        (const luaL_Reg[]){{"reject", reject}, {"warn", warn_of}, {NULL, NULL}},
    .open = open_reject,
};
