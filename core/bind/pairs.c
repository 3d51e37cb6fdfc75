/* pairs.c: pairs and next in an order that is the same in every run.
 *
 * Lua's own order follows the addresses of strings, and so is another one in
 * every thread: a record made of such a walk would be sent again and again.
 * Here numbers come first, the least first, then texts by their bytes, then
 * false and true, and last, in Lua's own order, whatever else is a key: tables
 * and functions have no order of their own. Most tables are lists, or have one
 * key: where Lua's order is this one already, Lua's own next goes on. */
#include "bind.h"

#include <lualib.h>
#include <stdlib.h>

enum rank { RANK_NUMBER, RANK_TEXT, RANK_TRUTH, RANK_OTHER };

struct key {
    enum rank rank;
    unsigned at; /* of the list of keys, from 1 */
    union {
        lua_Integer integer;
        const char *text; /* the table keeps it */
    };
    lua_Number number; /* of a float */
    size_t len;        /* of a text; of an integer: 0, of a float: 1 */
};

static struct key key_of(lua_State *L, int at)
{
    struct key key = {.rank = RANK_OTHER};
    switch (lua_type(L, at)) {
    case LUA_TNUMBER:
        key.rank = RANK_NUMBER;
        key.len = !lua_isinteger(L, at);
        key.number = lua_tonumber(L, at);
        key.integer = key.len == 0 ? lua_tointeger(L, at) : 0;
        break;
    case LUA_TSTRING:
        key.rank = RANK_TEXT;
        key.text = lua_tolstring(L, at, &key.len);
        break;
    case LUA_TBOOLEAN:
        key.rank = RANK_TRUTH;
        key.integer = lua_toboolean(L, at);
        break;
    default:
        break;
    }
    return key;
}

/* Numbers of both kinds beside each other are compared as floats, which may
 * take great ones for equal: then the integer goes first. */
static int compare_numbers(const struct key *a, const struct key *b)
{
    if (a->len == 0 && b->len == 0)
        return (a->integer > b->integer) - (a->integer < b->integer);
    if (a->number < b->number || a->number > b->number)
        return a->number < b->number ? -1 : 1;
    return (a->len > b->len) - (a->len < b->len);
}

static int compare_texts(const struct key *a, const struct key *b)
{
    size_t len = a->len < b->len ? a->len : b->len;
    int order = memcmp(a->text, b->text, len);
    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

static int compare(const struct key *a, const struct key *b)
{
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    switch (a->rank) {
    case RANK_NUMBER:
        return compare_numbers(a, b);
    case RANK_TEXT:
        return compare_texts(a, b);
    case RANK_TRUTH:
        return (a->integer > b->integer) - (a->integer < b->integer);
    default:
        return 0;
    }
}

/* What has no order keeps that in which it was found. */
static int by_key(const void *a, const void *b)
{
    const struct key *one = a, *other = b;
    int order = compare(one, other);
    return order != 0 ? order : (one->at > other->at) - (one->at < other->at);
}

/* How many keys the table at `at` has, and whether Lua goes through them in
 * order. Charged, since no hook runs here. */
static unsigned count_keys(lua_State *L, int at, bool *in_order)
{
    struct key before = {.rank = RANK_NUMBER};
    unsigned count = 0;
    *in_order = true;
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1)) {
        struct key key = key_of(L, -2);
        *in_order = *in_order && (count == 0 || compare(&before, &key) <= 0);
        before = key;
        count++;
    }
    budget_charge(L, count / 4 + 1);
    return count;
}

/* Sorts the keys of the table at `at` and pushes them as a list. Lua tells them
 * a second time for it: what is no text or number can be had in no other way.
 * There may be fewer than `count` by now, as those of a weak table go. */
static void push_sorted(lua_State *L, int at, unsigned count, struct key *keys,
                        unsigned *places)
{
    unsigned found = 0;
    /* First, as it may set off the collector. */
    lua_createtable(L, (int)count, 0);
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1)) {
        keys[found] = key_of(L, -2);
        keys[found].at = found;
        found++;
    }
    qsort(keys, found, sizeof *keys, by_key);
    for (unsigned i = 0; i < found; i++)
        places[keys[i].at] = i + 1;
    found = 0;
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        lua_rawseti(L, -4, (lua_Integer)places[found++]);
    }
}

/* Pushes the keys of the table at `at`, as a list in order. */
static void push_keys(lua_State *L, int at, unsigned count)
{
    enum { FEW = 32 };
    struct key few[FEW];
    unsigned few_places[FEW], cost = count;
    for (unsigned left = count; left > 1; left /= 2)
        cost += count / 4;
    budget_charge(L, cost);
    if (count <= FEW) {
        push_sorted(L, at, count, few, few_places);
        return;
    }
    struct key *keys = lua_newuserdatauv(L, count * sizeof *keys, 0);
    unsigned *places = lua_newuserdatauv(L, count * sizeof *places, 0);
    push_sorted(L, at, count, keys, places);
    lua_replace(L, -3);
    lua_pop(L, 1);
}

