/* search.c: a search of the string library, from the pattern's text on.
 *
 * The cache is emptied when it is full: a script that makes patterns of its
 * rows' texts must not keep them all. */
#include "search.h"
#include "compile.h"
#include "doubt.h"

enum { CACHED = 128 };

static const char cache_key;

/* Pushes the cache: [1] counts what is in it, patterns are by text. */
static void push_cache(lua_State *L, lua_Integer *count)
{
    *count = 0;
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &cache_key) == LUA_TTABLE) {
        lua_rawgeti(L, -1, 1);
        *count = lua_tointeger(L, -1);
        lua_pop(L, 1);
        if (*count < CACHED)
            return;
    }
    lua_pop(L, 1);
    lua_newtable(L);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &cache_key);
    *count = 0;
}

/* Compiles the string at `at` and pushes the userdata. */
static const struct pattern *compile(lua_State *L, int at)
{
    size_t len;
    lua_Integer count;
    const char *text = lua_tolstring(L, at, &len);
    push_cache(L, &count);
    struct pattern *pattern = lua_newuserdatauv(L, pattern_size(len), 0);
    const char *why = pattern_compile(pattern, text, len);
    if (why != NULL)
        host_error(L, "%s", why);
    lua_pushinteger(L, count + 1);
    lua_rawseti(L, -3, 1);
    lua_pushvalue(L, at);
    lua_pushvalue(L, -2);
    lua_rawset(L, -4);
    lua_remove(L, -2);
    return pattern;
}

/* The cache is a Lua table by text: two searches by one pattern compile it
 * once. */
const struct pattern *search_pattern(lua_State *L, int at)
{
    luaL_checklstring(L, at, NULL); /* a number becomes its text */
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, &cache_key) == LUA_TTABLE) {
        lua_pushvalue(L, at);
        if (lua_rawget(L, -2) == LUA_TUSERDATA) {
            lua_remove(L, -2);
            return lua_touserdata(L, -1);
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return compile(L, at);
}

/* What a search used is charged; what went wrong raises. */
static bool settle(lua_State *L, const struct match *match, uint64_t steps,
                   bool found)
{
    budget_charge(L, match->steps > 0 ? steps - match->steps : UINT64_MAX);
    if (match->trouble != NULL)
        host_error(L, "%s", match->trouble);
    return found;
}

static void say(lua_State *L, const struct match *match,
                enum letters_doubt letters)
{
    if (letters != LETTERS_SURE)
        string_doubt(L,
                     (enum string_doubt)(DOUBT_CUT + (letters - LETTERS_CUT)),
                     match->subject, match->len);
}

/* A script that drives itself has no budget, but no search takes minutes. */
static uint64_t steps_left(lua_State *L)
{
    enum { MOST = 1 << 30 };
    uint64_t left = budget_of(L)->left;
    return left < MOST ? left : MOST;
}

bool search_from(lua_State *L, const struct pattern *pattern,
                 struct match *match, const char *from)
{
    uint64_t steps = steps_left(L);
    match->steps = steps;
    bool found = settle(L, match, steps, pattern_search(pattern, match, from));
    if (doubt_heard(L))
        say(L, match, letters_doubt(pattern, match, found));
    return found;
}

/* One of many places: whether a character is cut in the end, is seen there. */
bool search_at(lua_State *L, const struct pattern *pattern, struct match *match,
               const char *from)
{
    uint64_t steps = steps_left(L);
    match->steps = steps;
    bool found = settle(L, match, steps, pattern_at(pattern, match, from));
    if (doubt_heard(L))
        say(L, match, letters_doubt_of_classes(pattern, match, found));
    return found;
}

void search_push_capture(lua_State *L, const struct match *match, unsigned i)
{
    const struct capture *capture = &match->captures[i];
    if (i >= match->count)
        lua_pushlstring(L, match->start, (size_t)(match->end - match->start));
    else if (capture->len == CAPTURE_PLACE)
        lua_pushinteger(L, capture->at - match->subject + 1);
    else
        lua_pushlstring(L, capture->at, (size_t)capture->len);
}

int search_push_captures(lua_State *L, const struct match *match, bool whole)
{
    unsigned count = match->count > 0 ? match->count : whole;
    luaL_checkstack(L, (int)count, "too many captures");
    for (unsigned i = 0; i < count; i++)
        search_push_capture(L, match, i);
    return (int)count;
}
