/* environment.c: all bindings opened, and the environment that scripts run in.
 *
 * Scripts run in an empty table in front of the globals, so that a name that
 * is not there, or one that is set, is an error and not a bug that waits. */
#include "bind.h"

#include "base/nearest.h"

/* What mappings call their own: the line that was forgotten, or NULL. */
static const char *usual_local(const char *name)
{
    static const char *const usual[][2] = {
        {"fast", "local fast = require \"fastsync\""},
        {"vn", "local vn = require \"fastsync.vn\""},
        {"col", "local col = fast.col"},
        {"cjson", "local cjson = require \"cjson\""},
        {"row", "function(row) … end"},
    };
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (strcmp(name, usual[i][0]) == 0)
            return usual[i][1];
    return NULL;
}

/* Upvalue: the globals. */
static int no_such_global(lua_State *L)
{
    const char *name = show_push(L, 2, NULL);
    const char *usual = usual_local(name);
    if (usual != NULL)
        return host_error(L, "there is no global '%s': write `%s`", name,
                          usual);
    struct nearest nearest;
    nearest_init(&nearest, name, strlen(name));
    lua_pushnil(L);
    while (lua_next(L, lua_upvalueindex(1))) {
        lua_pop(L, 1);
        nearest_try_any(&nearest, lua_tostring(L, -1));
    }
    const char *near = nearest_end(&nearest);
    if (near != NULL)
        return host_error(L, "there is no global '%s': did you mean '%s'?",
                          name, near);
    return host_error(L, "there is no global '%s'", name);
}

static int no_new_global(lua_State *L)
{
    return host_error(L, "a script sets no globals: write `local %s`",
                      show_push(L, 2, NULL));
}

/* Makes the environment, in front of the globals at `globals`. */
static void make_environment(lua_State *L, int globals)
{
    lua_newtable(L); /* environment */
    lua_createtable(L, 0, 3);
    lua_pushvalue(L, globals);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, no_new_global);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_createtable(L, 0, 1); /* metatable of the globals */
    lua_pushvalue(L, globals);
    lua_pushcclosure(L, no_such_global, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, globals);
    lua_pushvalue(L, -1);
    lua_setfield(L, globals, "_G");
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

/* Bindings open in the order of their list; a later one may change what an
 * earlier one made. */
void host_open(lua_State *L)
{
#define BINDING_LIST(name) &binding_##name,
    static const struct binding *const bindings[] = {BINDINGS(BINDING_LIST)};
#undef BINDING_LIST
    luaL_checkstack(L, 20, "libraries");
    lua_newtable(L);
    int globals = lua_gettop(L);
    lua_newtable(L); /* the native table */
    for (size_t i = 0; i < sizeof bindings / sizeof *bindings; i++) {
        if (bindings[i]->functions != NULL)
            luaL_setfuncs(L, bindings[i]->functions, 0);
        if (bindings[i]->open != NULL)
            bindings[i]->open(L, globals);
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, &host_native);
    make_environment(L, globals);
    lua_settop(L, globals - 1);
}