/* Is the key at `at` the one at that place of the list (upvalue 1)? */
static bool is_at(lua_State *L, lua_Integer place, int at)
{
    lua_rawgeti(L, lua_upvalueindex(1), place);
    bool same = lua_rawequal(L, -1, at);
    lua_pop(L, 1);
    return same;
}

/* The place of the key at `at`: usually the one told last, but whoever asks for
 * another one is answered all the same. */
static lua_Integer find_place(lua_State *L, int at)
{
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(2));
    lua_Integer count = (lua_Integer)lua_rawlen(L, lua_upvalueindex(1));
    if (lua_isnil(L, at))
        return 0;
    if (is_at(L, last, at))
        return last;
    budget_charge(L, (uint64_t)count);
    for (lua_Integer i = 1; i <= count; i++)
        if (is_at(L, i, at))
            return i;
    return host_error(L, "this key is not in the table");
}

/* next(table, key) over a list of keys. Those that went meanwhile are left
 * out. Upvalues: the keys, the place told last. */
static int next_in_order(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    for (lua_Integer i = find_place(L, 2) + 1;; i++) {
        lua_settop(L, 1);
        if (lua_rawgeti(L, lua_upvalueindex(1), i) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) == LUA_TNIL)
            continue;
        lua_pushinteger(L, i);
        lua_replace(L, lua_upvalueindex(2));
        return 2;
    }
}

/* Pushes what goes through the table at index 1 in order. */
static void push_next(lua_State *L)
{
    bool in_order;
    unsigned count = count_keys(L, 1, &in_order);
    if (in_order) {
        lua_pushvalue(L, lua_upvalueindex(1));
        return;
    }
    push_keys(L, 1, count);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_in_order, 2);
}

/* Upvalue: Lua's own next. */
static int pairs(lua_State *L)
{
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    push_next(L);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* Is the table empty, or has it one key? Then all orders are one. */
static bool has_at_most_one(lua_State *L)
{
    lua_pushnil(L);
    bool more = lua_next(L, 1) && (lua_pop(L, 1), lua_next(L, 1));
    lua_settop(L, 1);
    return !more;
}

/* The least key, by going through all: whether there is one at all is known
 * sooner only where it is the first place of a list. */
static int first_key(lua_State *L)
{
    struct key least = {.rank = RANK_OTHER};
    unsigned count = 0;
    lua_settop(L, 1);
    if (has_at_most_one(L)) {
        lua_pushnil(L);
        return lua_next(L, 1) ? 2 : (lua_pushnil(L), 1);
    }
    lua_pushnil(L); /* index 2: the least key so far */
    for (lua_pushnil(L); lua_next(L, 1); lua_pop(L, 1)) {
        struct key key = key_of(L, -2);
        if (count++ == 0 || compare(&key, &least) < 0) {
            least = key;
            lua_pushvalue(L, -2);
            lua_replace(L, 2);
        }
    }
    budget_charge(L, count / 4 + 1);
    lua_pushvalue(L, 2);
    lua_rawget(L, 1);
    return 2;
}

static const char walk_key; /* { table, its next }, of the walk by next */

/* A walk by next(table, key) sorts once: what goes through the table is kept
 * until another table is gone through. Upvalue: Lua's own next. */
static int next(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    if (lua_isnil(L, 2)) { /* a new walk: the table may be another by now */
        lua_rawsetp(L, LUA_REGISTRYINDEX, &walk_key);
        return first_key(L);
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &walk_key);
    bool same = false;
    if (lua_type(L, 3) == LUA_TTABLE) {
        lua_rawgeti(L, 3, 1);
        same = lua_rawequal(L, -1, 1);
    }
    lua_settop(L, 3);
    if (same) {
        lua_rawgeti(L, 3, 2);
    } else {
        lua_createtable(L, 2, 0);
        lua_pushvalue(L, 1);
        lua_rawseti(L, 4, 1);
        push_next(L);
        lua_pushvalue(L, -1);
        lua_rawseti(L, 4, 2);
        lua_pushvalue(L, 4);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &walk_key);
    }
    lua_pushvalue(L, 1);
    lua_pushvalue(L, 2);
    lua_call(L, 2, 2);
    return lua_isnil(L, -2) ? 1 : 2;
}

static void open_pairs(lua_State *L, int globals)
{
    lua_getfield(L, globals, "next");
    lua_pushvalue(L, -1);
    lua_pushcclosure(L, pairs, 1);
    lua_setfield(L, globals, "pairs");
    lua_pushcclosure(L, next, 1);
    lua_setfield(L, globals, "next");
}

const struct binding binding_pairs = {.open = open_pairs};
