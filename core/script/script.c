/* script.c: a state from its opening to its end.
 *
 * The file is read, and then everything that touches Lua, the libraries
 * included, happens inside one protected call, so that a state that cannot be
 * built is an error like any other. */
#include "script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "answer.h"
#include "answerless.h"
#include "assigned.h"
#include "call.h"
#include "function.h"
#include "kept.h"
#include "read.h"
#include "source/plain.h"
#include "source/taken.h"

enum { FILE_MAX = 64 * 1024 * 1024, STACK_SLOTS = 256 };

/* Read by the host, as Lua's own loader would take binary chunks and stop at
 * nothing. */
static bool read_script(const char *path, size_t memory, struct buf *text,
                        struct err *err)
{
    size_t most = memory < FILE_MAX ? memory : FILE_MAX;
    const char *why;
    FILE *file = plain_stream(path, &why);
    if (file == NULL)
        return err_set(err, EXIT_USAGE, "%s: %s", path,
                       errno == ENOENT ? "no such file; check the path" : why);
    taken_note(path, TAKEN_KEPT, "the mapping");
    size_t got;
    do {
        got = fread(buf_reserve(text, 16384), 1, 16384, file);
        text->len += got;
    } while (got > 0 && text->len < most);
    int failed = ferror(file) ? errno : 0;
    fclose(file);
    if (failed != 0)
        return err_set(err, EXIT_USAGE, "%s: %s", path, strerror(failed));
    return text->len < most ||
           err_set(err, EXIT_SCRIPT, "%s: far too large for a script", path);
}

/* What rows leave for the next ones is refused, but where they come in order.
 */
static void refuse_functions(lua_State *L, const struct use *use)
{
    if (script_answerless(L, use))
        lua_error(L);
    if (!use->mapping.ordered && script_assigned(L, use))
        lua_error(L);
}

/* May functions of the script ask lookups for more than its expressions do? */
static bool has_functions(const struct script *script)
{
    bool has = script->function != LUA_NOREF;
    for (unsigned i = 0; i < script->count && !has; i++) {
        const struct use *use = &script->uses[i];
        has = use->map != LUA_NOREF || use->setup != LUA_NOREF ||
              plan_function(use->plan, 0) != LUA_NOREF;
    }
    return has;
}

/* Runs inside the protected call. The file is in host->scratch. */
static int run_file(lua_State *L)
{
    struct script *script = lua_touserdata(L, 1);
    struct host *host = &script->host;
    lua_gc(L, LUA_GCGEN, 0, 0); /* measured: young garbage, old tables */
    host_open(L);
    script_answer_open(L, script);
    lua_pushfstring(L, "@%s", host->name);
    lua_pushlstring(L, buf_text(&host->scratch), host->scratch.len);
    size_t len;
    const char *text = lua_tolstring(L, -1, &len);
    host_load(L, text, len, lua_tostring(L, -2));
    compared_begin(host, text, len);
    int base = lua_gettop(L);
    lua_call(L, 0, LUA_MULTRET);
    if (lua_gettop(L) > base)
        host_stop(L, EXIT_SCRIPT,
                  "the script returns %d values; a list of mappings is one: "
                  "return { a, b }",
                  lua_gettop(L) - base + 1);
    lua_settop(L, base);
    script_read(L, script);
    for (unsigned i = 0; i < script->count; i++)
        refuse_functions(L, &script->uses[i]);
    expression_check(L);
    if (has_functions(script))
        lookups_whole(script->host.lookups);
    return 0;
}

/* The short name is what messages begin with and what Lua itself puts into its
 * errors. */
static void name_script(struct script *script, const char *path)
{
    struct host *host = &script->host;
    const char *slash = strrchr(path, '/');
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    script->path = mem_text(path);
    host->folder = mem_text_n(path, folder);
    host->reach.folder = host->folder;
    /* Lua shortens what is longer. */
    host->name = mem_text(strlen(path) < LUA_IDSIZE - 4 ? path : path + folder);
}

/* The line is followed while the script is loaded, so that expressions know
 * theirs; later that would cost too much. */
