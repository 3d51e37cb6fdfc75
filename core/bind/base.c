/* base.c: the basic functions, os and utf8, and what is different about them.
 *
 * The list is explicit. What is missing is missing for a reason: io, debug,
 * package, dofile, loadfile and most of os reach outside; string.dump and
 * binary chunks can break the interpreter; coroutines and __gc run where no
 * budget is kept (budget.h). */
#include "bind.h"

#include <lualib.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "base/log.h"
#include "net/secrets.h"
#include "source/grant.h"

/* What a run prints: a log that fills a disk is no help, and a script that
 * prints for each row of a large export means a few. */
enum { PRINTED_MAX = 10000 };

static atomic_uint printed; /* lines, by all states */

static void print_line(const char *line)
{
    unsigned count = atomic_fetch_add(&printed, 1);
    if (count < PRINTED_MAX)
        log_note("%s", line);
    else if (count == PRINTED_MAX)
        log_note("print: more than %d lines, the others are left out",
                 PRINTED_MAX);
    else
        atomic_store(&printed, PRINTED_MAX + 1); /* never around */
}

/* Standard output is the ledger's and the records': what scripts print goes
 * where notes go, on one line. */
static int print(lua_State *L)
{
    struct host *host = host_of(L);
    int count = lua_gettop(L);
    luaL_Buffer line;
    size_t len;
    luaL_buffinit(L, &line);
    for (int i = 1; i <= count; i++) {
        luaL_addstring(&line, i > 1 ? " " : "");
        show_push(L, i, NULL);
        luaL_addvalue(&line);
    }
    luaL_pushresult(&line);
    const char *text = lua_tolstring(L, -1, &len);
    arena_reset(&host->arena);
    if (!host->quiet || host->row != NULL)
        print_line(value_line(&host->arena, text, len));
    return 0;
}

/* native.functions(index): what indexing a function calls; Lua's own message
 * does not say what is to be written. */
static int functions(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_pushvalue(L, 1);
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, 1);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
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
    if (host_parse(L, text, len, chunk) != LUA_OK) {
        budget_look(L);
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

/* A __gc runs at a time of the collector's choosing, where no budget is kept.
 */
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

/* Collecting is the host's, at times that were measured; scripts that ask for
 * it are old habits and do no harm. */
static int collect_garbage(lua_State *L)
{
    static const char *const names[] = {"collect", "count", "step", NULL};
    bool bytes = luaL_checkoption(L, 1, "collect", names) == 1;
    if (bytes && host_of(L)->row == NULL) /* in a row: by thread and time */
        lua_pushnumber(L, (lua_Number)budget_of(L)->bound.used / 1024);
    else
        lua_pushinteger(L, 0); /* the host collects when it is time */
    return 1;
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

/* os.date(format, time). Upvalue: Lua's own. Each % of the format is a call of
 * strftime. */
static int date(lua_State *L)
{
    enum { FORMAT_MAX = 1000 };
    size_t len;
    luaL_optlstring(L, 1, "", &len);
    if (len > FORMAT_MAX)
        return host_error(L, "os.date: a format of more than %d bytes",
                          FORMAT_MAX);
    budget_charge(L, 20 * len);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static bool is_ours(const char *name)
{
    return strncmp(name, "FASTSYNC_", strlen("FASTSYNC_")) == 0;
}

/* What is not set is nil, as everywhere. What is set and was not granted stops
 * the run, whatever the script does about it: nil would be taken for not set.
 * Our own variables, and a secret that stands in another one, are for no
 * script. */
static int get_variable(lua_State *L)
{
    const struct grants *grants = host_of(L)->reach.grants;
    size_t len;
    const char *name = luaL_checklstring(L, 1, &len);
    const char *value = strlen(name) == len ? getenv(name) : NULL;
    if (value == NULL) {
        lua_pushnil(L);
        return 1;
    }
    if (is_ours(name) || secrets_within(value))
        return host_stop(L, EXIT_USAGE,
                         "os.getenv: %s holds settings or secrets of fastsync, "
                         "which no script may read, whatever is granted",
                         name);
    char how[GRANT_HOW];
    if (!grant_listed(grants ? grants->variables : NULL, name))
        return host_stop(L, EXIT_USAGE,
                         "os.getenv: a script may read %s only where it is "
                         "granted: %s",
                         name, grant_how(how, GRANT_ENV, name));
    lua_pushstring(L, value);
    return 1;
}

static void open_os(lua_State *L, int globals)
{
    static const char *const kept[] = {"clock", "date", "difftime", "time",
                                       NULL};
    lua_newtable(L);
    lua_pushcfunction(L, luaopen_os);
    lua_call(L, 0, 1);
    keep(L, lua_gettop(L) - 1, kept);
    lua_getfield(L, -1, "date");
    lua_pushcclosure(L, date, 1);
    lua_setfield(L, -2, "date");
    lua_pushcfunction(L, get_variable);
    lua_setfield(L, -2, "getenv");
    lua_setfield(L, globals, "os");
}

/* What is kept is named; all else of the library is forgotten with its table.
 */
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
    static const char *const runes[] = {"len", "codepoint", "offset", "char",
                                        NULL};
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
    open_os(L, globals);
}

const struct binding binding_base = {
    .functions = (const luaL_Reg[]){{"functions", functions}, {NULL, NULL}},
    .open = open_base};
