/* fields.c: a whole plan, from its fields and its where.
 *
 * All of it runs inside one lua_pcall: whatever Lua raises, the plan made so
 * far is freed. Fields are taken in the form's order, and wrong ones in byte
 * order, so that messages do not depend on how Lua stores a table. */
#include "expression.h"

#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>

/* The column that alone feeds these steps, or NO_COLUMN. */
static uint32_t single_column(const struct plan *plan, uint32_t first)
{
    uint32_t single = NO_COLUMN;
    for (uint32_t i = first; i < plan->step_count; i++) {
        const struct plan_step *step = &plan->steps[i];
        if (step->kind == DO_LUA && step->of_row)
            return NO_COLUMN;
        if (step->kind != DO_COLUMN)
            continue;
        if (single != NO_COLUMN && single != step->column)
            return NO_COLUMN;
        single = step->column;
    }
    return single;
}

/* The value on the top of the stack becomes a target. */
static bool compile_target(struct plan_compiler *compiler,
                           struct plan_target *target)
{
    struct plan *plan = compiler->plan;
    target->first = plan->step_count;
    target->slot = plan_new_slots(plan, 1);
    int top = lua_gettop(compiler->L);
    if (!plan_expression(compiler, top, target->slot))
        return false;
    lua_settop(compiler->L, top - 1);
    target->end = plan->step_count;
    target->column = single_column(plan, target->first);
    target->kind = target->end > target->first ? TO_STEPS : TO_CONSTANT;
    if (target->end - target->first == 1 && target->column != NO_COLUMN &&
        plan->steps[target->first].kind == DO_COLUMN &&
        plan->columns[target->column].path.count == 0) {
        target->kind = TO_COLUMN;
        plan->step_count = target->end = target->first;
    }
    return true;
}

/* How the script spells each of the form's fields; NULL: not mapped. */
struct spelling {
    const char *of[FORM_MAX_FIELDS];
    bool unknown; /* there are names that the form does not know */
    const char *twice[2];
};

/* Of two spellings the first in byte order is told first, whichever Lua came to
 * first. */
static void note_spelling(struct spelling *spelling, const char *name,
                          int field)
{
    if (field < 0) {
        spelling->unknown = true;
        return;
    }
    const char *other = spelling->of[field];
    spelling->of[field] = name;
    if (other != NULL) {
        bool before = strcmp(other, name) < 0;
        spelling->twice[0] = before ? other : name;
        spelling->twice[1] = before ? name : other;
    }
}

static bool unknown_field(struct plan_compiler *compiler, const char *name)
{
    const struct form *form = compiler->plan->form;
    const char *near = form_nearest_field(form, name, strlen(name));
    plan_push(compiler->L, compiler->fields, name);
    plan_note_line(compiler, -1);
    if (near == NULL)
        return plan_fault(compiler, "%s has no field \"%s\"", form->name, name);
    return plan_fault(compiler, "%s has no field \"%s\"; did you mean \"%s\"?",
                      form->name, name, near);
}

/* The first unknown name after that one in byte order, or NULL. */
static const char *next_unknown(struct plan_compiler *compiler,
                                const char *after)
{
    lua_State *L = compiler->L;
    const struct form *form = compiler->plan->form;
    const char *next = NULL;
    for (lua_pushnil(L); lua_next(L, compiler->fields) != 0; lua_pop(L, 1)) {
        size_t len;
        const char *name = lua_tolstring(L, -2, &len);
        if (form_field(form, name, len) < 0 &&
            (after == NULL || strcmp(name, after) > 0) &&
            (next == NULL || strcmp(name, next) < 0))
            next = name;
    }
    return next;
}

/* All at once, in byte order, whichever Lua comes to first. */
static bool unknown_fields(struct plan_compiler *compiler)
{
    struct errs errs = {.count = 0};
    struct err *err = compiler->err, why;
    const char *name = NULL;
    while (errs.cut == 0 && (name = next_unknown(compiler, name)) != NULL) {
        int top = lua_gettop(compiler->L);
        compiler->err = &why;
        compiler->line = compiler->plan->host.line;
        unknown_field(compiler, name);
        errs_add(&errs, &why);
        lua_settop(compiler->L, top);
    }
    compiler->err = err;
    return errs_end(&errs, err);
}

/* Looks at every key of the fields' table before anything is compiled. The
 * keys are texts of the table's own and stay where they are. */
static bool read_spelling(struct plan_compiler *compiler,
                          struct spelling *spelling)
{
    lua_State *L = compiler->L;
    *spelling = (struct spelling){.unknown = false};
    for (lua_pushnil(L); lua_next(L, compiler->fields) != 0; lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            return plan_fault(compiler,
                              "fields: the name of a field is a text");
        size_t len;
        const char *name = lua_tolstring(L, -2, &len);
        note_spelling(spelling, name,
                      form_field(compiler->plan->form, name, len));
    }
    if (spelling->unknown)
        return unknown_fields(compiler);
    if (spelling->twice[0] != NULL) {
        plan_push(L, compiler->fields, spelling->twice[1]);
        plan_note_line(compiler, -1);
        return plan_fault(compiler, "\"%s\" and \"%s\" are the same field",
                          spelling->twice[0], spelling->twice[1]);
    }
    return true;
}