static bool load(struct script *script, struct err *err)
{
    struct raised raised;
    struct host *host = &script->host;
    lua_State *L = host->L;
    if (L == NULL || !lua_checkstack(L, STACK_SLOTS))
        return err_set(err, EXIT_SCRIPT,
                       "%s: max_memory is too little for any script",
                       script->path);
    host->loading = true;
    host->budget.on_line = compared_line;
    budget_follow(&host->budget, true);
    bool entered = budget_guard(&host->budget);
    enum called called = script_protect(script, run_file, &raised);
    budget_unguard(&host->budget, entered);
    budget_follow(&host->budget, false);
    host->budget.on_line = NULL;
    host->loading = false;
    compared_end(host);
    switch (called) {
    case CALLED_DONE:
        return true;
    case CALLED_STOPPED:
        return script_failure(script, "loading", err);
    case CALLED_RAISED:
        break;
    }
    if (script->failure.text[0] != '\0')
        *err = script->failure;
    else
        err_set(err, EXIT_SCRIPT, "%s", raised.reason);
    return false;
}

/* The extra space leads from a state to its host without a look into the
 * registry. */
static void open_state(struct script *script)
{
    struct host *host = &script->host;
    lua_State *L = lua_newstate(budget_alloc, &host->budget);
    host->L = L;
    host->budget.L = L;
    if (L == NULL)
        return;
    *(struct host **)lua_getextraspace(L) = host;
    lua_pushcfunction(L, script_handler); /* STACK_HANDLER */
}

static void set_limits(struct script *script,
                       const struct script_limits *limits)
{
    struct budget *budget = &script->host.budget;
    budget->bound.max = limits->memory ? limits->memory : SCRIPT_MEMORY;
    budget->seconds = limits->seconds ? limits->seconds : SCRIPT_SECONDS;
    script->records = limits->records ? limits->records : SCRIPT_RECORDS;
    budget->instructions =
        limits->instructions ? limits->instructions : SCRIPT_INSTRUCTIONS;
    script->host.reach.grants = limits->grants;
    script->lookups = limits->lookups ? NULL : lookups_new(0);
    script->host.lookups = limits->lookups ? limits->lookups : script->lookups;
}

/* Whatever fails, script_free takes down what was built by then. */
struct script *script_open(const char *path, const struct script_limits *limits,
                           bool quiet, struct err *err)
{
    struct script *script = mem_zero(1, sizeof *script);
    struct host *host = &script->host;
    bool good = false;
    arena_init(&host->arena);
    arena_init(&script->arena);
    arena_init(&script->constants);
    host->arena.bound = script->arena.bound = script->constants.bound =
        &host->budget.bound;
    script->warnings.arena = &script->arena;
    script->faults.warnings = &script->warnings;
    script->function = LUA_NOREF;
    host->quiet = quiet;
    host->option =
        (struct option_function){.call = script_option_call, .host = script};
    set_limits(script, limits);
    name_script(script, path);
    host->forms = forms_load(err);
    if (host->forms != NULL &&
        read_script(path, host->budget.bound.max, &host->scratch, err)) {
        open_state(script);
        good = load(script, err);
    }
    if (good)
        return script;
    script_free(script);
    return NULL;
}

/* Plans hold references into the state and go first; the pool is what the
 * state's blocks come from and goes last. */
void script_free(struct script *script)
{
    if (script == NULL)
        return;
    struct host *host = &script->host;
    for (unsigned i = 0; i < script->count; i++)
        script_release_use(&script->uses[i]);
    free(script->uses);
    kept_release(&script->kept);
    lookups_free(script->lookups);
    if (host->L != NULL)
        lua_close(host->L);
    pool_release(&host->budget.pool);
    match_cache_free(host->matches);
    buf_release(&host->scratch);
    buf_release(&host->text.scratch);
    arena_release(&host->arena);
    arena_release(&script->arena);
    arena_release(&script->constants);
    free(host->name);
    free(host->folder);
    free(script->path);
    free(script);
}

unsigned script_count(const struct script *script)
{
    return script->count;
}

const struct mapping *script_mapping(const struct script *script, unsigned i)
{
    return &script->uses[i].mapping;
}

void script_strict(struct script *script, uint32_t kinds)
{
    script->strict = kinds;
}

