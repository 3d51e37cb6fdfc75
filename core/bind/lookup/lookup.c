/* lookup.c: fast.lookup { … }: rows of another file by key, for all threads.
 *
 *     local addresses = fast.lookup { source = fast.csv "addresses.csv",
 *                                     key = "ADDRESSID" }
 *     col "ADDRESSID":lookup(addresses, "CITY")      in `fields`
 *     addresses:get(row.ADDRESSID, "CITY")           in a function
 *     addresses:get(row.ADDRESSID).CITY
 *
 * init.lua has checked what the script says; here it becomes one lookup of the
 * set that the states of a script share (plan/lookup). */
#include "bind/bind.h"

#include <stdlib.h>

#include "plan/lookup/handle.h"

static const char row_metatable;

/* A name of a column or list of them, checked by init.lua, as a value in the
 * host's arena. */
static struct value name_at(lua_State *L, int at)
{
    struct value name = value_text("", 0);
    const char *why = value_take(L, at, &host_of(L)->arena, &name);
    if (why != NULL || name.type != VALUE_TEXT)
        host_error(L, "fast.lookup: a column's name is %s",
                   why ? why : "a text");
    return name;
}

static void read_keys(lua_State *L, int at, struct lookup_said *said)
{
    unsigned count = (unsigned)lua_rawlen(L, at);
    if (count > LOOKUP_KEYS)
        host_error(L, "fast.lookup: a key of more than %d columns",
                   LOOKUP_KEYS);
    for (; said->key_count < count; said->key_count++) {
        lua_rawgeti(L, at, (lua_Integer)said->key_count + 1);
        said->keys[said->key_count] = name_at(L, lua_gettop(L));
    }
}

/* The specs hang on the handle before they are filled, as errors jump. */
static void read_sources(lua_State *L, int at, struct lookup_said *said)
{
    unsigned count = source_specs(L, at, NULL, 0);
    if (count == 0)
        host_error(L, "fast.lookup: source names no file");
    said->sources = mem_zero(count, sizeof *said->sources);
    said->source_count = count;
    source_specs(L, at, said->sources, count);
}

static void note_columns(lua_State *L, int at, struct lookup *lookup, int line)
{
    lua_Integer count = (lua_Integer)lua_rawlen(L, at);
    for (lua_Integer i = 1; i <= count; i++) {
        lua_rawgeti(L, at, i);
        struct value name = name_at(L, lua_gettop(L));
        lookup_column(lookup, &name, line);
        lua_pop(L, 1);
    }
}

/* native.lookup(source, keys, columns or nil, again, missing, any_case, line).
 */
static int lookup(lua_State *L)
{
    struct host *host = host_of(L);
    struct err err;
    if (!host->loading)
        return host_error(L, "fast.lookup stands outside of functions: it is "
                             "read once, before the first row");
    lua_settop(L, 7);
    arena_reset(&host->arena);
    struct lookup_handle *handle = lua_newuserdatauv(L, sizeof *handle, 0);
    *handle = (struct lookup_handle){
        .said = {.script = host->name,
                 .line = (int)lua_tointeger(L, 7),
                 .again = (enum lookup_again)lua_tointeger(L, 4),
                 .missing = (enum lookup_missing)lua_tointeger(L, 5),
                 .any_case = lua_toboolean(L, 6),
                 .listed = !lua_isnil(L, 3)}};
    lua_rawgetp(L, LUA_REGISTRYINDEX, &lookup_metatable);
    lua_setmetatable(L, 8);
    read_keys(L, 2, &handle->said);
    lua_settop(L, 8);
    read_sources(L, 1, &handle->said);
    handle->lookup =
        lookups_add(host->lookups, host->lookup_count++, &handle->said, &err);
    if (handle->lookup == NULL)
        return host_stop(L, err.code, "%s", err.text);
    if (handle->said.listed)
        note_columns(L, 3, handle->lookup, handle->said.line);
    return 1;
}

/* What was being made when something was raised. */
static int collect(lua_State *L)
{
    struct lookup_handle *handle = lua_touserdata(L, 1);
    for (unsigned i = 0; i < handle->said.source_count; i++)
        spec_release(&handle->said.sources[i]);
    free(handle->said.sources);
    handle->said.sources = NULL;
    handle->said.source_count = 0;
    return 0;
}

