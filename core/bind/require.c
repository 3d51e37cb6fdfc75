/* require.c: the library, cjson, and Lua files beside the script.
 *
 * `require "tables.regions"` is tables/regions.lua in the script's folder and
 * nothing else: names are words between dots, and a link leads where the script
 * may read (reach.h). A module runs once; what it answers is kept by its name.
 * Where it is not there, it is said where it was looked for, and what there is
 * of a like name. */
#include "bind.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/nearest.h"
#include "source/taken.h"

enum { MODULE_MAX = 64 * 1024 * 1024 };

static const char loaded_key, loading;

/* Words of letters, digits, '_' and '-', with dots between. */
static bool is_module_name(const char *name)
{
    bool word = false;
    for (; *name != '\0'; name++) {
        if (*name == '.' && !word)
            return false;
        word = *name != '.';
        if (word && !isalnum((unsigned char)*name) && *name != '_' &&
            *name != '-' && (unsigned char)*name < 0x80)
            return false;
    }
    return word;
}

/* Pushes `text` with every dot as a slash, between two others. */
static const char *push_path(lua_State *L, const char *before, const char *name,
                             const char *after)
{
    luaL_gsub(L, name, ".", "/");
    lua_pushfstring(L, "%s%s%s", before, lua_tostring(L, -1), after);
    lua_remove(L, -2);
    return lua_tostring(L, -1);
}

/* Reads a plain file into the host's scratch; closes it. */
static bool read_file(lua_State *L, int fd, const char *path)
{
    struct host *host = host_of(L);
    struct stat status;
    FILE *file = fdopen(fd, "rb");
    if (file == NULL) {
        close(fd);
        return false;
    }
    bool sized = fstat(fd, &status) == 0;
    if (!sized || status.st_size > MODULE_MAX ||
        (size_t)status.st_size > budget_room(&host->budget)) {
        fclose(file);
        if (sized)
            host_stop(L, EXIT_SCRIPT,
                      "require: %s is far too large for a script", path);
        return false;
    }
    taken_note(path, TAKEN_KEPT, "a module of the mapping");
    size_t size = (size_t)status.st_size;
    buf_clear(&host->scratch);
    host->scratch.len = fread(buf_reserve(&host->scratch, size), 1, size, file);
    fclose(file);
    return true;
}

enum { TRIED = 10000 }; /* files of a folder, at most */

/* Tries the Lua files of the folder as they would be required, `before` in
 * front. The names live in the host's arena. */
static void try_folder(struct host *host, const char *folder,
                       const char *before, struct nearest *nearest)
{
    struct err err;
    bool seen = reach_folder(&host->reach, folder, &err);
    DIR *open = seen ? opendir(*folder ? folder : ".") : NULL;
    struct dirent *entry;
    for (int i = 0; open && i < TRIED && (entry = readdir(open)); i++) {
        size_t len = strlen(entry->d_name);
        if (len < 5 || strcmp(entry->d_name + len - 4, ".lua") != 0)
            continue;
        size_t size = strlen(before) + len;
        char *name = arena_alloc(&host->arena, size);
        snprintf(name, size, "%s%.*s", before, (int)len - 4, entry->d_name);
        nearest_try_any(nearest, name);
    }
    if (open != NULL)
        closedir(open);
}

/* What may have been meant, or NULL: the program's own, or a file beside the
 * one that is not at `path`; "": no file is meant. */
static const char *near_module(struct host *host, const char *name,
                               const char *path)
{
    static const char *const own[] = {"fastsync", "fastsync.vn", "cjson", NULL};
    struct nearest nearest;
    arena_reset(&host->arena);
    const char *dot = strrchr(name, '.'), *slash = strrchr(path, '/');
    char *before = arena_alloc(&host->arena, strlen(name) + 1);
    char *folder = arena_alloc(&host->arena, strlen(path) + 1);
    snprintf(before, strlen(name) + 1, "%.*s", dot ? (int)(dot - name) + 1 : 0,
             name);
    snprintf(folder, strlen(path) + 1, "%.*s",
             slash ? (int)(slash - path) + 1 : 0, path);
    const char *wanted = strcmp(name, "vn") == 0 ? own[1] : name;
    nearest_init(&nearest, wanted, strlen(wanted));
    if (*path == '\0')
        nearest_try(&nearest, own[1]); /* before fastsync, that is in all */
    for (size_t i = 0; own[i] != NULL; i++)
        nearest_try(&nearest, own[i]);
    if (*path != '\0')
        try_folder(host, folder, before, &nearest);
    return nearest_end(&nearest);
}

