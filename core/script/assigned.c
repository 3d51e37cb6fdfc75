/* assigned.c: from function to function, each once.
 *
 * A function in a table is gone on to where its name stands in the function
 * that has the table: a file's `load`, which setup calls, is not what `map`
 * does. The stack, from `base` on: the functions to look at, those met
 * already, the texts and the tables of the one that is looked at. */
#include "assigned.h"

#include "functions.h"

enum { TABLES_DEEP = 4 };

struct look {
    lua_State *L;
    int queue, met, names, tables, function; /* stack indices */
    lua_Integer done, count, name_count;
    struct bytecode_use found; /* line 0: nothing */
};

/* A name that is set without `local` raises by itself. */
static bool is_environment(lua_State *L, int function, int upvalue)
{
    lua_getupvalue(L, function, upvalue);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    bool is = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    return is;
}

/* The first in the file is told. A name is kept by the list of names, whatever
 * becomes of the dump. */
static void visit(void *owner, const struct bytecode_use *use)
{
    struct look *look = owner;
    lua_State *L = look->L;
    if (use->kind == USE_NAME) {
        lua_pushlstring(L, use->text, use->len);
        lua_rawseti(L, look->names, ++look->name_count);
        return;
    }
    if (use->kind == USE_READ || use->kind == USE_ANSWER ||
        (use->kind == USE_CHANGE &&
         is_environment(L, look->function, use->upvalue)))
        return;
    if (look->found.line == 0 || use->line < look->found.line)
        look->found = *use;
}

/* Stack: the function, at the top. */
static void add_function(struct look *look)
{
    lua_State *L = look->L;
    lua_pushvalue(L, -1);
    if (lua_rawget(L, look->met) == LUA_TNIL && script_is_own(L, -2)) {
        lua_pushvalue(L, -2);
        lua_pushboolean(L, 1);
        lua_rawset(L, look->met);
        lua_pushvalue(L, -2);
        lua_rawseti(L, look->queue, ++look->count);
    }
    lua_pop(L, 1);
}

static void add_value(struct look *look, unsigned deep);

/* What the text on top names in the table at `at`; pops it. */
static void add_named(struct look *look, int at, unsigned deep)
{
    lua_rawget(look->L, at);
    add_value(look, deep);
    lua_pop(look->L, 1);
}

/* By its names, and by what operators may call. */
static void add_metatable(struct look *look, unsigned deep)
{
    static const char *const names[] = {
        "__index",  "__newindex", "__call", "__tostring", "__name", "__pairs",
        "__concat", "__len",      "__eq",   "__lt",       "__le",   "__add",
        "__sub",    "__mul",      "__div",  "__mod",      "__pow",  "__unm",
        "__idiv",   "__close",    NULL};
    lua_State *L = look->L;
    if (!lua_getmetatable(L, -1))
        return;
    int at = lua_gettop(L);
    for (int i = 0; names[i] != NULL; i++) {
        name_push(L, names[i]);
        add_named(look, at, deep);
    }
    lua_pop(L, 1);
}

/* Stack: the table, at the top. */
static void add_table(struct look *look, unsigned deep)
{
    lua_State *L = look->L;
    int at = lua_gettop(L);
    lua_pushvalue(L, at);
    if (deep == TABLES_DEEP || lua_rawget(L, look->tables) != LUA_TNIL) {
        lua_settop(L, at);
        return;
    }
    lua_settop(L, at);
    lua_pushvalue(L, at);
    lua_pushboolean(L, 1);
    lua_rawset(L, look->tables);
    for (lua_Integer i = 1; i <= look->name_count; i++) {
        lua_rawgeti(L, look->names, i);
        add_named(look, at, deep + 1);
    }
    add_metatable(look, deep + 1);
}

static void add_value(struct look *look, unsigned deep)
{
    luaL_checkstack(look->L, 10, NULL);
    switch (lua_type(look->L, -1)) {
    case LUA_TFUNCTION:
        add_function(look);
        break;
    case LUA_TTABLE:
        add_table(look, deep);
        break;
    default:
        break;
    }
}

/* The variable may be `_ENV`, where a library's table is written to or the
 * script has an environment of its own. */
static const char *name_of(struct look *look)
{
    lua_State *L = look->L;
    const struct bytecode_use *found = &look->found;
    const char *name = lua_getupvalue(L, look->function, found->upvalue);
    if (name != NULL && *name != '\0' && strcmp(name, "_ENV") != 0)
        return name;
    return found->text != NULL ? lua_pushlstring(L, found->text, found->len)
                               : "a library's table";
}

/* Pushes what is wrong. */
static bool tell(struct look *look)
{
    lua_State *L = look->L;
    const char *name = name_of(look);
    lua_pushfstring(L, "%s: '%s' is %s %s",
                    script_place(L, look->function, look->found.line), name,
                    look->found.kind == USE_ASSIGN ? "set" : "written to",
                    script_keeping);
    return true;
}

/* What the function at look->function writes to; then what it can reach. */
static bool look_at(struct look *look)
{
    lua_State *L = look->L;
    look->name_count = 0;
    look->found.line = 0;
    lua_newtable(L);
    lua_replace(L, look->names);
    lua_newtable(L);
    lua_replace(L, look->tables);
    if (!script_uses(L, look->function, visit, look))
        return false;
    if (look->found.line > 0)
        return tell(look);
    for (int i = 1; lua_getupvalue(L, look->function, i) != NULL; i++) {
        add_value(look, 0);
        lua_pop(L, 1);
    }
    modules_push(L); /* `require` may stand in the function */
    add_value(look, 0);
    lua_pop(L, 1);
    return false;
}

bool script_assigned(lua_State *L, const struct use *use)
{
    int base = lua_gettop(L);
    struct look look = {.L = L,
                        .queue = base + 1,
                        .met = base + 2,
                        .names = base + 3,
                        .tables = base + 4,
                        .function = base + 5};
    luaL_checkstack(L, 20, NULL);
    bool any = script_functions(L, use);
    for (int i = 0; i < 4; i++)
        lua_newtable(L);
    for (look.count = any ? (lua_Integer)lua_rawlen(L, look.queue) : 0;
         look.done < look.count;) {
        lua_rawgeti(L, look.queue, ++look.done);
        lua_replace(L, look.function);
        if (look_at(&look)) {
            lua_replace(L, base + 1);
            lua_settop(L, base + 1);
            return true;
        }
    }
    lua_settop(L, base);
    return false;
}
