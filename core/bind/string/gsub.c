/* gsub.c: string.gsub. The replacement is a text with %1 in it, a table, or a
 * function; what it answers nil or false for stays as it was. While it runs,
 * the stack holds text, pattern, replacement, max, compiled pattern, buffer.
 */
#include "gsub.h"

#include "base/utf8.h"
#include "doubt.h"
#include "search.h"

/* %0 is the match, %1 to %9 are captures, %% is itself; anything else after %
 * is a mistake. */
static void add_text(lua_State *L, luaL_Buffer *made, const struct match *match)
{
    size_t len;
    const char *text = lua_tolstring(L, 3, &len);
    for (size_t i = 0; i < len; i++) {
        if (text[i] != '%') {
            luaL_addchar(made, text[i]);
            continue;
        }
        char c = ++i < len ? text[i] : '\0';
        if (c == '%') {
            luaL_addchar(made, '%');
        } else if (c == '0') {
            luaL_addlstring(made, match->start,
                            (size_t)(match->end - match->start));
        } else if (c >= '1' && c <= '9') {
            unsigned i_capture = (unsigned)(c - '1');
            if (i_capture >= match->count && i_capture > 0)
                host_error(L,
                           "invalid capture index %%%c in replacement "
                           "string",
                           c);
            search_push_capture(L, match, i_capture);
            luaL_tolstring(L, -1, NULL); /* a place is a number */
            lua_remove(L, -2);
            luaL_addvalue(made);
        } else {
            host_error(L, "invalid use of '%%' in replacement string");
        }
    }
}

/* Adds what stands for the match; false: the match itself. */
static bool add_replacement(lua_State *L, luaL_Buffer *made,
                            const struct match *match)
{
    if (lua_type(L, 3) == LUA_TTABLE) {
        search_push_capture(L, match, 0);
        lua_gettable(L, 3);
    } else if (lua_type(L, 3) == LUA_TFUNCTION) {
        lua_pushvalue(L, 3);
        lua_call(L, search_push_captures(L, match, true), 1);
    } else {
        add_text(L, made, match);
        return true;
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(made, match->start,
                        (size_t)(match->end - match->start));
        return false;
    }
    if (!lua_isstring(L, -1))
        host_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(made);
    return true;
}

/* Bytes may be taken one by one, as long as they are put together again. */
static void look_at_answer(lua_State *L)
{
    size_t len;
    if (!doubt_heard(L))
        return;
    const char *text = lua_tolstring(L, -1, &len);
    if (utf8_valid(text, len) == len)
        return;
    text = lua_tolstring(L, 1, &len);
    string_doubt(L, DOUBT_CUT, text, len);
}

/* A buffer keeps a place of its own on the stack, so whatever is pushed while
 * it is open is taken off before the next addition. */
int string_gsub(lua_State *L)
{
    size_t len;
    const char *text = luaL_checklstring(L, 1, &len);
    luaL_checklstring(L, 2, NULL);
    int type = lua_type(L, 3);
    luaL_argexpected(L,
                     type == LUA_TNUMBER || type == LUA_TSTRING ||
                         type == LUA_TFUNCTION || type == LUA_TTABLE,
                     3, "string/function/table");
    lua_Integer max = luaL_optinteger(L, 4, (lua_Integer)len + 1);
    lua_settop(L, 4);
    const struct pattern *pattern = search_pattern(L, 2);
    if (type == LUA_TNUMBER)
        lua_tolstring(L, 3, NULL);
    const char *at = text, *end = text + len, *last = NULL;
    lua_Integer count = 0;
    bool changed = false;
    luaL_Buffer made;
    luaL_buffinit(L, &made);
    while (count < max) {
        struct match m = {.subject = text, .len = len};
        if (search_at(L, pattern, &m, at) && m.end != last) {
            count++;
            changed |= add_replacement(L, &made, &m);
            at = last = m.end;
        } else if (at < end) {
            luaL_addchar(&made, *at++);
        } else {
            break;
        }
        if (pattern_is_anchored(pattern))
            break;
    }
    luaL_addlstring(&made, at, (size_t)(end - at));
    luaL_pushresult(&made);
    if (!changed)
        lua_pushvalue(L, 1);
    else
        look_at_answer(L);
    lua_pushinteger(L, count);
    return 2;
}
