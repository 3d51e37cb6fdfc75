/* value.c: values between Lua and the host.
 *
 * A text goes to Lua as a string and comes back as a value that borrows the
 * string's bytes. What comes back is looked at once: the flags that spare the
 * encoder its work, valid UTF-8, and NFC, which concatenation may have undone.
 * Sentinels are light userdata: fast.null is cjson's NULL, fast.empty and
 * fast.same are two addresses of text.h. */
#include "bind.h"

#include <math.h>
#include <stdio.h>

#include "base/nfc.h"
#include "base/scan.h"
#include "base/screen/show.h"
#include "base/utf8.h"
#include "net/secrets.h"
#include "text/answer.h"

enum { SHOWN_MAX = 1000, SECRET_MAX = 4096 };

static const char map_key; /* of the metatable of maps, in the registry */

/* One pass over the bytes answers all questions for nearly every text: is it
 * ASCII, is there anything to escape, could it be anything but NFC. */
static const char *take_text(lua_State *L, int at, struct arena *arena,
                             struct value *value)
{
    size_t len;
    const char *text = lua_tolstring(L, at, &len);
    if (len > TEXT_MAX)
        return "a text of more than 16 MiB";
    unsigned seen = scan_text(text, len);
    *value = text_part(text, len,
                       VALUE_TIGHT | (seen & (VALUE_WIDE | VALUE_SPECIAL)));
    if ((seen & SCAN_ODD) == 0)
        return NULL;
    if (utf8_valid(text, len) < len)
        return "no valid UTF-8 (cut inside a letter? fast.sub and "
               "fast.truncate count letters)";
    if (utf8_is_nfc(text, len))
        return NULL;
    struct host *host = host_of(L);
    buf_clear(&host->scratch);
    utf8_nfc(&host->scratch, text, len);
    char *made = arena_alloc(arena, host->scratch.len);
    memcpy(made, host->scratch.at, host->scratch.len);
    *value = text_part(made, host->scratch.len,
                       value_flags(made, host->scratch.len));
    return NULL;
}

static const char *take_number(lua_State *L, int at, struct value *value)
{
    if (lua_isinteger(L, at))
        *value =
            (struct value){.integer = lua_tointeger(L, at), .type = VALUE_INT};
    else
        *value =
            (struct value){.number = lua_tonumber(L, at), .type = VALUE_NUMBER};
    return NULL;
}

/* Rows are light userdata too (row.c): what is no mark is one of them. */
static const char *take_pointer(lua_State *L, int at, struct value *value)
{
    const void *pointer = lua_touserdata(L, at);
    if (pointer == NULL)
        *value = (struct value){.type = VALUE_NIL};
    else if (pointer == text_empty)
        *value = (struct value){.type = VALUE_EMPTY};
    else if (pointer == text_same)
        *value = text_same_value();
    else
        return "the row itself; one of its columns is wanted";
    return NULL;
}

/* A table without a sequence may still have names; only one with nothing is an
 * empty list. */
static bool is_empty(lua_State *L, int at)
{
    lua_pushnil(L);
    if (!lua_next(L, at))
        return true;
    lua_pop(L, 2);
    return false;
}

/* What a table with a metatable is: a map of the row's, an expression, or one
 * that the script made. NULL: it has none. */
static const char *other_table(lua_State *L, int at)
{
    if (!lua_getmetatable(L, at))
        return NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &map_key);
    bool map = lua_rawequal(L, -1, -2) != 0;
    lua_pushliteral(L, "kind");
    bool expression = lua_rawget(L, at) == LUA_TSTRING;
    lua_pop(L, 3);
    return map          ? "a map; one of its members is wanted"
           : expression ? "an expression, which only `fields` and `where` can "
                          "hold"
                        : "a table with a metatable";
}

/* A sequence of plain values; it may have none, as fast.split("", ",") has. */
static const char *take_list(lua_State *L, int at, struct arena *arena,
                             struct value *value)
{
    size_t count = lua_rawlen(L, at);
    const char *other = other_table(L, at);
    if (other != NULL)
        return other;
    if (count > VALUE_PARTS || (count == 0 && !is_empty(L, at)))
        return "a table";
    struct value *list = arena_alloc(arena, count * sizeof *list);
    for (size_t i = 0; i < count; i++) {
        const char *why = "a table in a table";
        if (lua_rawgeti(L, at, (lua_Integer)i + 1) != LUA_TTABLE)
            why = value_take(L, lua_gettop(L), arena, &list[i]);
        lua_pop(L, 1);
        if (why == NULL && budget_of(L)->bound.stop != MEM_GO)
            why = "a list that is too large";
        if (why != NULL)
            return why;
    }
    *value = (struct value){
        .list = list, .len = (uint32_t)count, .type = VALUE_LIST};
    return NULL;
}

