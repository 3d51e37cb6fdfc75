/* compile.c: from the script's tables to steps.
 *
 * Every expression is compiled so that its value ends up in a slot that its
 * user has chosen; so arguments need no moving. */
#include "steps.h"

#include <lauxlib.h>
#include <string.h>

#include "text/answer.h"

/* An expression that is used twice is compiled twice, so a few lines of script
 * could make more steps than there is memory. */
enum { MOST_DEPTH = 64, STACK_A_LEVEL = 12, MOST_SLOTS = 1 << 16 };

/* Room for one more of `size` bytes in an array that grows. */
static void *grown(void *all, uint32_t count, uint32_t *cap, size_t size)
{
    if (count <= *cap)
        return all;
    *cap = count < 16 ? 16 : count * 2;
    return mem_resize(all, *cap * size);
}

uint32_t plan_new_slots(struct plan *plan, uint32_t count)
{
    uint32_t first = plan->slot_count;
    plan->slot_count += count;
    plan->slots = grown(plan->slots, plan->slot_count, &plan->slot_cap,
                        sizeof *plan->slots);
    for (uint32_t i = 0; i < count; i++)
        plan->slots[first + i] = (struct value){.type = VALUE_NIL};
    return first;
}

struct plan_step *plan_new_step(struct plan *plan, enum step_kind kind,
                                uint32_t to)
{
    plan->steps = grown(plan->steps, plan->step_count + 1, &plan->step_cap,
                        sizeof *plan->steps);
    struct plan_step *step = &plan->steps[plan->step_count++];
    *step = (struct plan_step){.kind = kind, .slot = to, .lua = LUA_NOREF};
    return step;
}

static bool same_column(const struct plan_column *a,
                        const struct plan_column *b)
{
    return a->position == b->position && a->optional == b->optional &&
           a->len == b->len && !memcmp(a->name, b->name, a->len);
}

static uint32_t column_number(struct plan *plan,
                              const struct plan_column *column)
{
    for (uint32_t i = 0; i < plan->column_count; i++)
        if (same_column(&plan->columns[i], column))
            return i;
    plan->columns = grown(plan->columns, plan->column_count + 1,
                          &plan->column_cap, sizeof *plan->columns);
    plan->columns[plan->column_count] = *column;
    return plan->column_count++;
}

/* As decoders spell names: in NFC, squeezed. */
static bool read_name(struct plan_compiler *compiler,
                      struct plan_column *column)
{
    struct plan *plan = compiler->plan;
    struct value name;
    if (!plan_text(compiler, -1, "a column's name", &name))
        return false;
    plan->call.arena = &plan->memory;
    name = text_squeezed(&plan->call, name);
    char *own = arena_alloc(&plan->memory, name.len + 1);
    memcpy(own, name.text, name.len);
    own[name.len] = '\0';
    column->name = own;
    column->len = name.len;
    return true;
}

/* The column expression at `index`, as a number into plan->columns. */
static bool read_column(struct plan_compiler *compiler, int index,
                        uint32_t *number)
{
    lua_State *L = compiler->L;
    struct plan_column column = {.name = "", .line = compiler->line};
    if (plan_push(L, index, "optional") != LUA_TNIL)
        column.optional = lua_toboolean(L, -1);
    if (plan_push(L, index, "position") == LUA_TNUMBER) {
        column.position = lua_tointeger(L, -1);
        if (column.position < 1)
            return plan_fault(compiler, "columns are counted from 1");
    } else if (plan_push(L, index, "name") != LUA_TSTRING) {
        return plan_fault(compiler, "a column has a name or a number");
    } else if (!read_name(compiler, &column)) {
        return false;
    }
    lua_pop(L, column.position > 0 ? 2 : 3);
    *number = column_number(compiler->plan, &column);
    return true;
}

static bool compile_column(struct plan_compiler *compiler, int index,
                           uint32_t to)
{
    uint32_t number = 0;
    if (!read_column(compiler, index, &number))
        return false;
    plan_new_step(compiler->plan, DO_COLUMN, to)->column = number;
    return true;
}

