/* map.c: one row through a mapping.
 *
 * With `fields` the plan fills the values and Lua is entered only where a
 * function stands; with `map` the function is called and its table read. Both
 * give one value for each field of the form, whose texts still lie in the
 * input, in an arena, or in Lua strings that are left on the stack, and the
 * form encodes them into the chunk from there. Only what must outlive the row
 * is copied: the key, and what is wrong. */
#include "state.h"

#include <inttypes.h>
#include <stdio.h>
#include <xxhash.h>

#include "base/utf8.h"
#include "text/answer.h"

static const char *keep(struct chunk *chunk, const char *text, size_t len)
{
    char *copy = arena_alloc(&chunk->arena, len + 1);
    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

/* A key's field as the record says it; false where there is none. */
static bool key_text(struct script *script, unsigned field, struct value *key)
{
    struct text_call call = {.arena = &script->arena};
    const struct value *value = &script->values[field];
    if (value->type == VALUE_LIST || !text_of(&call, value, key))
        return false;
    *key = text_trimmed(*key);
    return key->len > 0;
}

static void reject_row(struct chunk *chunk, const struct row *row,
                       const struct fault *faults, unsigned count,
                       const char *key)
{
    struct fault *kept = arena_alloc(&chunk->arena, count * sizeof *kept);
    for (unsigned i = 0; i < count; i++)
        kept[i] = (struct fault){
            .field = keep(chunk, faults[i].field, strlen(faults[i].field)),
            .text = keep(chunk, faults[i].text, strlen(faults[i].text))};
    *chunk_add_reject(chunk) = (struct reject){.place = row->place,
                                               .origin = row->origin,
                                               .key = key,
                                               .faults = kept,
                                               .count = count};
}

/* The faults of the current record, and its key where that is known. */
static void reject(struct script *script, struct chunk *chunk,
                   const struct row *row, bool with_key)
{
    struct value key;
    const char *kept = NULL;
    faults_sort(&script->faults, script->host.form);
    if (with_key && key_text(script, script->use->mapping.key, &key))
        kept = keep(chunk, key.text, key.len);
    reject_row(chunk, row, script->faults.all, script->faults.count, kept);
}

/* Says beside each fault which column feeds the field. */
static void name_columns(struct script *script, unsigned from)
{
    const struct form *form = script->host.form;
    struct faults *faults = &script->faults;
    for (unsigned i = from; i < faults->count; i++) {
        struct fault *fault = &faults->all[i];
        int field = form_field(form, fault->field, strlen(fault->field));
        const char *column =
            field >= 0 ? plan_column(script->use->plan, (unsigned)field) : NULL;
        if (column == NULL)
            continue;
        size_t size = strlen(fault->text) + strlen(column) + 32;
        char *text = arena_alloc(&script->arena, size);
        snprintf(text, size, "%s (column \"%s\")", fault->text, column);
        fault->text = text;
    }
}

/* The server keeps records by the form's own key, whatever the mapping's is. */
static void hash_own_key(struct script *script, struct record *record)
{
    struct value own = {.text = ""};
    unsigned field = script->host.form->key;
    if (field == script->use->mapping.key)
        return;
    key_text(script, field, &own);
    form_key_hash(own.text, own.len, record->own_hash);
}

static bool add_record(struct script *script, struct chunk *chunk,
                       const struct row *row)
{
    struct buf *json = &chunk->json;
    size_t start = json->len;
    if (start > 0)
        buf_putc(json, ',');
    size_t at = json->len;
    unsigned key_field = script->use->mapping.key;
    if (text_blank(&script->values[key_field]))
        faults_add(&script->faults, script->host.form->fields[key_field].name,
                   "missing (required)");
    if (!form_encode(script->host.form, script->values, &script->faults,
                     json)) {
        json->len = start;
        return false;
    }
    if (json->len > UINT32_MAX) {
        json->len = start;
        faults_add(&script->faults, "", "too many records of one row");
        return false;
    }
    struct value key = {.text = ""};
    key_text(script, key_field, &key);
    struct record *record = chunk_add_record(chunk);
    *record =
        (struct record){.content = XXH3_64bits(json->at + at, json->len - at),
                        .place = row->place,
                        .origin = row->origin,
                        .key = keep(chunk, key.text, key.len),
                        .key_len = key.len,
                        .json = (uint32_t)at,
                        .json_len = (uint32_t)(json->len - at)};
    form_key_hash(record->key, record->key_len, record->key_hash);
    hash_own_key(script, record);
    return true;
}

/* `fields`. */

static enum outcome run_fields(struct script *script, struct chunk *chunk,
                               const struct row *row)
{
    struct faults *faults = &script->faults;
    enum outcome outcome = plan_run(script->use->plan, row, script->values,
                                    faults, &chunk->failure);
    if (outcome != OUTCOME_RECORD && outcome != OUTCOME_REJECT)
        return outcome;
    unsigned known = faults->count;
    bool whole_row = known > 0 && faults->all[0].field[0] == '\0';
    if (!whole_row && add_record(script, chunk, row))
        return OUTCOME_RECORD;
    name_columns(script, known);
    reject(script, chunk, row, true);
    return OUTCOME_RECORD;
}

/* `map`. */

/* The record table at `at`: encoded, or rejected. */
static void take_record(struct script *script, struct chunk *chunk,
                        const struct row *row, int at)
{
    struct host *host = &script->host;
    script->faults.count = 0;
    record_take(host->L, at, host->form, &host->fields, script->values,
                &script->faults);
    if (!add_record(script, chunk, row))
        reject(script, chunk, row, true);
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

/* Records one behind the other from 1 on, and nothing else? */
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

static enum outcome take_answer(struct script *script, struct chunk *chunk,
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

static enum outcome raised_fault(struct script *script,
                                 const struct raised *raised, const char *field,
                                 struct faults *faults)
{
    const struct form *form = script->host.form;
    const char *named = raised->field ? raised->field : field;
    int i = named ? form_field(form, named, strlen(named)) : -1;
    faults_add(faults, i >= 0 ? form->fields[i].name : "", "%s",
               raised->reason);
    return OUTCOME_REJECT;
}

static enum outcome run_map(struct script *script, struct chunk *chunk,
                            const struct row *row)
{
    lua_State *L = script->host.L;
    struct raised raised;
    int top = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->use->map);
    row_push(L);
    at_push(L);
    switch (script_call(script, 2, 2, &raised)) {
    case CALLED_DONE:
        return take_answer(script, chunk, row, top + 1);
    case CALLED_STOPPED:
        return OUTCOME_FAIL;
    case CALLED_RAISED:
        break;
    }
    raised_fault(script, &raised, NULL, &script->faults);
    reject(script, chunk, row, false);
    return OUTCOME_RECORD;
}

/* Lua functions in a plan. */

struct chosen {
    int function;
    unsigned count;
    const struct value *args;
};

static int call_chosen(lua_State *L)
{
    const struct chosen *chosen = lua_touserdata(L, 1);
    luaL_checkstack(L, (int)chosen->count + 4, NULL);
    lua_rawgeti(L, LUA_REGISTRYINDEX, chosen->function);
    for (unsigned i = 0; i < chosen->count; i++)
        value_push(L, &chosen->args[i]);
    lua_call(L, (int)chosen->count, 1);
    return 1;
}

/* The answer stays on the stack until the row is done: its text is borrowed. */
enum outcome script_plan_call(void *pointer, int function,
                              const struct row *row, const struct value *args,
                              unsigned count, const char *field,
                              struct value *answer, struct faults *faults,
                              struct err *err)
{
    struct script *script = pointer;
    struct chosen chosen = {function, count, args};
    struct raised raised;
    lua_State *L = script->host.L;
    (void)row;
    if (!lua_checkstack(L, 20)) {
        err_set(err, EXIT_SCRIPT, "%s: too many functions in `fields`",
                script->host.name);
        return OUTCOME_FAIL;
    }
    if (args == NULL) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, function);
        row_push(L);
        at_push(L);
    } else {
        lua_pushcfunction(L, call_chosen);
        lua_pushlightuserdata(L, &chosen);
    }
    enum called called = script_call(script, args == NULL ? 2 : 1, 1, &raised);
    if (called == CALLED_STOPPED) {
        script_failure(script, "one row", err);
        return OUTCOME_FAIL;
    }
    if (called == CALLED_RAISED)
        return raised_fault(script, &raised, field, faults);
    raised.reason = value_take(L, lua_gettop(L), faults->arena, answer);
    if (raised.reason == NULL)
        return OUTCOME_RECORD;
    int i = form_field(script->host.form, field, strlen(field));
    faults_add(faults, i >= 0 ? script->host.form->fields[i].name : "",
               "the function's answer is %s", raised.reason);
    return OUTCOME_REJECT;
}

