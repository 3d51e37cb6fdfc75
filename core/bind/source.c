/* source.c: from the tables that fast.csv and its kin make to specs.
 *
 * A source is { kind = "source", format = name or nil, options = { … }, line,
 * and its paths as a sequence }; the options were checked when it was written.
 * Paths are relative to the script. A plain string is a path of a format to
 * be detected. */
#include "bind.h"

#include <stdio.h>
#include <stdlib.h>

#include "decode/paths/request.h"

/* NULL, or what is wrong with it. */
static const char *take_value(lua_State *L, int at, unsigned depth,
                              struct option_value *value);

static const char *take_list(lua_State *L, int at, unsigned depth,
                             struct option_value *value,
                             struct option_value *items, unsigned count)
{
    const char *wrong = NULL;
    value->type = OPTION_LIST;
    for (unsigned i = 0; wrong == NULL && i < count; i++) {
        lua_rawgeti(L, at, (lua_Integer)i + 1);
        wrong = take_value(L, lua_gettop(L), depth, &items[value->count++]);
    }
    return wrong;
}

/* Each name is pushed once more: to make a text of a number changes it, and
 * lua_next wants the very key. */
static const char *take_table(lua_State *L, int at, unsigned depth,
                              struct option_value *value,
                              struct option_value *items)
{
    const char *wrong = NULL;
    value->type = OPTION_TABLE;
    for (lua_pushnil(L); wrong == NULL && lua_next(L, at);) {
        lua_pushvalue(L, -2);
        int name = lua_gettop(L);
        wrong = take_value(L, name, depth, &items[value->count++]);
        if (wrong == NULL)
            wrong = take_value(L, name - 1, depth, &items[value->count++]);
        lua_pushvalue(L, name - 2);
    }
    return wrong;
}

/* The elements of a list, or names and values of a table. Their memory is a
 * userdata that is left on the stack: the spec copies it. */
static const char *take_items(lua_State *L, int at, unsigned depth,
                              struct option_value *value)
{
    enum { MAX = 4096 };
    unsigned length = (unsigned)lua_rawlen(L, at), count = 0;
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1))
        count++;
    if (count > MAX)
        return "a table of more than 4096";
    if (length > 0 && count != length)
        return "a list with holes or names in it";
    struct option_value *items =
        lua_newuserdatauv(L, 2 * (count + 1) * sizeof *items, 0);
    value->items = items;
    return length > 0 ? take_list(L, at, depth, value, items, count)
                      : take_table(L, at, depth, value, items);
}

/* The value as an option has it; what holds its texts stays on the stack. */
static const char *take_value(lua_State *L, int at, unsigned depth,
                              struct option_value *value)
{
    enum { DEPTH_MAX = 8 };
    int type = lua_type(L, at);
    luaL_checkstack(L, 10, NULL);
    *value = (struct option_value){.type = OPTION_TEXT};
    if (type == LUA_TBOOLEAN) {
        value->type = OPTION_TRUTH;
        value->text = lua_toboolean(L, at) ? "yes" : "no";
        value->len = strlen(value->text);
    } else if (type == LUA_TNUMBER || type == LUA_TSTRING) {
        value->type = type == LUA_TNUMBER ? OPTION_NUMBER : OPTION_TEXT;
        lua_pushvalue(L, at);
        value->text = lua_tolstring(L, -1, &value->len);
        budget_charge(L, value->len + 1); /* it is copied, each time */
    } else if (type == LUA_TTABLE && depth < DEPTH_MAX) {
        return take_items(L, at, depth + 1, value);
    } else if (type == LUA_TFUNCTION && depth == 0) {
        value->type = OPTION_FUNCTION; /* kept as long as the state */
        value->function = host_of(L)->option;
        lua_pushvalue(L, at);
        value->function.reference = luaL_ref(L, LUA_REGISTRYINDEX);
    } else {
        return type == LUA_TFUNCTION ? "a table with a function in it"
                                     : "not a text, number, boolean or table";
    }
    return NULL;
}