/* Line and field are what messages begin with, and are set anew for each
 * field, or a fault would be blamed on the one before. */
static bool compile_fields(struct plan_compiler *compiler)
{
    struct plan *plan = compiler->plan;
    struct spelling spelling;
    if (lua_type(compiler->L, compiler->fields) != LUA_TTABLE)
        return plan_fault(compiler, "fields must be a table");
    if (!read_spelling(compiler, &spelling))
        return false;
    for (unsigned field = 0; field < plan->form->count; field++) {
        if (spelling.of[field] == NULL)
            continue;
        struct plan_target *target = &plan->targets[plan->target_count++];
        target->field = field;
        target->name = plan->form->fields[field].name;
        compiler->field = target->name;
        compiler->line = plan->host.line;
        plan_push(compiler->L, compiler->fields, spelling.of[field]);
        if (!compile_target(compiler, target))
            return false;
    }
    return true;
}

/* Slots and steps stay where they are from here on, and steps learn the
 * addresses of theirs. */
static bool compile_all(struct plan_compiler *compiler)
{
    struct plan *plan = compiler->plan;
    if (compiler->fields != 0 && !compile_fields(compiler))
        return false;
    compiler->field = "where";
    compiler->line = plan->host.line;
    plan->has_where = !lua_isnil(compiler->L, compiler->where);
    plan->where.name = "";
    if (plan->has_where) {
        lua_pushvalue(compiler->L, compiler->where);
        if (!compile_target(compiler, &plan->where))
            return false;
    }
    for (uint32_t i = 0; i < plan->step_count; i++) {
        plan->steps[i].args.all = plan->slots + plan->steps[i].first;
        plan->steps[i].to = plan->slots + plan->steps[i].slot;
    }
    return true;
}

/* A script's plans have theirs in the registry, by the memory that they share.
 */
static void push_shared(struct plan_compiler *compiler)
{
    lua_State *L = compiler->L;
    struct arena *shared = compiler->plan->host.shared;
    compiler->memory = shared ? shared : &compiler->plan->memory;
    compiler->shared = lua_gettop(L) + 1;
    if (shared != NULL &&
        lua_rawgetp(L, LUA_REGISTRYINDEX, shared) == LUA_TTABLE)
        return;
    lua_settop(L, compiler->shared - 1);
    lua_newtable(L);
    if (shared == NULL)
        return;
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, shared);
}

/* Under lua_pcall, with the compiler, fields and where as arguments. */
static int compile_protected(lua_State *L)
{
    struct plan_compiler *compiler = lua_touserdata(L, 1);
    compiler->fields = lua_isnil(L, 2) ? 0 : 2;
    compiler->where = 3;
    push_shared(compiler);
    lua_pushboolean(L, compile_all(compiler));
    return 1;
}

static void push_or_nil(lua_State *L, int index)
{
    if (index != 0)
        lua_pushvalue(L, index);
    else
        lua_pushnil(L);
}

/* The plan is made before Lua is entered, so that a raised error finds
 * something to free, and nothing that only Lua holds is left in it. */
struct plan *plan_compile(lua_State *L, int fields, int where,
                          const struct form *form, const char *script,
                          const struct plan_host *host, struct err *err)
{
    struct plan *plan = mem_zero(1, sizeof *plan);
    struct plan_compiler compiler = {.L = L,
                                     .plan = plan,
                                     .err = err,
                                     .line = host->line,
                                     .argument = plan_expression};
    plan->L = L;
    plan->form = form;
    plan->targets = mem_zero(form->count, sizeof *plan->targets);
    plan->host = *host;
    plan->unbounded.max = SIZE_MAX;
    if (host->bound == NULL)
        plan->host.bound = &plan->unbounded;
    plan->call.match = host->match;
    plan->call.host = host->matcher;
    arena_init(&plan->memory);
    plan->memory.bound = plan->host.bound;
    char *name = arena_alloc(&plan->memory, strlen(script) + 1);
    plan->script = memcpy(name, script, strlen(script) + 1);
    fields = fields != 0 ? lua_absindex(L, fields) : 0;
    where = where != 0 ? lua_absindex(L, where) : 0;
    lua_pushcfunction(L, compile_protected);
    lua_pushlightuserdata(L, &compiler);
    push_or_nil(L, fields);
    push_or_nil(L, where);
    bool good = lua_pcall(L, 3, 1, 0) == LUA_OK;
    if (!good) {
        const char *message = lua_tolstring(L, -1, NULL);
        err_set(err, EXIT_SCRIPT, "%s: %s", plan->script,
                message != NULL ? message : "its fields raise an error");
    }
    good = good && lua_toboolean(L, -1);
    lua_pop(L, 1);
    if (good)
        return plan;
    plan_free(plan);
    return NULL;
}

/* Steps hold references in the registry, so this comes before lua_close. */
void plan_free(struct plan *plan)
{
    if (plan == NULL)
        return;
    for (uint32_t i = 0; i < plan->step_count; i++)
        luaL_unref(plan->L, LUA_REGISTRYINDEX, plan->steps[i].lua);
    buf_release(&plan->call.scratch);
    arena_release(&plan->memory);
    free(plan->slots);
    free(plan->steps);
    free(plan->columns);
    free(plan->targets);
    mem_wipe(plan, sizeof *plan);
    free(plan);
}
