/* names.h: what a script can call, taken from the program itself: a state is
 * opened, and its tables are walked. */
#ifndef FASTSYNC_TESTS_FUZZ_NAMES_H
#define FASTSYNC_TESTS_FUZZ_NAMES_H

#include "base/embed.h"
#include "decode/spec.h"
#include "fuzz.h"
#include "script/script.h"
#include "script/state.h"

enum name_kind { CALLS, METHODS, FIELDS, OPTIONS, NAME_KINDS };

enum { NAMES_MOST = 512 };

static struct {
    char *all[NAMES_MOST];
    unsigned count;
} names[NAME_KINDS];

static const char *name_at(enum name_kind kind, unsigned number)
{
    return names[kind].all[number % names[kind].count];
}

static void add_name(enum name_kind kind, const char *before, const char *name)
{
    demand(names[kind].count < NAMES_MOST);
    names[kind].all[names[kind].count++] = mem_format("%s%s", before, name);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Every function of the table on top, and of the tables in it. */
static void walk(lua_State *L, const char *before, unsigned depth)
{
    luaL_checkstack(L, 8, "names");
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        const char *name =
            lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : NULL;
        if (name != NULL && lua_isfunction(L, -1)) {
            add_name(CALLS, before, name);
        } else if (name != NULL && lua_istable(L, -1) && depth < 2 &&
                   strcmp(name, "_G") != 0) {
            char *inside = mem_format("%s%s.", before, name);
            walk(L, inside, depth + 1);
            free(inside);
        }
        lua_pop(L, 1);
    }
}

static void walk_methods(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &host_native);
    lua_getfield(L, -1, "methods");
    lua_pushnil(L);
    while (lua_next(L, -2)) {
        add_name(METHODS, "", lua_tostring(L, -2));
        lua_pop(L, 1);
    }
    lua_getfield(L, -2, "text"); /* also on strings */
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_getfield(L, -1, "__index");
    if (lua_istable(L, -1)) {
        lua_pushnil(L);
        while (lua_next(L, -2)) {
            add_name(METHODS, "", lua_tostring(L, -2));
            lua_pop(L, 1);
        }
    }
    lua_settop(L, 0);
}

/* A module is written as its last word, as mappings do. */
static void walk_module(lua_State *L, const char *module)
{
    const char *word = strrchr(module, '.');
    char *before =
        mem_format("%s.", word                              ? word + 1
                          : strcmp(module, "fastsync") == 0 ? "fast"
                                                            : module);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_getfield(L, -1, "require");
    lua_pushstring(L, module);
    lua_call(L, 1, 1);
    walk(L, before, 0);
    free(before);
    lua_settop(L, 0);
}

static int walk_all(lua_State *L)
{
    lua_settop(L, 0);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_getmetatable(L, -1);
    lua_getfield(L, -1, "__index");
    walk(L, "", 0);
    lua_settop(L, 0);
    for (const struct embedded *file = embedded_files; file->name; file++) {
        const char *name = file->name;
        if (strcmp(name, "fastsync/init.lua") == 0)
            walk_module(L, "fastsync");
        else if (strncmp(name, "fastsync/", 9) == 0 &&
                 strchr(name + 9, '/') == NULL) {
            char *module = mem_format("fastsync.%.*s",
                                      (int)strlen(name + 9) - 4, name + 9);
            walk_module(L, module);
            free(module);
        }
    }
#ifdef HAVE_CJSON
    walk_module(L, "cjson");
#endif
    env_push(L);
    walk(L, "env.", 0);
    walk_methods(L);
    return 0;
}

/* A script that is opened gives its state. */
static void learn_names(const char *path)
{
    static const struct script_limits usual;
    struct err err;
    const struct form *const *forms = forms_load(&err);
    const struct format_option *option;
    struct script *script = script_open(path, &usual, true, &err);
    if (forms == NULL || script == NULL)
        fprintf(stderr, "%s\n", err.text);
    demand(forms != NULL && script != NULL);
    lua_State *L = script->host.L;
    lua_pushcfunction(L, walk_all);
    demand(lua_pcall(L, 0, 0, 0) == LUA_OK);
    for (unsigned i = 0; i < forms[0]->count; i++)
        add_name(FIELDS, "", forms[0]->fields[i].name);
    for (unsigned i = 0; (option = spec_option_at(i, true)) != NULL; i++)
        add_name(OPTIONS, "", option->name);
    for (int i = 0; i < NAME_KINDS; i++) {
        demand(names[i].count > 0);
        qsort(names[i].all, names[i].count, sizeof *names[i].all, by_name);
    }
    script_free(script);
}

#endif
