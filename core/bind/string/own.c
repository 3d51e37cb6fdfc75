/* own.c: len, sub, byte, reverse and format are Lua's own, called as they are;
 * what they answer is then looked at. upper and lower are the text functions.
 *
 * Each that walks through a text is charged for it, as charge.c does. */
#include "own.h"

#include "base/utf8.h"
#include "doubt.h"
#include "text/answer.h"

enum { BYTES_A_STEP = 16 };

/* Lua's own; it has no upvalues, and leaves the arguments where they are. */
static int call_own(lua_State *L)
{
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static int call_charged(lua_State *L)
{
    size_t bytes = 0;
    for (int i = lua_gettop(L); i > 0; i--)
        if (lua_type(L, i) == LUA_TSTRING)
            bytes += lua_rawlen(L, i);
    budget_charge(L, bytes / BYTES_A_STEP);
    return call_own(L);
}

static bool is_wide(const char *text, size_t len)
{
    return (value_flags(text, len) & VALUE_WIDE) != 0;
}

static int len(lua_State *L)
{
    size_t bytes;
    int count = call_own(L);
    if (!doubt_heard(L))
        return count;
    const char *text = lua_tolstring(L, 1, &bytes);
    budget_charge(L, bytes / BYTES_A_STEP);
    if (is_wide(text, bytes))
        string_doubt(L, DOUBT_LEN, text, bytes);
    return count;
}

static int sub(lua_State *L)
{
    size_t part_len, bytes;
    int count = call_own(L);
    const char *part = lua_tolstring(L, -1, &part_len);
    if (letters_cut(part, part_len) && doubt_heard(L)) {
        const char *text = lua_tolstring(L, 1, &bytes);
        string_doubt(L, DOUBT_SUB, text, bytes);
    }
    return count;
}

/* The bytes that were answered, those in the middle left out. */
static int byte(lua_State *L)
{
    enum { ENDS = 8 };
    char part[ENDS];
    size_t bytes, part_len = 0;
    int count = call_charged(L);
    if (!doubt_heard(L))
        return count;
    for (int i = 0; i < count; i++)
        if (i < ENDS / 2 || i >= count - ENDS / 2)
            part[part_len++] = (char)lua_tointeger(L, i - count);
    if (letters_cut(part, part_len)) {
        const char *text = lua_tolstring(L, 1, &bytes);
        string_doubt(L, DOUBT_BYTE, text, bytes);
    }
    return count;
}

static int reverse(lua_State *L)
{
    size_t bytes;
    int count = call_charged(L);
    const char *text = lua_tolstring(L, 1, &bytes);
    if (doubt_heard(L) && is_wide(text, bytes))
        string_doubt(L, DOUBT_REVERSE, text, bytes);
    return count;
}

/* Which of the arguments was cut, is not known: the first that can be. */
static int format(lua_State *L)
{
    size_t bytes;
    int given = lua_gettop(L), count = call_charged(L);
    const char *text = lua_tolstring(L, -1, &bytes);
    if (!doubt_heard(L) || utf8_valid(text, bytes) == bytes)
        return count;
    for (int i = 2; i <= given; i++) {
        if (lua_type(L, i) != LUA_TSTRING)
            continue;
        text = lua_tolstring(L, i, &bytes);
        if (is_wide(text, bytes)) {
            string_doubt(L, DOUBT_FORMAT, text, bytes);
            break;
        }
    }
    return count;
}

/* Upvalues: Lua's own function, for what is no text; the text function. */
static int other_case(lua_State *L)
{
    size_t bytes;
    const struct text_function *function =
        lua_touserdata(L, lua_upvalueindex(2));
    const char *given = luaL_checklstring(L, 1, &bytes);
    struct host *host = host_of(L);
    budget_charge(L, bytes / BYTES_A_STEP);
    if (bytes > TEXT_MAX || utf8_valid(given, bytes) < bytes)
        return call_own(L);
    struct value answer,
        text = text_part(given, bytes, VALUE_TIGHT | value_flags(given, bytes));
    struct text_args args = {.all = &text, .count = 1, .name = function->name};
    arena_reset(&host->arena);
    function->call(&host->text, &args, &answer);
    if (answer.text == given)
        lua_settop(L, 1);
    else
        lua_pushlstring(L, answer.text, answer.len);
    return 1;
}

void own_open(lua_State *L)
{
    static const luaL_Reg looked_at[] = {
        {"len", len},         {"sub", sub},       {"byte", byte},
        {"reverse", reverse}, {"format", format}, {NULL, NULL}};
    static const char *const cases[] = {"upper", "lower", NULL};
    for (const luaL_Reg *each = looked_at; each->name != NULL; each++) {
        lua_getfield(L, -1, each->name);
        lua_pushcclosure(L, each->func, 1);
        lua_setfield(L, -2, each->name);
    }
    for (const char *const *name = cases; *name != NULL; name++) {
        const struct text_function *function = text_find(*name, strlen(*name));
        lua_getfield(L, -1, *name);
        lua_pushlightuserdata(L, (void *)(uintptr_t)function);
        lua_pushcclosure(L, other_case, 2);
        lua_setfield(L, -2, *name);
    }
}