/* A row. */

/* Another input: its columns are elsewhere. */
static bool bind(struct script *script, struct chunk *chunk)
{
    struct host *host = &script->host;
    struct plan *plan = script->use->plan;
    names_clear(host->L, &host->columns);
    host->input = chunk->input;
    if (plan != NULL && !plan_bind(plan, chunk->input, &chunk->failure))
        return false;
    script->bound = chunk->input;
    return true;
}

static enum outcome run(struct script *script, struct chunk *chunk,
                        const struct row *row)
{
    struct use *use = script->use;
    enum outcome outcome = OUTCOME_RECORD;
    if (use->plan != NULL)
        outcome = plan_where(use->plan, row, &script->faults, &chunk->failure);
    if (outcome == OUTCOME_REJECT)
        reject(script, chunk, row, false);
    if (outcome != OUTCOME_RECORD)
        return outcome;
    return use->map == LUA_NOREF ? run_fields(script, chunk, row)
                                 : run_map(script, chunk, row);
}

bool script_map(struct script *script, struct chunk *chunk,
                const struct row *row)
{
    struct host *host = &script->host;
    if (script->bound != chunk->input && !bind(script, chunk)) {
        chunk->failed = true;
        return false;
    }
    int top = lua_gettop(host->L);
    arena_reset(&script->arena);
    script->faults.arena = &script->arena;
    script->faults.count = 0;
    host->row = row;
    host->serial++;
    host->seeded = false;
    budget_begin(&host->budget);
    enum outcome outcome = run(script, chunk, row);
    budget_end(&host->budget);
    chunk->rows++;
    chunk->skipped += outcome == OUTCOME_SKIP;
    chunk->failed = outcome == OUTCOME_FAIL;
    if (host->budget.spent != SPENT_NOTHING) {
        script_failure(script, "one row", &chunk->failure);
        chunk->failed = true;
    }
    host->row = NULL;
    lua_settop(host->L, top);
    return !chunk->failed;
}
