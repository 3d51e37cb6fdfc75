/* answer.c: each record of the answer stands for itself: one that is rejected
 * takes none of its neighbours with it. A list is looked through before its
 * first record is taken, as a hole in it would end it too early. */
#include "answer.h"

#include <inttypes.h>
#include <stdio.h>

#include "encode.h"
#include "reject.h"

/* The record table at `at`: encoded, or rejected. */
static void take_record(struct script *script, struct chunk *chunk,
                        const struct row *row, int at)
{
    struct host *host = &script->host;
    script->faults.count = 0;
    record_take(host->L, at, host->form, &host->fields, script->values,
                &script->faults);
    if (!script_encode(script, chunk, row))
        script_reject(script, chunk, row, true);
}

static enum outcome broken(struct script *script, struct chunk *chunk,
                           const struct row *row, const char *what)
{
    struct buf place = {0};
    input_place(script->host.input, &row->place, &place);
    err_set(&chunk->failure, EXIT_SCRIPT,
            "%s:%d: %s: map answered %s: it answers a record, a "
            "list of records, or nil and why the row is skipped",
            script->host.name, script->use->line, buf_text(&place), what);
    buf_release(&place);
    return OUTCOME_FAIL;
}

/* Records one after the other from 1 on, and nothing else? */
static bool is_list(lua_State *L, int at, size_t count)
{
    size_t keys = 0;
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1))
        keys++;
    for (size_t i = 1; keys == count && i <= count; i++) {
        keys += lua_rawgeti(L, at, (lua_Integer)i) != LUA_TTABLE;
        lua_pop(L, 1);
    }
    return keys == count;
}

static enum outcome take_list(struct script *script, struct chunk *chunk,
                              const struct row *row, int at)
{
    lua_State *L = script->host.L;
    size_t count = lua_rawlen(L, at);
    if (!is_list(L, at, count))
        return broken(script, chunk, row,
                      "a list with holes, or with other things than records");
    for (size_t i = 1; i <= count; i++) {
        lua_rawgeti(L, at, (lua_Integer)i);
        take_record(script, chunk, row, lua_gettop(L));
        lua_pop(L, 1);
    }
    chunk->extra += count - 1;
    return OUTCOME_RECORD;
}

/* The reason, if there is one, stands at `at`. */
static enum outcome skip(struct script *script, struct chunk *chunk,
                         const struct row *row, int at)
{
    size_t len;
    lua_State *L = script->host.L;
    if (lua_type(L, at) == LUA_TSTRING) {
        const char *reason = lua_tolstring(L, at, &len);
        *chunk_add_skip(chunk) =
            (struct skip){row->place, value_line(&chunk->arena, reason, len)};
    }
    return OUTCOME_SKIP;
}

/* A list of records and a record are both tables: what stands at 1 tells, as
 * fields have names. */
enum outcome script_answer(struct script *script, struct chunk *chunk,
                           const struct row *row, int at)
{
    lua_State *L = script->host.L;
    char what[40];
    if (lua_type(L, at) == LUA_TTABLE) {
        int first = lua_rawgeti(L, at, 1);
        lua_pop(L, 1);
        if (first == LUA_TTABLE)
            return take_list(script, chunk, row, at);
        take_record(script, chunk, row, at);
        return OUTCOME_RECORD;
    }
    bool null =
        lua_type(L, at) == LUA_TLIGHTUSERDATA && lua_touserdata(L, at) == NULL;
    if (!lua_toboolean(L, at) || null) /* `return wanted and { … }` too */
        return skip(script, chunk, row, at + 1);
    snprintf(what, sizeof what, "a %s", luaL_typename(L, at));
    return broken(script, chunk, row, what);
}
