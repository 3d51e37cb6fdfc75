/* expression.c: from the script's tables to steps.
 *
 * Every expression is compiled so that its value ends up in a slot that its
 * user has chosen; so arguments need no moving. */
#include "expression.h"

#include <lauxlib.h>
#include <string.h>

#include "call.h"
#include "column.h"
#include "constant.h"

/* An expression that is used twice is compiled twice, so a few lines of script
 * could make more steps than there is memory. */
enum { DEPTH_MAX = 64, STACK_A_LEVEL = 12, SLOTS_MAX = 1 << 16 };

/* Whether its name is a column or a path only an input can say (bind.c). */
static bool compile_column(struct plan_compiler *compiler, int index,
                           uint32_t to)
{
    uint32_t number = 0;
    if (!plan_read_column(compiler, index, &number))
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
        if (!plan_expression(compiler, top, first + (uint32_t)i))
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

/* It is called with the row, and so may read any column: no column is named
 * beside its faults. */
static bool compile_function(struct plan_compiler *compiler, int index,
                             uint32_t to)
{
    if (lua_iscfunction(compiler->L, index))
        return plan_fault(compiler, "this is a function that was not called: "
                                    "write fast.upper(col \"…\") or "
                                    "col \"…\":upper()");
    struct plan_step *step = plan_new_step(compiler->plan, DO_LUA, to);
    step->of_row = true;
    lua_pushvalue(compiler->L, index);
    step->lua = luaL_ref(compiler->L, LUA_REGISTRYINDEX);
    return true;
}

static const struct expression {
    const char *kind;
    bool (*compile)(struct plan_compiler *compiler, int index, uint32_t to);
} expressions[] = {
    {"column", compile_column},
    {"call", plan_call},
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

/* A function knows where it was defined; all else has its line from init.lua.
 */
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

/* Recursion is bounded by a depth of its own: an expression may hold itself,
 * as tables can. */
bool plan_expression(struct plan_compiler *compiler, int index, uint32_t to)
{
    lua_State *L = compiler->L;
    if (++compiler->depth > DEPTH_MAX || !lua_checkstack(L, STACK_A_LEVEL))
        return plan_fault(compiler, "expressions are nested too deep");
    if (compiler->plan->slot_count > SLOTS_MAX)
        return plan_fault(compiler, "the expressions are too many");
    if (!plan_goes_on(compiler))
        return false;
    bool good;
    const struct expression *expression = expression_at(compiler, index);
    if (expression != NULL) {
        good = expression->compile(compiler, index, to);
    } else if (lua_isfunction(L, index)) {
        plan_note_line(compiler, index);
        good = compile_function(compiler, index, to);
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
