/* string.c: find, match, gmatch and rep, counted against the budget; with
 * gsub.c, what is different about the library `string`.
 *
 * They answer as Lua's own do, over the matcher of pattern.c. */
#include <lualib.h>

#include "base/nearest.h"
#include "gsub.h"
#include "own.h"
#include "search.h"
#include "text/find.h"

enum { COPY_A_STEP = 64 };

/* The offset that the optional argument `at` names; beyond the end: false. */
static bool offset(lua_State *L, int at, size_t len, size_t *from)
{
    lua_Integer place = luaL_optinteger(L, at, 1);
    if (place < 0)
        place = place < -(lua_Integer)len ? 1 : (lua_Integer)len + place + 1;
    *from = place > 0 ? (size_t)place - 1 : 0;
    return *from <= len;
}

/* NULL: not there. */
static const char *find_plain(lua_State *L, const char *at, size_t len,
                              const char *what, size_t what_len)
{
    const char *found = find_text(at, len, what, what_len);
    size_t looked = found != NULL ? (size_t)(found - at) : len;
    budget_charge(L, (looked + what_len) / 8);
    return found;
}

static bool is_plain(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] != '\0' && strchr("^$*+?.([%-", text[i]) != NULL)
            return false;
    return true;
}

/* Most searches are for plain text, whatever they were called with: those need
 * no pattern. */
static int find(lua_State *L)
{
    size_t len, what_len, from;
    const char *text = luaL_checklstring(L, 1, &len);
    const char *what = luaL_checklstring(L, 2, &what_len);
    bool there = offset(L, 3, len, &from);
    if (there && (lua_toboolean(L, 4) || is_plain(what, what_len))) {
        const char *at = find_plain(L, text + from, len - from, what, what_len);
        if (at != NULL) {
            lua_pushinteger(L, at - text + 1);
            lua_pushinteger(L, at - text + (lua_Integer)what_len);
            return 2;
        }
    } else if (there) {
        struct match match = {.subject = text, .len = len};
        if (search_from(L, search_pattern(L, 2), &match, text + from)) {
            lua_pushinteger(L, match.start - text + 1);
            lua_pushinteger(L, match.end - text);
            return 2 + search_push_captures(L, &match, false);
        }
    }
    lua_pushnil(L);
    return 1;
}

static int match(lua_State *L)
{
    size_t len, from;
    const char *text = luaL_checklstring(L, 1, &len);
    bool there = offset(L, 3, len, &from);
    const struct pattern *pattern = search_pattern(L, 2);
    struct match m = {.subject = text, .len = len};
    if (there && search_from(L, pattern, &m, text + from))
        return search_push_captures(L, &m, true);
    lua_pushnil(L);
    return 1;
}

/* Upvalues: text, pattern, offset to go on from, offset the last match ended
 * at (or -1): an empty match there would be the same one again; whose walk it
 * is. */
static int next_match(lua_State *L)
{
    size_t len;
    const char *text = lua_tolstring(L, lua_upvalueindex(1), &len);
    const struct pattern *pattern = lua_touserdata(L, lua_upvalueindex(2));
    lua_Integer from = lua_tointeger(L, lua_upvalueindex(3));
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    struct match m = {.subject = text, .len = len};
    host_same_turn(L, (uint64_t)lua_tointeger(L, lua_upvalueindex(5)),
                   "gmatch");
    for (; from <= (lua_Integer)len; from = m.start - text + 1) {
        if (!search_from(L, pattern, &m, text + from))
            break;
        if (m.end - text == last)
            continue;
        lua_pushinteger(L, m.end - text);
        lua_pushvalue(L, -1);
        lua_replace(L, lua_upvalueindex(3));
        lua_replace(L, lua_upvalueindex(4));
        return search_push_captures(L, &m, true);
    }
    lua_pushinteger(L, (lua_Integer)len + 1);
    lua_replace(L, lua_upvalueindex(3));
    return 0;
}

