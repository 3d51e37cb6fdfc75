/* functions.c: a mapping's functions stand in the registry, where the plan and
 * `map` call them from. A function's text is dumped each time that it is asked
 * about: that is done a few times a run. */
#include "functions.h"

const char script_keeping[] =
    "for later rows, but rows are mapped by several threads, each with its own "
    "(write `ordered = true` in the mapping: one thread, rows in order; or use "
    "at.index for numbers, fill_down on the source for the value above, "
    "duplicates for keys that come again, setup to fill tables)";

/* Going through a dump costs more than a step of a script's own. */
enum { BYTES_A_STEP = 8 };

static lua_Integer add(lua_State *L, lua_Integer count, int reference)
{
    lua_rawgeti(L, LUA_REGISTRYINDEX, reference);
    lua_rawseti(L, -2, ++count);
    return count;
}

bool script_functions(lua_State *L, const struct use *use)
{
    lua_Integer count = 0;
    int reference;
    lua_newtable(L);
    if (use->map != LUA_NOREF)
        count = add(L, count, use->map);
    for (unsigned i = 0; use->plan != NULL; i++) {
        reference = plan_function(use->plan, i);
        if (reference == LUA_NOREF)
            break;
        count = add(L, count, reference);
    }
    if (count == 0) {
        lua_pop(L, 1);
        lua_pushnil(L);
    }
    return count > 0;
}

/* What is no file's (`=lua/fastsync/init.lua`) is the library's; a text given
 * to `load` is a script's as well. */
bool script_is_own(lua_State *L, int at)
{
    lua_Debug about;
    if (lua_type(L, at) != LUA_TFUNCTION || lua_iscfunction(L, at))
        return false;
    lua_pushvalue(L, at);
    lua_getinfo(L, ">S", &about);
    return strncmp(about.source, "=lua/", 5) != 0;
}

static int add_piece(lua_State *L, const void *piece, size_t len, void *out)
{
    buf_add(out, piece, len);
    return budget_of(L)->bound.stop != MEM_GO;
}

bool script_uses(lua_State *L, int at, bytecode_visit *visit, void *owner)
{
    struct buf *dump = &host_of(L)->scratch;
    buf_clear(dump);
    lua_pushvalue(L, at);
    bool good = lua_dump(L, add_piece, dump, 0) == 0;
    lua_pop(L, 1);
    budget_look(L);
    budget_charge(L, dump->len / BYTES_A_STEP);
    return good && bytecode_read(dump->at, dump->len, visit, owner);
}

const char *script_place(lua_State *L, int at, int line)
{
    lua_Debug about;
    lua_pushvalue(L, at);
    lua_getinfo(L, ">S", &about);
    return lua_pushfstring(L, "%s:%d", about.short_src,
                           line > 0 ? line : about.linedefined);
}
