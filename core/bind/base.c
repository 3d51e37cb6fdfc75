/* base.c: the globals that scripts get, and what is different about them.
 *
 * The list of libraries is explicit. What is missing is missing for a reason:
 * io, debug, package, dofile, loadfile and most of os reach outside;
 * string.dump and binary chunks can break the interpreter; coroutines and
 * __gc run where no budget is kept (budget.h). Scripts run in an empty table
 * in front of the globals, so that a name that is not there, or one that is
 * set, is an error and not a bug that waits. */
#include "bind.h"

#include <lualib.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/nearest.h"
#include "base/utf8.h"

int host_error(lua_State *L, const char *format, ...)
{
    char where[160];
    struct err err;
    budget_where(L, where, sizeof where);
    va_list args;
    va_start(args, format);
    err_vset(&err, EXIT_SCRIPT, format, args);
    va_end(args);
    lua_pushfstring(L, "%s%s%s", where, *where ? ": " : "", err.text);
    return lua_error(L);
}

int host_stop(lua_State *L, enum exit_code code, const char *format, ...)
{
    struct host *host = host_of(L);
    if (host->budget.spent == SPENT_NOTHING) {
        va_list args;
        va_start(args, format);
        err_vset(&host->failure, code, format, args);
        va_end(args);
        budget_stop(&host->budget, SPENT_STOP);
    }
    return budget_raise(L);
}

const char *host_nearest(const char *name, const char *const *names)
{
    struct nearest nearest;
    nearest_init(&nearest, name, strlen(name));
    for (; *names != NULL; names++)
        nearest_try(&nearest, *names);
    return nearest_end(&nearest);
}

/* A script is UTF-8, and its texts are NFC as the rows' are. */
static const char *as_nfc(lua_State *L, const char *text, size_t *len,
                          const char *chunk)
{
    struct host *host = host_of(L);
    size_t good = utf8_valid(text, *len);
    if (good < *len) {
        int line = 1;
        for (size_t i = 0; i < good; i++)
            line += text[i] == '\n';
        lua_pushfstring(L, "%s:%d: not valid UTF-8: save the script as UTF-8",
                        chunk + 1, line);
        lua_error(L);
    }
    if (utf8_is_nfc(text, *len))
        return text;
    struct buf made = {0};
    utf8_nfc(&made, text, *len);
    buf_release(&host->scratch);
    host->scratch = made;
    *len = made.len;
    return made.at;
}

void host_load(lua_State *L, const char *text, size_t len, const char *chunk)
{
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        len -= 3;
    }
    if (len > 0 && *text == '#') { /* `#!/usr/bin/env fastsync` */
        const char *end = memchr(text, '\n', len);
        len = end ? len - (size_t)(end - text) : 0;
        text = end ? end : "";
    }
    text = as_nfc(L, text, &len, chunk);
    if (luaL_loadbufferx(L, text, len, chunk, "t") != LUA_OK)
        lua_error(L);
}

static int print(lua_State *L)
{
    struct host *host = host_of(L);
    int count = lua_gettop(L);
    luaL_Buffer line;
    size_t len;
    luaL_buffinit(L, &line);
    for (int i = 1; i <= count; i++) {
        luaL_addstring(&line, i > 1 ? "\t" : "");
        luaL_tolstring(L, i, NULL);
        luaL_addvalue(&line);
    }
    luaL_pushresult(&line);
    const char *text = lua_tolstring(L, -1, &len);
    arena_reset(&host->arena);
    if (!host->quiet)
        log_note("%s", value_line(&host->arena, text, len));
    return 0;
}

enum { LOAD_STEPS = 100 };

/* load(text, name, mode, env): text alone, never binary, never a function. */
static int load(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    const char *chunk = luaL_optstring(L, 2, "=(load)");
    bool with_env = lua_gettop(L) >= 4;
    budget_charge(L, LOAD_STEPS + len); /* no hook runs in the parser */
    if (luaL_loadbufferx(L, text, len, chunk, "t") != LUA_OK) {
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    if (with_env) {
        lua_pushvalue(L, 4);
        lua_setupvalue(L, -2, 1);
    }
    return 1;
}

static int set_metatable(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    int type = lua_type(L, 2);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2,
                     "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return host_error(L, "cannot change a protected metatable");
    if (type == LUA_TTABLE) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL)
            return host_error(L, "__gc is not available to scripts");
    }
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