/* A Lua function of chosen values. */
static bool compile_with(struct plan_compiler *compiler, int index, uint32_t to)
{
    lua_State *L = compiler->L;
    plan_push(L, index, "n");
    lua_Integer count = lua_tointeger(L, -1);
    lua_pop(L, 1);
    if (count < 0 || count > TEXT_MAX_ARGS)
        return plan_fault(compiler, "with: at most %d values", TEXT_MAX_ARGS);
    uint32_t first = plan_new_slots(compiler->plan, (uint32_t)count);
    for (lua_Integer i = 0; i < count; i++) {
        lua_rawgeti(L, index, i + 1);
        int line = compiler->line, top = lua_gettop(L);
        if (!plan_compile_to(compiler, top, first + (uint32_t)i))
            return false;
        compiler->line = line;
        lua_settop(L, top - 1);
    }
    if (plan_push(L, index, "call") != LUA_TFUNCTION)
        return plan_fault(compiler, "with: its last argument is a function");
    struct plan_step *step = plan_new_step(compiler->plan, DO_LUA, to);
    step->first = first;
    step->args.count = (uint32_t)count;
    step->lua = luaL_ref(L, LUA_REGISTRYINDEX);
    return true;
}

static void compile_function(struct plan_compiler *compiler, int index,
                             uint32_t to)
{
    struct plan_step *step = plan_new_step(compiler->plan, DO_LUA, to);
    step->of_row = true;
    lua_pushvalue(compiler->L, index);
    step->lua = luaL_ref(compiler->L, LUA_REGISTRYINDEX);
}

static const struct expression {
    const char *kind;
    bool (*compile)(struct plan_compiler *compiler, int index, uint32_t to);
} expressions[] = {
    {"column", compile_column},
    {"call", plan_compile_call},
    {"with", compile_with},
};

/* The kind of expression at `index`, or NULL; notes its line. */
static const struct expression *expression_at(struct plan_compiler *compiler,
                                              int index)
{
    lua_State *L = compiler->L;
    const struct expression *found = NULL;
    if (lua_type(L, index) != LUA_TTABLE)
        return NULL;
    if (plan_push(L, index, "kind") == LUA_TSTRING) {
        const char *kind = lua_tolstring(L, -1, NULL);
        for (size_t i = 0; i < sizeof expressions / sizeof *expressions; i++)
            if (!strcmp(kind, expressions[i].kind))
                found = &expressions[i];
    }
    if (found != NULL && plan_push(L, index, "line") == LUA_TNUMBER)
        compiler->line = (int)lua_tointeger(L, -1);
    lua_pop(L, found != NULL ? 2 : 1);
    return found;
}

void plan_note_line(struct plan_compiler *compiler, int index)
{
    lua_Debug info;
    if (!lua_isfunction(compiler->L, index)) {
        expression_at(compiler, lua_absindex(compiler->L, index));
        return;
    }
    lua_pushvalue(compiler->L, index);
    if (lua_getinfo(compiler->L, ">S", &info) && info.linedefined > 0)
        compiler->line = info.linedefined;
}

bool plan_compile_to(struct plan_compiler *compiler, int index, uint32_t to)
{
    lua_State *L = compiler->L;
    if (++compiler->depth > MOST_DEPTH || !lua_checkstack(L, STACK_A_LEVEL))
        return plan_fault(compiler, "expressions are nested too deep");
    if (compiler->plan->slot_count > MOST_SLOTS)
        return plan_fault(compiler, "the expressions are too many");
    bool good;
    const struct expression *expression = expression_at(compiler, index);
    if (expression != NULL) {
        good = expression->compile(compiler, index, to);
    } else if (lua_isfunction(L, index)) {
        plan_note_line(compiler, index);
        compile_function(compiler, index, to);
        good = true;
    } else {
        struct value constant;
        good = plan_constant(compiler, index, "this", &constant);
        if (good && text_is_same(&constant))
            good = plan_fault(compiler, "fast.same is for pick alone");
        if (good)
            compiler->plan->slots[to] = constant;
    }
    compiler->depth--;
    return good;
}
