/* answer.c: what is wrong with one row's answer rejects that row, in one
 * message, and the next one goes on. Two mistakes are the script's, whatever
 * the row holds: an answer of no value at all is a forgotten `return`; and a
 * table that was answered before still holds what the earlier row left in it.
 *
 * A table that was answered is known by a metatable that it gets then: that
 * costs a row no memory, and holds for any number of tables. Each record of a
 * list stands for itself, but the list is looked through before its first
 * record is taken. */
#include "answer.h"

#include <inttypes.h>
#include <stdio.h>

#include "encode.h"
#include "reject.h"

static const char *const wanted =
    "it answers a record, a list of records, or nil and why the row is skipped";

/* The whole answer is refused. */
static enum outcome refuse(struct script *script, struct chunk *chunk,
                           const struct row *row, const char *what)
{
    script->faults.count = 0;
    faults_add(&script->faults, "", "map answered %s: %s", what, wanted);
    script_reject(script, chunk, row, false);
    return OUTCOME_RECORD;
}

/* The mistake is the script's: the run stops. */
static enum outcome broken(const struct script *script, struct chunk *chunk,
                           const struct row *row, const char *what)
{
    struct buf place = {0};
    input_place(script->host.input, &row->place, &place);
    err_set(&chunk->failure, EXIT_SCRIPT, "%s:%d: %s: %s", script->host.name,
            script->use->map_line, buf_text(&place), what);
    buf_release(&place);
    return OUTCOME_FAIL;
}

static enum outcome nothing(const struct script *script, struct chunk *chunk,
                            const struct row *row)
{
    return broken(script, chunk, row,
                  "map answered nothing at all: a `return` was forgotten, or "
                  "has no value (`return nil, reason` skips the row)");
}

static enum outcome repeated(const struct script *script, struct chunk *chunk,
                             const struct row *row)
{
    return broken(script, chunk, row,
                  "map answered a table that it had answered before, in which "
                  "an earlier record's fields may be left: make a new one for "
                  "each record, `return { … }`");
}

enum standing {
    STANDING_FRESH,
    STANDING_REPEATED, /* it was answered before */
    STANDING_BORROWED, /* its fields may stand in another table */
};

/* From here on the table is one that was answered. */
static enum standing mark(const struct script *script, int at)
{
    lua_State *L = script->host.L;
    enum standing standing = STANDING_FRESH;
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->answered);
    if (lua_getmetatable(L, at)) {
        if (lua_rawequal(L, -1, -2))
            standing = STANDING_REPEATED;
        lua_pop(L, 1);
        if (standing == STANDING_FRESH &&
            luaL_getmetafield(L, at, "__index") != LUA_TNIL) {
            lua_pop(L, 1);
            standing = STANDING_BORROWED;
        }
    }
    lua_setmetatable(L, at);
    return standing;
}

static enum outcome refuse_borrowed(struct script *script, struct chunk *chunk,
                                    const struct row *row)
{
    return refuse(script, chunk, row,
                  "a table with a metatable (an expression, or one whose "
                  "fields stand in another table)");
}

