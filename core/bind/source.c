/* source.c: from the tables that fast.csv and its kin make to specs.
 *
 * A source is { kind = "source", format = name or nil, options = { … }, line,
 * and its paths as a sequence }; the options were checked when it was written.
 * Paths are relative to the script. A plain string is a path of a format to
 * be detected. */
#include "bind.h"

#include <stdio.h>
#include <stdlib.h>

/* The option's value as the command line would say it, or NULL. */
static const char *option_text(lua_State *L, int at, size_t *len)
{
    if (lua_type(L, at) == LUA_TBOOLEAN) {
        const char *text = lua_toboolean(L, at) ? "yes" : "no";
        *len = strlen(text);
        return text;
    }
    return lua_isstring(L, at) ? lua_tolstring(L, at, len) : NULL;
}

/* The same setters as the command line's, so both take and refuse the same
 * things. */
static bool set_option(lua_State *L, struct spec *spec, const char *name,
                       int value, struct err *err)
{
    size_t len;
    const struct spec_option *option = spec_option_find(name);
    const char *text = option_text(L, value, &len);
    if (option == NULL)
        return err_set(err, EXIT_SCRIPT, "there is no option '%s'", name);
    if (text == NULL)
        return err_set(err, EXIT_SCRIPT,
                       "%s: a text, a number or a boolean, "
                       "not a %s",
                       name, luaL_typename(L, value));
    if (!option->set(spec, text, len, err))
        return err_prefix(err, "%s", name);
    return true;
}

/* native.option(name, value): nil, or what is wrong with it. */
static int option(lua_State *L)
{
    const char *name = luaL_checkstring(L, 1);
    struct err err;
    lua_settop(L, 2);
    lua_pushnil(L);
    if (spec_option_find(name) == NULL) {
        const char *names[64];
        unsigned count = 0;
        for (const struct spec_option *each = spec_options; each->name; each++)
            if (count + 1 < sizeof names / sizeof *names)
                names[count++] = each->name;
        names[count] = NULL;
        const char *near = host_nearest(name, names);
        lua_pushfstring(L, "there is no option '%s'%s%s%s", name,
                        near ? ": did you mean '" : "", near ? near : "",
                        near ? "'?" : "");
        return 1;
    }
    struct spec spec;
    spec_init(&spec);
    bool good = set_option(L, &spec, name, 2, &err);
    spec_release(&spec);
    if (!good)
        lua_pushstring(L, err.text);
    return 1;
}

static char *resolve(const struct host *host, const char *path)
{
    if (*path == '/' || strcmp(path, "-") == 0)
        return mem_text(path);
    return mem_format("%s%s", host->folder, path);
}

/* One spec of the source table at `at`. False: err. */
static bool fill(lua_State *L, int at, const char *path, struct spec *spec,
                 struct err *err)
{
    bool good = true;
    spec_init(spec);
    spec->path = resolve(host_of(L), path);
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
        bool good = fill(L, at, lua_tostring(L, -1), &specs[i], &err);
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
        if (specs != NULL && max > 0)
            fill(L, 0, lua_tostring(L, at), specs, &err);
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