static struct lookup *check_lookup(lua_State *L)
{
    struct lookup *lookup = lookup_read(L, 1);
    if (lookup == NULL)
        host_error(L, "get: write a colon, not a dot: addresses:get(key)");
    if (!lookup_ready(lookup))
        host_error(L,
                   "the rows of %s are not there while the script loads; "
                   "they are in setup and in each row",
                   lookup_path(lookup));
    return lookup;
}

uint32_t lookup_column_at(lua_State *L, const struct lookup *lookup, int at)
{
    size_t len;
    const char *name = luaL_checklstring(L, at, &len);
    uint32_t column = lookup_find_column(lookup, name, len);
    if (column != LOOKUP_NONE)
        return column;
    const char *near = lookup_nearest(lookup, name, len);
    host_stop(L, EXIT_SCRIPT, "no column \"%s\" in the lookup of %s%s%s%s",
              show_push(L, at, NULL), lookup_path(lookup),
              near ? ": did you mean \"" : "", near ? near : "",
              near ? "\"?" : "");
    return LOOKUP_NONE;
}

/* A table of its own for each, as rows may be kept or changed. */
static int push_row(lua_State *L, const struct lookup *lookup,
                    struct looked_up *found)
{
    unsigned count = lookup_columns(lookup);
    lua_createtable(L, 0, (int)count);
    for (unsigned i = 0; i < count; i++) {
        size_t len;
        const char *name = lookup_name(lookup, i, &len);
        struct value cell = lookup_cell(found);
        lua_pushlstring(L, name, len);
        value_push(L, &cell);
        lua_rawset(L, -3);
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &row_metatable);
    lua_setmetatable(L, -2);
    return 1;
}

/* lookup:get(key), a row or nil; lookup:get(key, column), a value or nil. A
 * column that is not there is told whether or not the key is. */
static int get(lua_State *L)
{
    const struct lookup *lookup = check_lookup(L);
    struct host *host = host_of(L);
    struct looked_up found;
    struct value key, cell = {.type = VALUE_NIL};
    arena_reset(&host->arena);
    lua_settop(L, 3);
    bool one = !lua_isnil(L, 3);
    uint32_t column = one ? lookup_column_at(L, lookup, 3) : 0;
    const char *why = value_take(L, 2, &host->arena, &key);
    if (why != NULL)
        return host_error(L, "get: the key is %s", why);
    enum looked looked = lookup_row(lookup, &host->text, &key, &found);
    if (looked == LOOKED_REFUSED)
        return host_error(L, "%s", host->text.reason);
    if (looked == LOOKED_FOUND && !one)
        return push_row(L, lookup, &found);
    for (uint32_t i = 0; looked == LOOKED_FOUND && i <= column; i++)
        cell = lookup_cell(&found);
    value_push(L, &cell);
    return 1;
}

static int count(lua_State *L)
{
    const struct lookup *lookup = check_lookup(L);
    lua_pushinteger(L, (lua_Integer)lookup_count(lookup));
    return 1;
}

/* addresses[key] would answer nil for each key, and say nothing. Upvalue: get.
 */
static int index(lua_State *L)
{
    size_t len = 0;
    const char *name =
        lua_type(L, 2) == LUA_TSTRING ? lua_tolstring(L, 2, &len) : NULL;
    if (len == 3 && memcmp(name, "get", len) == 0) {
        lua_pushvalue(L, lua_upvalueindex(1));
        return 1;
    }
    const char *shown = show_push(L, 2, &len);
    return host_stop(L, EXIT_SCRIPT,
                     "a lookup is asked by :get(key), not by [key] (%s)",
                     shown);
}

/* A row's column that is not there. */
static int no_column(lua_State *L)
{
    return host_stop(L, EXIT_SCRIPT, "no column \"%s\" in this row of a lookup",
                     show_push(L, 2, NULL));
}

static void open_lookup(lua_State *L, int globals)
{
    (void)globals;
    lua_createtable(L, 0, 5);
    lua_pushcfunction(L, get);
    lua_pushcclosure(L, index, 1);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, count);
    lua_setfield(L, -2, "__len");
    lua_pushcfunction(L, collect);
    lua_setfield(L, -2, "__gc");
    lua_pushliteral(L, "lookup");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &lookup_metatable);
    lua_createtable(L, 0, 2);
    lua_pushcfunction(L, no_column);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &row_metatable);
}

const struct binding binding_lookup = {
    .functions = (const luaL_Reg[]){{"lookup", lookup}, {NULL, NULL}},
    .open = open_lookup,
};