/* The record table at `at`: encoded, or rejected. */
static void take_record(struct script *script, struct chunk *chunk,
                        const struct row *row, int at)
{
    struct host *host = &script->host;
    script->faults.count = 0;
    int fields = record_take(host->L, at, host->form, &host->fields,
                             script->values, &script->faults);
    if (fields == 0)
        refuse(script, chunk, row, "a table without fields");
    else if (fields < 0 || !script_encode(script, chunk, row))
        script_reject(script, chunk, row, fields > 0);
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

/* What the records of a list are, taken together: the worst of them. */
static enum standing mark_all(const struct script *script, int at, size_t count)
{
    lua_State *L = script->host.L;
    enum standing worst = STANDING_FRESH;
    for (size_t i = 1; i <= count && worst != STANDING_REPEATED; i++) {
        lua_rawgeti(L, at, (lua_Integer)i);
        enum standing standing = mark(script, lua_gettop(L));
        worst = standing != STANDING_FRESH ? standing : worst;
        lua_pop(L, 1);
    }
    return worst;
}

/* Counted before they are looked at. */
static enum outcome too_many(const struct script *script, struct chunk *chunk,
                             const struct row *row, size_t count)
{
    char what[120];
    snprintf(what, sizeof what,
             "map answered %zu records of one row, more than %u; "
             "--max-records raises it",
             count, script->records);
    return broken(script, chunk, row, what);
}

static enum outcome take_list(struct script *script, struct chunk *chunk,
                              const struct row *row, int at)
{
    lua_State *L = script->host.L;
    size_t count = lua_rawlen(L, at);
    if (count > script->records)
        return too_many(script, chunk, row, count);
    if (!is_list(L, at, count))
        return refuse(script, chunk, row,
                      "a list with holes, or with other things than records");
    enum standing standing = mark_all(script, at, count);
    if (standing == STANDING_REPEATED)
        return repeated(script, chunk, row);
    if (standing == STANDING_BORROWED)
        return refuse_borrowed(script, chunk, row);
    for (size_t i = 1; i <= count && script_room(script, chunk); i++) {
        lua_rawgeti(L, at, (lua_Integer)i);
        take_record(script, chunk, row, lua_gettop(L));
        lua_pop(L, 1);
    }
    chunk->extra += count - 1;
    return OUTCOME_RECORD;
}

/* A list of records and a record are both tables: what stands at 1 tells, as
 * fields have names. A text after it is why the row would have been skipped:
 * `return wanted and { … } or nil, "not wanted"`. */
static enum outcome take_table(struct script *script, struct chunk *chunk,
                               const struct row *row, int at)
{
    lua_State *L = script->host.L;
    switch (mark(script, at)) {
    case STANDING_REPEATED:
        return repeated(script, chunk, row);
    case STANDING_BORROWED:
        return refuse_borrowed(script, chunk, row);
    case STANDING_FRESH:
        break;
    }
    if (!lua_isnoneornil(L, at + 1) && lua_type(L, at + 1) != LUA_TSTRING)
        return refuse(script, chunk, row,
                      "two values (a list of records is one: "
                      "return { a, b })");
    int first = lua_rawgeti(L, at, 1);
    lua_pop(L, 1);
    if (first == LUA_TTABLE)
        return take_list(script, chunk, row, at);
    take_record(script, chunk, row, at);
    return OUTCOME_RECORD;
}

/* The reason, if there is one, stands at `at`. */
static enum outcome skip(struct script *script, struct chunk *chunk,
                         const struct row *row, int at)
{
    size_t len;
    lua_State *L = script->host.L;
    if (lua_istable(L, at))
        return refuse(script, chunk, row, "nil, and a table after it");
    if (lua_type(L, at) == LUA_TSTRING) {
        const char *reason = lua_tolstring(L, at, &len);
        *chunk_add_skip(chunk) =
            (struct skip){row->place, value_line(&chunk->arena, reason, len)};
    }
    return OUTCOME_SKIP;
}

/* `return wanted and { … }` skips too: false is as good as nil. */
enum outcome script_answer(struct script *script, struct chunk *chunk,
                           const struct row *row, int at)
{
    lua_State *L = script->host.L;
    char what[40];
    if (lua_gettop(L) < at)
        return nothing(script, chunk, row);
    lua_settop(L, at + 1);
    if (lua_type(L, at) == LUA_TTABLE)
        return take_table(script, chunk, row, at);
    bool null =
        lua_type(L, at) == LUA_TLIGHTUSERDATA && lua_touserdata(L, at) == NULL;
    if (!lua_toboolean(L, at) || null)
        return skip(script, chunk, row, at + 1);
    bool itself = lua_type(L, at) == LUA_TLIGHTUSERDATA;
    snprintf(what, sizeof what, "%s%s", itself ? "the row itself" : "a ",
             itself ? "" : luaL_typename(L, at));
    return refuse(script, chunk, row, what);
}

/* Scripts cannot take it off again. Stack: unchanged. */
void script_answer_open(lua_State *L, struct script *script)
{
    lua_createtable(L, 0, 2);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushliteral(L, "answered table");
    lua_setfield(L, -2, "__name");
    script->answered = luaL_ref(L, LUA_REGISTRYINDEX);
}