/* State stands in upvalues: a text that the loop changes elsewhere is not the
 * one that is searched. */
static int gmatch(lua_State *L)
{
    size_t len, from;
    luaL_checklstring(L, 1, &len);
    const char *pattern = luaL_checklstring(L, 2, NULL);
    if (!offset(L, 3, len, &from))
        from = len + 1;
    lua_settop(L, 2);
    if (*pattern == '^') { /* no anchor in gmatch: the character itself */
        lua_pushliteral(L, "%");
        lua_insert(L, 2);
        lua_concat(L, 2);
    }
    search_pattern(L, 2);
    lua_remove(L, 2);
    lua_pushinteger(L, (lua_Integer)from);
    lua_pushinteger(L, -1);
    lua_pushinteger(L, (lua_Integer)host_turn(host_of(L)));
    lua_pushcclosure(L, next_match, 5);
    return 1;
}

/* The one function that makes much of little: checked for its size and charged
 * before memory is asked for. */
static int rep(lua_State *L)
{
    size_t len, between_len;
    const char *text = luaL_checklstring(L, 1, &len);
    lua_Integer count = luaL_checkinteger(L, 2);
    const char *between = luaL_optlstring(L, 3, "", &between_len);
    size_t one = len + between_len;
    if (count <= 0 || one == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (one > (SIZE_MAX >> 1) / (size_t)count)
        return host_error(L, "resulting string too large");
    size_t all = one * (size_t)count - between_len;
    budget_charge(L, all / COPY_A_STEP);
    luaL_Buffer made;
    char *to = luaL_buffinitsize(L, &made, all + between_len);
    memcpy(to, text, len);
    memcpy(to + len, between, between_len);
    for (size_t done = one; done < all;) { /* twice as much each time */
        size_t more = done < all - done ? done : all - done;
        memcpy(to + done, to, more);
        done += more;
    }
    luaL_pushresultsize(&made, all);
    return 1;
}

/* Every text is indexed here: `row.x.y` would be nil without a word, and the
 * field left out. */
static int no_such(lua_State *L)
{
    struct nearest nearest;
    if (lua_type(L, 2) == LUA_TNUMBER)
        return host_error(L,
                          "a text has no [%s]: fast.sub(text, 1, 1) is its "
                          "first letter",
                          show_push(L, 2, NULL));
    const char *name = show_push(L, 2, NULL);
    nearest_init(&nearest, name, strlen(name));
    for (lua_pushnil(L); lua_next(L, lua_upvalueindex(1)); lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING)
            nearest_try_any(&nearest, lua_tolstring(L, -2, NULL));
    const char *near = nearest_end(&nearest);
    return host_error(L, "a text has no '%s'%s%s%s", name,
                      near ? ": did you mean '" : "", near ? near : "",
                      near ? "'?" : "");
}

/* string.dump is gone: it makes binary chunks, and those can break the
 * interpreter. */
static void open_string(lua_State *L, int globals)
{
    static const luaL_Reg counted[] = {
        {"find", find},        {"match", match}, {"gmatch", gmatch},
        {"gsub", string_gsub}, {"rep", rep},     {NULL, NULL}};
    static const char *const charged[] = {"pack", "unpack", "char", NULL};
    lua_pushcfunction(L, luaopen_string);
    lua_call(L, 0, 1);
    charge_texts(L, charged);
    own_open(L);
    luaL_setfuncs(L, counted, 0);
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
    lua_pushvalue(L, -2);
    lua_setfield(L, -2, LUA_STRLIBNAME); /* where a plan looks for match */
    lua_pop(L, 1);
    lua_createtable(L, 0, 2);
    lua_pushvalue(L, -2);
    lua_pushcclosure(L, no_such, 1);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_setfield(L, globals, "string");
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 2);
}

const struct binding binding_string = {.open = open_string};