/* The handler runs after the stack is unwound: within the hook's own error it
 * would run without a hook. */
static int xpcall(lua_State *L)
{
    int count = lua_gettop(L);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 1);
    for (int i = 3; i <= count; i++)
        lua_pushvalue(L, i);
    if (lua_pcall(L, count - 2, LUA_MULTRET, 0) == LUA_OK) {
        lua_pushboolean(L, 1);
        lua_replace(L, count);
        return lua_gettop(L) - count + 1;
    }
    if (budget_of(L)->spent != SPENT_NOTHING)
        return budget_raise(L);
    lua_pushboolean(L, 0);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -3);
    lua_call(L, 1, 1);
    return 2;
}

static int collect_garbage(lua_State *L)
{
    static const char *const names[] = {"collect", "count", "step", NULL};
    bool bytes = luaL_checkoption(L, 1, "collect", names) == 1;
    if (bytes)
        lua_pushnumber(L, (lua_Number)budget_of(L)->held / 1024);
    else
        lua_pushinteger(L, 0); /* the host collects when it is time */
    return 1;
}

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
    host_of(L)->seeded = true;
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 0);
    return 0;
}

static void open_math(lua_State *L, int globals)
{
    static const luaL_Reg seeded[] = {
        {"random", row_random}, {"randomseed", row_seed}, {NULL, NULL}};
    lua_pushcfunction(L, luaopen_math);
    lua_call(L, 0, 1);
    lua_getfield(L, -1, "random");
    lua_getfield(L, -2, "randomseed");
    lua_pushvalue(L, -3);
    lua_insert(L, -3);
    luaL_setfuncs(L, seeded, 2);
    lua_pop(L, 1);
    lua_setfield(L, globals, "math");
}

/* From the table on top, pops it; the named ones go into the one at `to`. */
static void keep(lua_State *L, int to, const char *const *names)
{
    for (; *names != NULL; names++) {
        lua_getfield(L, -1, *names);
        lua_setfield(L, to, *names);
    }
    lua_pop(L, 1);
}

static void open_os(lua_State *L, int globals)
{
    static const char *const kept[] = {"clock", "date", "difftime", "time",
                                       NULL};
    lua_newtable(L);
    lua_pushcfunction(L, luaopen_os);
    lua_call(L, 0, 1);
    keep(L, lua_gettop(L) - 1, kept);
    lua_setfield(L, globals, "os");
}

static void open_base(lua_State *L, int globals)
{
    static const char *const kept[] = {
        "assert", "error",    "getmetatable", "ipairs",   "next",   "pairs",
        "pcall",  "rawequal", "rawget",       "rawlen",   "rawset", "select",
        "type",   "tonumber", "tostring",     "_VERSION", NULL};
    static const luaL_Reg own[] = {{"load", load},
                                   {"print", print},
                                   {"setmetatable", set_metatable},
                                   {"xpcall", xpcall},
                                   {"collectgarbage", collect_garbage},
                                   {NULL, NULL}};
    static const char *const numbers[] = {"tonumber", NULL};
    static const char *const runes[] = {"len", "codepoint", "offset", NULL};
    lua_pushcfunction(L, luaopen_base);
    lua_call(L, 0, 1);
    charge_texts(L, numbers);
    keep(L, globals, kept);
    lua_pushvalue(L, globals);
    luaL_setfuncs(L, own, 0);
    lua_pop(L, 1);
    lua_pushcfunction(L, luaopen_utf8);
    lua_call(L, 0, 1);
    charge_texts(L, runes);
    lua_setfield(L, globals, "utf8");
    open_math(L, globals);
    open_os(L, globals);
}

const struct binding binding_base = {.open = open_base};

/* The environment. */

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
    const char *name = luaL_tolstring(L, 2, NULL);
    const char *usual = usual_local(name);
    if (usual != NULL)
        return host_error(L, "there is no global '%s': write `%s`", name,
                          usual);
    struct nearest nearest;
    nearest_init(&nearest, name, strlen(name));
    lua_pushnil(L);
    while (lua_next(L, lua_upvalueindex(1))) {
        lua_pop(L, 1);
        nearest_try(&nearest, lua_tostring(L, -1));
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
                      luaL_tolstring(L, 2, NULL));
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
