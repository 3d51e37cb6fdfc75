/* host.c: how a binding fails, and how text becomes a Lua function. */
#include "bind.h"

#include "base/nearest.h"
#include "base/nfc.h"
#include "base/utf8.h"

const char host_native;

/* The innermost line that is a script's own, not the library's: there the
 * mistake is. */
int host_error(lua_State *L, const char *format, ...)
{
    char where[160];
    struct err err;
    budget_where(L, where, sizeof where);
    va_list args;
    va_start(args, format);
    err_vset(&err, EXIT_SCRIPT, format, args);
    va_end(args);
    lua_pushfstring(L, "%s%s%s", where, *where ? ": " : "", err.text);
    return lua_error(L);
}

/* The first reason stays: what a script does about a stop is no news. */
int host_stop(lua_State *L, enum exit_code code, const char *format, ...)
{
    struct host *host = host_of(L);
    if (host->budget.spent == SPENT_NOTHING) {
        va_list args;
        va_start(args, format);
        err_vset(&host->failure, code, format, args);
        va_end(args);
        budget_stop(&host->budget, SPENT_STOP);
    }
    return budget_raise(L);
}

void host_same_turn(lua_State *L, uint64_t begun, const char *what)
{
    if (host_turn(host_of(L)) != begun)
        host_stop(L, EXIT_SCRIPT,
                  "%s: this walk was begun before the row, and each thread "
                  "would be elsewhere in it: begin it in the row, or write "
                  "`ordered = true` in the mapping",
                  what);
}

const char *host_nearest(const char *name, const char *const *names)
{
    struct nearest nearest;
    nearest_init(&nearest, name, strlen(name));
    for (; *names != NULL; names++)
        nearest_try(&nearest, *names);
    return nearest_end(&nearest);
}

/* A script is UTF-8, and its texts are NFC as the rows' are. */
static const char *as_nfc(lua_State *L, const char *text, size_t *len,
                          const char *chunk)
{
    struct host *host = host_of(L);
    size_t good = utf8_valid(text, *len);
    if (good < *len) {
        int line = 1;
        for (size_t i = 0; i < good; i++)
            line += text[i] == '\n';
        lua_pushfstring(L, "%s:%d: not valid UTF-8: save the script as UTF-8",
                        chunk + 1, line);
        lua_error(L);
    }
    if (utf8_is_nfc(text, *len))
        return text;
    struct buf made = {0};
    utf8_nfc(&made, text, *len);
    buf_release(&host->scratch);
    host->scratch = made;
    *len = made.len;
    return made.at;
}

/* What is still to be parsed. */
struct rest {
    const char *at;
    size_t len;
};

/* No hook runs in the parser, but it asks for its text a piece at a time. */
static const char *next_piece(lua_State *L, void *from, size_t *len)
{
    enum { PIECE = 4096 };
    struct rest *rest = from;
    const char *piece = rest->at;
    budget_look(L);
    *len = rest->len < PIECE ? rest->len : PIECE;
    rest->at += *len;
    rest->len -= *len;
    return piece;
}

int host_parse(lua_State *L, const char *text, size_t len, const char *chunk)
{
    struct rest rest = {text, len};
    return lua_load(L, next_piece, &rest, chunk, "t");
}

/* A byte order mark and a `#!` line are what editors and shells put before a
 * script. */
void host_load(lua_State *L, const char *text, size_t len, const char *chunk)
{
    if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        text += 3;
        len -= 3;
    }
    if (len > 0 && *text == '#') { /* `#!/usr/bin/env fastsync` */
        const char *end = memchr(text, '\n', len);
        len = end ? len - (size_t)(end - text) : 0;
        text = end ? end : "";
    }
    text = as_nfc(L, text, &len, chunk);
    if (host_parse(L, text, len, chunk) != LUA_OK)
        lua_error(L);
}