/* Leaves on the stack what `taken` borrows. */
static bool take_option(lua_State *L, const char *name, int at,
                        struct option_value *taken, struct err *err)
{
    const char *wrong = take_value(L, at, 0, taken);
    return wrong == NULL ||
           err_set(err, EXIT_SCRIPT, "%s: its value is %s", name, wrong);
}

static bool set_option(lua_State *L, struct spec *spec, const char *name,
                       int at, struct err *err)
{
    struct option_value taken;
    int top = lua_gettop(L);
    bool good = take_option(L, name, at, &taken, err);
    if (good && !spec_say(spec, name, &taken, err))
        good = err_prefix(err, "%s", name);
    lua_settop(L, top);
    return good;
}

static bool is_known(const char *name)
{
    const struct format_option *option;
    for (unsigned i = 0; (option = spec_option_at(i, true)) != NULL; i++)
        if (strcmp(option->name, name) == 0)
            return true;
    return false;
}

static void push_unknown(lua_State *L, const char *name)
{
    enum { MAX = 64 };
    const char *names[MAX];
    const struct format_option *option;
    unsigned count = 0;
    while (count + 1 < MAX && (option = spec_option_at(count, true)) != NULL)
        names[count++] = option->name;
    names[count] = NULL;
    const char *near = host_nearest(name, names);
    lua_pushfstring(L, "there is no option '%s'%s%s%s", name,
                    near ? ": did you mean '" : "", near ? near : "",
                    near ? "'?" : "");
}

/* native.option(format or nil, name, value): nil, or what is wrong with it. */
static int option(lua_State *L)
{
    const char *format = lua_isnil(L, 1) ? NULL : luaL_checkstring(L, 1);
    const char *name = luaL_checkstring(L, 2);
    struct err err;
    struct spec spec;
    struct option_value value;
    lua_settop(L, 3);
    if (!is_known(name)) {
        push_unknown(L, name);
        return 1;
    }
    bool good = take_option(L, name, 3, &value, &err);
    if (good) {
        spec_init(&spec);
        spec.format = format ? format_find(format) : NULL;
        if (!spec_say(&spec, name, &value, &err))
            good = err_prefix(&err, "%s", name);
        spec_release(&spec);
    }
    lua_pushnil(L);
    if (!good)
        lua_pushstring(L, err.text);
    return 1;
}

/* The path at `at`, a string. */
static char *resolve(lua_State *L, int at)
{
    enum { LONGEST = 4096 };
    const struct host *host = host_of(L);
    size_t len;
    const char *path = lua_tolstring(L, at, &len);
    if (strlen(path) < len)
        host_stop(L, EXIT_SCRIPT, "a source's path has a NUL in it");
    if (len > LONGEST)
        host_stop(L, EXIT_SCRIPT, "a source's path of more than %d bytes",
                  LONGEST);
    if (*path == '/' || strcmp(path, "-") == 0 || request_is(path))
        return mem_text(path);
    return mem_format("%s%s", host->folder, path);
}

/* One spec of the source table at `at` (0: none), its path on top. False: err.
 */
static bool fill(lua_State *L, int at, struct spec *spec, struct err *err)
{
    bool good = true;
    spec_init(spec);
    spec->path = resolve(L, lua_gettop(L));
    spec->folder = strlen(spec->path) - lua_rawlen(L, -1);
    spec->reach = &host_of(L)->reach;
    if (at == 0)
        return true;
    lua_pushliteral(L, "format");
    if (lua_rawget(L, at) == LUA_TSTRING)
        spec->format = format_find(lua_tostring(L, -1));
    lua_pop(L, 1);
    lua_pushliteral(L, "options");
    if (lua_rawget(L, at) == LUA_TTABLE) {
        lua_pushnil(L);
        while (good && lua_next(L, -2)) {
            good = lua_type(L, -2) == LUA_TSTRING
                       ? set_option(L, spec, lua_tostring(L, -2), lua_gettop(L),
                                    err)
                       : err_set(err, EXIT_SCRIPT, "options have names");
            lua_pop(L, good ? 1 : 2);
        }
    }
    lua_pop(L, 1);
    return good;
}

static bool is_source(lua_State *L, int at)
{
    lua_pushliteral(L, "kind");
    lua_rawget(L, at);
    bool is = lua_type(L, -1) == LUA_TSTRING &&
              strcmp(lua_tostring(L, -1), "source") == 0;
    lua_pop(L, 1);
    return is;
}