/* Functions may be there only after setup, so all are looked at once more. */
static int run_setup(lua_State *L)
{
    const struct script *script = lua_touserdata(L, 1);
    if (script->use->setup != LUA_NOREF) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, script->use->setup);
        env_push(L);
        lua_call(L, 1, 0);
        refuse_functions(L, script->use);
    }
    return kept_begin(L);
}

/* What a call that is about no row came to. What it asked for and is not there
 * may be why it raised. */
static bool settled(struct script *script, enum called called,
                    const struct raised *raised, const char *what,
                    struct err *err)
{
    if (!errs_end(&script->host.missing, err))
        return false;
    if (called == CALLED_STOPPED)
        return script_failure(script, what, err);
    return called == CALLED_DONE ||
           err_set(err, EXIT_SCRIPT, "%s", raised->reason);
}

/* A script may hold several mappings that run one after the other: names
 * learned for one form or input mean nothing to the next. */
bool script_use(struct script *script, unsigned i, struct err *err)
{
    struct host *host = &script->host;
    struct raised raised;
    script->use = &script->uses[i];
    script->bound = NULL;
    host->form = script->use->mapping.form;
    host->input = NULL;
    host->ordered = script->use->mapping.ordered;
    names_clear(host->L, &host->fields);
    arena_reset(&script->arena);
    bool entered = budget_guard(&host->budget);
    host->seeded = false;
    host->missing.count = 0;
    bool good = lookups_load(host->lookups, err) &&
                settled(script, script_protect(script, run_setup, &raised),
                        &raised, "setup", err);
    budget_unguard(&host->budget, entered);
    return good;
}

/* Between rows: the place of none of them is in the message. */
bool script_settle(struct script *script, uint64_t rows, bool last,
                   struct err *err)
{
    struct raised raised;
    struct kept *kept = &script->kept;
    bool due = kept_is_due(kept, rows);
    if (!due && (!last || kept->rows == 0 || kept->count == 0))
        return true;
    arena_reset(&script->arena);
    bool entered = budget_guard(&script->host.budget);
    script->host.missing.count = 0;
    bool good = settled(script, script_protect(script, kept_look, &raised),
                        &raised, "one row", err);
    budget_unguard(&script->host.budget, entered);
    return good;
}

void script_enter(struct script *script)
{
    budget_watch(&script->host.budget);
}

void script_leave(struct script *script)
{
    budget_unwatch(&script->host.budget);
}

/* Driving. */

struct drive {
    struct script *script;
    const char *const *inputs;
};

static int run_function(lua_State *L)
{
    const struct drive *drive = lua_touserdata(L, 1);
    lua_rawgeti(L, LUA_REGISTRYINDEX, drive->script->function);
    lua_newtable(L);
    for (lua_Integer i = 0; drive->inputs && drive->inputs[i]; i++) {
        lua_pushstring(L, drive->inputs[i]);
        lua_rawseti(L, -2, i + 1);
    }
    env_push(L);
    lua_call(L, 2, 2);
    if (!lua_toboolean(L, -2) && lua_type(L, -1) == LUA_TSTRING)
        return lua_error(L); /* nil, message */
    return 0;
}

/* A script that drives itself may wait for the server as long as it takes, so
 * it has no budget of instructions or seconds; its memory is still capped, and
 * Ctrl-C ends it. */
bool script_drive(struct script *script, const char *const *inputs,
                  const struct script_client *client, struct err *err)
{
    struct host *host = &script->host;
    struct drive drive = {script, inputs};
    struct raised raised;
    uint64_t instructions = host->budget.instructions;
    unsigned seconds = host->budget.seconds;
    if (!lookups_load(host->lookups, err))
        return false;
    arena_reset(&script->arena);
    host->client = client;
    host->seeded = false;
    host->missing.count = 0;
    host->budget.instructions = 0; /* it takes the time it takes */
    host->budget.seconds = 0;
    bool entered = budget_guard(&host->budget);
    lua_pushcfunction(host->L, run_function);
    lua_pushlightuserdata(host->L, &drive);
    bool good = settled(script, script_call(script, 1, 0, &raised), &raised,
                        "its run", err);
    budget_unguard(&host->budget, entered);
    host->budget.instructions = instructions;
    host->budget.seconds = seconds;
    host->client = NULL;
    return good;
}