/* `tables/regions`, `./tables` and `tables.lua` are how others write it. */
static const char *as_module(lua_State *L, const char *name)
{
    size_t len = strlen(name);
    len -= len > 4 && strcmp(name + len - 4, ".lua") == 0 ? 4 : 0;
    while (len > 1 && name[0] == '.' && name[1] == '/') {
        name += 2;
        len -= 2;
    }
    lua_pushlstring(L, name, len);
    return luaL_gsub(L, lua_tostring(L, -1), "/", ".");
}

static int not_there(lua_State *L, const char *name, const char *path)
{
    const char *module = as_module(L, name);
    if (strcmp(module, name) != 0 && is_module_name(module))
        return host_error(L, "require: '%s' is no module: write require \"%s\"",
                          name, module);
    if (!is_module_name(name))
        return host_error(L,
                          "require: '%s' is no module: words with dots "
                          "between",
                          name);
    const char *near = near_module(host_of(L), name, path);
    return host_error(L,
                      "require: there is no '%s': it was looked for at %s, "
                      "beside the script%s%s%s",
                      name, path, near ? "; did you mean '" : "",
                      near ? near : "", near ? "'?" : "");
}

/* Pushes the module's function. */
static void load_file(lua_State *L, const char *name)
{
    struct host *host = host_of(L);
    struct err err;
    const char *path = push_path(L, host->folder, name, ".lua");
    if (!is_module_name(name))
        not_there(L, name, path);
    int fd = reach_open(&host->reach, path, &err);
    if (fd < 0 && err.code == EXIT_USAGE)
        host_stop(L, err.code, "require: %s", err.text);
    if (fd < 0 && access(path, F_OK) != 0)
        not_there(L, name, path);
    if (fd < 0 || !read_file(L, fd, path))
        host_error(L, "require: %s cannot be read", path);
    const char *chunk = lua_pushfstring(L, "@%s", path);
    host_load(L, buf_text(&host->scratch), host->scratch.len, chunk);
}

/* Pushes the function of a library file. */
static void load_library(lua_State *L, const char *name)
{
    struct embedded file;
    struct err err;
    const char *path =
        push_path(L, "", name, strchr(name, '.') ? ".lua" : "/init.lua");
    if (!embedded_find(path, &file, &err)) {
        const char *near = near_module(host_of(L), name, "");
        host_error(L,
                   "require: there is no '%s': what begins with fastsync is "
                   "the program's own%s%s%s",
                   name, near ? "; did you mean '" : "", near ? near : "",
                   near ? "'?" : "");
    }
    const char *chunk = lua_pushfstring(L, "=lua/%s", path);
    host_load(L, file.text, file.len, chunk);
}

/* Pushes the module's function and its argument. Stack: name, loaded. */
static void load_module(lua_State *L, const char *name)
{
    if (strcmp(name, "cjson") == 0) {
#ifdef HAVE_CJSON
        lua_pushcfunction(L, bind_cjson);
        lua_pushvalue(L, 1);
#else
        host_error(L, "require: this fastsync was built without cjson");
#endif
    } else if (strncmp(name, "fastsync", 8) == 0 &&
               (name[8] == '\0' || name[8] == '.')) {
        load_library(L, name);
        lua_rawgetp(L, LUA_REGISTRYINDEX, &host_native);
    } else {
        load_file(L, name);
        lua_pushvalue(L, 1);
    }
    lua_pushlightuserdata(L, (void *)(uintptr_t)&loading);
    lua_setfield(L, 2, name);
}

/* A module is marked before it runs, so that one that requires itself is told
 * and does not run for ever. */
static int require(lua_State *L)
{
    size_t len;
    const char *name = luaL_checklstring(L, 1, &len);
    if (strlen(name) < len)
        return host_error(L, "require: a module's name has no NUL in it");
    lua_settop(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key);
    if (lua_getfield(L, 2, name) != LUA_TNIL) {
        if (lua_touserdata(L, -1) == (const void *)&loading)
            return host_error(L, "require: '%s' requires itself", name);
        return 1;
    }
    load_module(L, name);
    host_of(L)->requiring++;
    lua_call(L, 1, 1);
    host_of(L)->requiring--;
    if (lua_isnil(L, -1)) {
        lua_pushboolean(L, 1);
        lua_replace(L, -2);
    }
    lua_pushvalue(L, -1);
    lua_setfield(L, 2, name);
    return 1;
}

void modules_push(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key);
}

static void open_require(lua_State *L, int globals)
{
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &loaded_key);
    lua_pushcfunction(L, require);
    lua_setfield(L, globals, "require");
}

const struct binding binding_require = {.open = open_require};