/* All paths of the source table at `at`. */
static unsigned source_paths(lua_State *L, int at, struct spec *specs,
                             unsigned max)
{
    unsigned count = (unsigned)lua_rawlen(L, at);
    for (unsigned i = 0; specs != NULL && i < count && i < max; i++) {
        struct err err;
        if (lua_rawgeti(L, at, (lua_Integer)i + 1) != LUA_TSTRING)
            host_stop(L, EXIT_SCRIPT, "a source's path is a text, not a %s",
                      luaL_typename(L, -1));
        bool good = fill(L, at, &specs[i], &err);
        lua_pop(L, 1);
        if (!good)
            host_stop(L, EXIT_SCRIPT, "%s", err.text);
    }
    return count;
}

/* Counting and filling are one walk, so that they agree. Lists may hold lists.
 */
unsigned source_specs(lua_State *L, int at, struct spec *specs, unsigned max)
{
    at = lua_absindex(L, at);
    luaL_checkstack(L, 10, NULL);
    if (lua_type(L, at) == LUA_TSTRING) {
        struct err err;
        if (specs != NULL && max > 0) {
            lua_pushvalue(L, at);
            fill(L, 0, specs, &err);
            lua_pop(L, 1);
        }
        return 1;
    }
    if (lua_type(L, at) != LUA_TTABLE)
        host_stop(L, EXIT_SCRIPT,
                  "a source is a path, fast.csv { … }, or a list of them, "
                  "not a %s",
                  luaL_typename(L, at));
    if (is_source(L, at))
        return source_paths(L, at, specs, max);
    unsigned count = 0, length = (unsigned)lua_rawlen(L, at);
    for (unsigned i = 1; i <= length; i++) {
        lua_rawgeti(L, at, (lua_Integer)i);
        if (lua_type(L, -1) == LUA_TTABLE && !is_source(L, lua_gettop(L)))
            host_stop(L, EXIT_SCRIPT,
                      "source %u is a table, but none that "
                      "fast.csv and its like made",
                      i);
        count += source_specs(L, -1, specs ? specs + count : NULL,
                              max > count ? max - count : 0);
        lua_pop(L, 1);
    }
    return count;
}

/* native.sources(source): stops where it is none. */
static int sources(lua_State *L)
{
    lua_pushinteger(L, source_specs(L, 1, NULL, 0));
    return 1;
}

/* native.nearest(name, { names }): the nearest name, or nil. */
static int nearest(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    const char *names[128];
    unsigned count = 0;
    luaL_checktype(L, 2, LUA_TTABLE);
    while (count + 1 < 128 &&
           lua_rawgeti(L, 2, (lua_Integer)count + 1) == LUA_TSTRING) {
        names[count++] = lua_tostring(L, -1);
        lua_pop(L, 1); /* the table keeps it */
    }
    names[count] = NULL;
    lua_pushstring(L, host_nearest(name, names));
    return 1;
}

/* native.fail(message): raises it at the script's line. */
static int fail(lua_State *L)
{
    return host_error(L, "%s", luaL_checkstring(L, 1));
}

/* native.formats and native.forms: lists of names. */
static void open_source(lua_State *L, int globals)
{
    const struct host *host = host_of(L);
    (void)globals;
    lua_newtable(L);
    for (lua_Integer i = 0; formats[i] != NULL; i++) {
        lua_pushstring(L, formats[i]->name);
        lua_rawseti(L, -2, i + 1);
    }
    lua_setfield(L, -2, "formats");
    lua_newtable(L);
    for (lua_Integer i = 0; host->forms[i] != NULL; i++) {
        lua_pushstring(L, host->forms[i]->name);
        lua_rawseti(L, -2, i + 1);
    }
    lua_setfield(L, -2, "forms");
}

const struct binding binding_source = {
    .functions = (const luaL_Reg[]){{"option", option},
                                    {"sources", sources},
                                    {"nearest", nearest},
                                    {"fail", fail},
                                    {NULL, NULL}},
    .open = open_source,
};
