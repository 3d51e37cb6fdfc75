/* getenv.c: os.getenv, for variables that were granted.
 *
 * What is not set is nil, as everywhere; what is set and was not granted stops
 * the run, whatever the script does about it: nil would be taken for not set.
 * Our own variables, and a secret that stands in another one, are for no
 * script. */
#include "bind.h"

#include <stdlib.h>

#include "net/secrets.h"

static bool is_granted(const char *lines, const char *name)
{
    size_t len = strlen(name);
    while (lines != NULL && *lines != '\0') {
        size_t line = strcspn(lines, "\n");
        if (line == len && memcmp(lines, name, len) == 0)
            return true;
        lines += line + (lines[line] != '\0');
    }
    return false;
}

static bool is_ours(const char *name)
{
    return strncmp(name, "FASTSYNC_", strlen("FASTSYNC_")) == 0;
}

static int get(lua_State *L)
{
    const struct grants *grants = host_of(L)->reach.grants;
    size_t len;
    const char *name = luaL_checklstring(L, 1, &len);
    const char *value = strlen(name) == len ? getenv(name) : NULL;
    if (value == NULL) {
        lua_pushnil(L);
        return 1;
    }
    if (is_ours(name) || secrets_within(value))
        return host_stop(L, EXIT_USAGE,
                         "os.getenv: %s holds settings or secrets of fastsync, "
                         "which no script may read, whatever is granted",
                         name);
    if (!is_granted(grants ? grants->variables : NULL, name))
        return host_stop(L, EXIT_USAGE,
                         "os.getenv: a script may read %s only where it is "
                         "granted: add --allow-env %s (allow_env in a "
                         "configuration file)",
                         name, name);
    lua_pushlstring(L, value, strlen(value));
    return 1;
}

static void open_getenv(lua_State *L, int globals)
{
    lua_getfield(L, globals, "os");
    lua_pushcfunction(L, get);
    lua_setfield(L, -2, "getenv");
    lua_pop(L, 1);
}

const struct binding binding_getenv = {.open = open_getenv};
