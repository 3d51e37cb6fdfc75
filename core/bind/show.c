/* show.c: values as text, without addresses.
 *
 * Lua writes a table as `table: 0x55d0…`, which is another text in every run:
 * in a record it would be sent each time. So tostring of what has no text of
 * its own is an error while a row is mapped, and just its kind elsewhere, as it
 * is in what print shows. */
#include "bind.h"

/* Pushes the text; false: it has none of its own. */
static bool push_text(lua_State *L, int at)
{
    int type = lua_type(L, at);
    bool own = type == LUA_TNIL || type == LUA_TBOOLEAN ||
               type == LUA_TNUMBER || type == LUA_TSTRING;
    if (!own && luaL_getmetafield(L, at, "__tostring") != LUA_TNIL) {
        lua_pop(L, 1);
        own = true;
    }
    if (own) {
        luaL_tolstring(L, at, NULL);
        return true;
    }
    int named = luaL_getmetafield(L, at, "__name");
    if (named == LUA_TSTRING)
        return false;
    lua_pop(L, named != LUA_TNIL);
    name_push(L, lua_typename(L, type));
    return false;
}

const char *show_push(lua_State *L, int at, size_t *len)
{
    push_text(L, at);
    return lua_tolstring(L, -1, len);
}

/* The same, for what may end in a record. */
static void push_sure(lua_State *L, int at)
{
    if (!push_text(L, at) && host_of(L)->row != NULL)
        host_error(L,
                   "a %s has no text; one of its values may be wanted, or "
                   "cjson.encode",
                   lua_tolstring(L, -1, NULL));
}

static int to_string(lua_State *L)
{
    luaL_checkany(L, 1);
    push_sure(L, 1);
    return 1;
}

/* `%p` is an address by itself. */
static bool has_address(const char *format)
{
    while ((format = strchr(format, '%')) != NULL) {
        format++;
        format += strspn(format, "-+ #0123456789.");
        if (*format == 'p')
            return true;
        format += *format != '\0';
    }
    return false;
}

/* Upvalue: the library's own. */
static int format(lua_State *L)
{
    if (has_address(luaL_checklstring(L, 1, NULL)))
        return host_error(L, "string.format: %%p is another text in every run");
    for (int i = lua_gettop(L); i > 1; i--) {
        int type = lua_type(L, i);
        if (type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TNIL ||
            type == LUA_TBOOLEAN)
            continue;
        push_sure(L, i);
        lua_replace(L, i);
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

static void open_show(lua_State *L, int globals)
{
    lua_pushcfunction(L, to_string);
    lua_setfield(L, globals, "tostring");
    lua_getfield(L, globals, "string");
    lua_getfield(L, -1, "format");
    lua_pushcclosure(L, format, 1);
    lua_setfield(L, -2, "format");
    lua_pop(L, 1);
}

const struct binding binding_show = {.open = open_show};
