/* map.c: one row through a mapping.
 *
 * With `fields` the plan fills the values and Lua is entered only where a
 * function stands; with `map` the function is called and its table read. Both
 * give one value for each field of the form, whose texts still lie in the
 * input, in an arena, or in Lua strings that are left on the stack, and the
 * form encodes them into the chunk from there. Only what must outlive the row
 * is copied: the key, and what is wrong. */
#include "script.h"

#include "answer.h"
#include "doubt.h"
#include "encode.h"
#include "function.h"
#include "reject.h"

enum { ARENA_KEPT = 8 << 20 };

/* A fault of the whole row leaves nothing to encode. Others do not keep the
 * form from looking at the rest, so that all faults are told at once. */
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
    if (!whole_row && script_encode(script, chunk, row))
        return OUTCOME_RECORD;
    script_name_columns(script, known);
    script_reject(script, chunk, row, true);
    return OUTCOME_RECORD;
}

/* What is raised rejects the row and not the run: one odd row in a million
 * must not stop the others. */
static enum outcome run_map(struct script *script, struct chunk *chunk,
                            const struct row *row)
{
    lua_State *L = script->host.L;
    struct raised raised;
    int top = lua_gettop(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, script->use->map);
    row_push(L);
    at_push(L);
    switch (script_call(script, 2, LUA_MULTRET, &raised)) {
    case CALLED_DONE:
        return script_answer(script, chunk, row, top + 1);
    case CALLED_STOPPED:
        return OUTCOME_FAIL;
    case CALLED_RAISED:
        break;
    }
    script_raised(script, &raised, NULL, &script->faults);
    script_reject(script, chunk, row, false);
    return OUTCOME_RECORD;
}

/* Another input: its columns are elsewhere. */
bool script_bind(struct script *script, const struct input *input,
                 struct err *err)
{
    struct host *host = &script->host;
    struct plan *plan = script->use->plan;
    names_clear(host->L, &host->columns);
    host->input = input;
    if (plan != NULL && !plan_bind(plan, input, err))
        return false;
    script->bound = input;
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
        script_reject(script, chunk, row, false);
    if (outcome != OUTCOME_RECORD)
        return outcome;
    return use->map == LUA_NOREF ? run_fields(script, chunk, row)
                                 : run_map(script, chunk, row);
}

/* What a chunk holds before a row. */
struct before {
    size_t json;
    uint32_t records, rejects, skips, doubts;
    uint64_t extra;
};

static struct before before_row(const struct chunk *chunk)
{
    return (struct before){.json = chunk->json.len,
                           .records = chunk->record_count,
                           .rejects = chunk->reject_count,
                           .skips = chunk->skip_count,
                           .doubts = chunk->doubt_count,
                           .extra = chunk->extra};
}

/* A row that stops the run has no outcome: it is counted nowhere, and what was
 * made of it by then is dropped, so that the ledger balances. */
static void take_back(struct chunk *chunk, const struct before *before)
{
    chunk->json.len = before->json;
    chunk->record_count = before->records;
    chunk->reject_count = before->rejects;
    chunk->skip_count = before->skips;
    chunk->doubt_count = before->doubts;
    chunk->extra = before->extra;
    chunk->failed = true;
}

static void settle(struct script *script, struct chunk *chunk,
                   enum outcome outcome, const struct before *before)
{
    bool missing = script->host.missing.count > 0;
    bool spent = !script_room(script, chunk);
    if (missing)
        errs_end(&script->host.missing, &chunk->failure);
    else if (spent)
        script_failure(script, "one row", &chunk->failure);
    if (missing || spent || outcome == OUTCOME_FAIL) {
        take_back(chunk, before);
        return;
    }
    chunk->rows++;
    chunk->skipped += outcome == OUTCOME_SKIP;
}

/* What one row needs in megabytes, the next ones need not do without. */
static void empty(struct arena *arena)
{
    if (arena->held > ARENA_KEPT)
        arena_release(arena);
    else
        arena_reset(arena);
}

/* Everything that a row takes is given back here at once: the arena, the
 * faults, and what functions left on the stack. */
bool script_map(struct script *script, struct chunk *chunk,
                const struct row *row)
{
    struct host *host = &script->host;
    if (script->bound != chunk->input &&
        !script_bind(script, chunk->input, &chunk->failure)) {
        chunk->failed = true;
        return false;
    }
    int top = lua_gettop(host->L);
    const struct before before = before_row(chunk);
    empty(&script->arena);
    if (host->arena.held > ARENA_KEPT)
        empty(&host->arena);
    script->faults.arena = &script->arena;
    script->faults.count = 0;
    script_doubt_begin(script, row);
    host->row = row;
    host->warnings = host->text.warnings = &script->warnings;
    host->serial++;
    host->seeded = false;
    host->missing.count = 0;
    host->missing.all.text[0] = '\0';
    budget_begin(&host->budget);
    enum outcome outcome = run(script, chunk, row);
    budget_end(&host->budget);
    settle(script, chunk, outcome, &before);
    host->row = NULL;
    host->warnings = host->text.warnings = NULL;
    lua_settop(host->L, top);
    return !chunk->failed;
}