/* Answers why instead of raising: callers are in the middle of a row and own
 * what Lua would not free. */
const char *value_take(lua_State *L, int at, struct arena *arena,
                       struct value *value)
{
    *value = (struct value){.type = VALUE_NIL};
    switch (lua_type(L, at)) {
    case LUA_TSTRING:
        return take_text(L, at, arena, value);
    case LUA_TNIL:
    case LUA_TNONE:
        return NULL;
    case LUA_TNUMBER:
        return take_number(L, at, value);
    case LUA_TBOOLEAN:
        value->truth = lua_toboolean(L, at) != 0;
        value->type = VALUE_BOOL;
        return NULL;
    case LUA_TLIGHTUSERDATA:
        return take_pointer(L, at, value);
    case LUA_TTABLE:
        return take_list(L, at, arena, value);
    case LUA_TFUNCTION:
        return "a function";
    default:
        return "no value";
    }
}

/* A table that has nil in it ends there: null holds the place. */
static void push_list(lua_State *L, const struct value *value)
{
    luaL_checkstack(L, 4, "lists in lists");
    budget_charge(L, value->len);
    lua_createtable(L, (int)value->len, 0);
    for (uint32_t i = 0; i < value->len; i++) {
        if (value->list[i].type == VALUE_NIL)
            lua_pushlightuserdata(L, NULL);
        else
            value_push(L, &value->list[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

/* Members that hold nothing are left out, so that one that is null and one
 * that is not there are both nil to a script. */
static void push_map(lua_State *L, const struct value *value)
{
    luaL_checkstack(L, 5, "maps in maps");
    budget_charge(L, value->len);
    lua_createtable(L, 0, (int)value->len);
    for (uint32_t i = 0; i < value->len; i++) {
        const struct value_member *member = &value->members[i];
        lua_pushlstring(L, member->name.text, member->name.len);
        value_push(L, &member->value);
        lua_rawset(L, -3);
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &map_key);
    lua_setmetatable(L, -2);
}

/* Lua's floats would round: what is no integer of 64 bits stays text. */
static void push_decimal(lua_State *L, const struct value *value)
{
    int64_t integer;
    if (decimal_integer(value, &integer))
        lua_pushinteger(L, integer);
    else
        lua_pushlstring(L, value->text, value->len);
}

/* Text comes first, as it does in rows. */
void value_push(lua_State *L, const struct value *value)
{
    switch ((enum value_type)value->type) {
    case VALUE_TEXT:
        if (text_is_same(value))
            lua_pushlightuserdata(L, (void *)(uintptr_t)text_same);
        else
            lua_pushlstring(L, value->text, value->len);
        break;
    case VALUE_INT:
        lua_pushinteger(L, value->integer);
        break;
    case VALUE_NUMBER:
        lua_pushnumber(L, value->number);
        break;
    case VALUE_DECIMAL:
        push_decimal(L, value);
        break;
    case VALUE_BOOL:
        lua_pushboolean(L, value->truth);
        break;
    case VALUE_EMPTY:
        lua_pushlightuserdata(L, (void *)(uintptr_t)text_empty);
        break;
    case VALUE_LIST:
        push_list(L, value);
        break;
    case VALUE_MAP:
        push_map(L, value);
        break;
    case VALUE_NIL:
        lua_pushnil(L);
        break;
    }
}

/* A message stands on one line of a terminal, whatever a script put into it.
 * Secrets are struck out before it is cut: half of one is one as well. */
const char *value_line(struct arena *arena, const char *text, size_t len)
{
    bool part = len > SHOWN_MAX + SECRET_MAX;
    size_t taken = part ? SHOWN_MAX + SECRET_MAX : len;
    char *line = arena_alloc(arena, taken + 1);
    memcpy(line, text, taken);
    line[taken] = '\0';
    size_t clean = secrets_scrub_bytes(line, taken);
    /* What was taken may end within a secret. */
    size_t sure = !part ? clean : clean > SECRET_MAX ? clean - SECRET_MAX : 0;
    size_t kept = utf8_cut(line, sure, SHOWN_MAX);
    return show_keep(arena, "", line, kept, part || kept < clean ? "…" : "");
}

/* native.map: the metatable of maps, which init.lua completes. */
static void open_value(lua_State *L, int globals)
{
    (void)globals;
    lua_pushlightuserdata(L, NULL);
    lua_setfield(L, -2, "null");
    lua_pushlightuserdata(L, (void *)(uintptr_t)text_empty);
    lua_setfield(L, -2, "empty");
    lua_pushlightuserdata(L, (void *)(uintptr_t)text_same);
    lua_setfield(L, -2, "same");
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &map_key);
    lua_setfield(L, -2, "map");
}

const struct binding binding_value = {.open = open_value};
