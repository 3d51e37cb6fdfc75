/* call.c: a call of a text function, compiled.
 *
 * The function's shape says what each argument may be. Values and expressions
 * are compiled into the call's slots; constants are checked here, and at the
 * end the function itself is called once with a nil subject, which it refuses
 * only when its constants are wrong (text.h). So a bad date pattern is an
 * error of the script before the first row is read. */
#include "call.h"

#include <lauxlib.h>
#include <string.h>

#include "constant.h"
#include "lookup/handle.h"
#include "pick.h"

/* What is known of a call while it is compiled. */
struct building {
    const struct text_function *function;
    int index;      /* of its table on the stack */
    unsigned fixed; /* arguments that the shape names */
    unsigned given; /* and that the script gave */
    bool rest;      /* any number may follow */
    bool constants; /* some are checked by calling the function */
    uint32_t first; /* slot */
    struct text_args args;
};

/* Value arguments may be expressions, which are known only with a row; it is
 * the constants that make a call worth trying beforehand. */
static void read_shape(struct building *building)
{
    const unsigned char *shape = building->function->shape;
    for (unsigned i = 0; i < TEXT_SHAPE && shape[i] != ARG_NONE; i++) {
        unsigned kind = shape[i] & ARG_KIND;
        if (kind == ARG_REST)
            building->rest = true;
        else
            building->fixed++;
        building->constants |=
            kind == ARG_STRING || kind == ARG_INTEGER || kind == ARG_OPTIONS;
    }
}

/* An expression in a place for constants is the likeliest mistake, and is told
 * what can do it instead. */
static bool wrong_argument(struct plan_compiler *compiler,
                           const struct building *building, unsigned at,
                           const char *wanted)
{
    lua_State *L = compiler->L;
    const char *usage = building->function->usage;
    const char *given = luaL_typename(L, -1);
    if (lua_istable(L, -1) && plan_push(L, -1, "kind") != LUA_TNIL)
        return plan_fault(compiler,
                          "%s: argument %u must be %s, not an expression "
                          "(only a Lua function can do that)",
                          usage, at + 1, wanted);
    return plan_fault(compiler, "%s: argument %u must be %s, not a %s", usage,
                      at + 1, wanted, given);
}

/* The constant on the top of the stack into its slot. */
static bool string_argument(struct plan_compiler *compiler,
                            const struct building *building, unsigned at)
{
    if (lua_type(compiler->L, -1) != LUA_TSTRING &&
        lua_type(compiler->L, -1) != LUA_TNUMBER)
        return wrong_argument(compiler, building, at, "a text");
    struct value constant, *slot = &compiler->plan->slots[building->first + at];
    struct text_call *call = &compiler->plan->call;
    call->arena = &compiler->plan->memory;
    return plan_constant(compiler, -1, building->function->usage, &constant) &&
           text_of(call, &constant, slot);
}

static bool integer_argument(struct plan_compiler *compiler,
                             const struct building *building, unsigned at)
{
    int whole = 0;
    lua_Integer integer = 0;
    if (lua_type(compiler->L, -1) == LUA_TNUMBER)
        integer = lua_tointegerx(compiler->L, -1, &whole);
    if (!whole)
        return wrong_argument(compiler, building, at, "a whole number");
    compiler->plan->slots[building->first + at] =
        (struct value){.integer = integer, .type = VALUE_INT};
    return true;
}

/* A lookup, and the column that the argument after it names, which is noted as
 * used: that it is there is known when the lookup is read. */
static bool rows_argument(struct plan_compiler *compiler,
                          struct building *building, unsigned at)
{
    lua_State *L = compiler->L;
    struct value name;
    struct lookup *lookup = lookup_read(L, -1);
    if (lookup == NULL)
        return wrong_argument(compiler, building, at,
                              "what fast.lookup { … } answers");
    lua_rawgeti(L, building->index, (lua_Integer)at + 2);
    if (lua_type(L, -1) != LUA_TSTRING)
        return wrong_argument(compiler, building, at + 1, "a column's name");
    if (!plan_text(compiler, -1, building->function->usage, &name))
        return false;
    uint32_t column = lookup_column(lookup, &name, compiler->line);
    if (column == LOOKUP_NONE)
        return plan_fault(compiler, "%s was read without \"%s\"",
                          lookup_path(lookup), name.text);
    struct text_rows *rows = arena_alloc(&compiler->plan->memory, sizeof *rows);
    *rows = (struct text_rows){lookup, column, lookup_find};
    building->args.rows = rows;
    return true;
}

static int option_at(const struct text_function *function, const char *name)
{
    for (int i = 0; function->options[i] != NULL; i++)
        if (!strcmp(function->options[i], name))
            return i;
    return -1;
}

/* Options come in the order of the function's own list, so that it finds them
 * by number. */
static bool read_options(struct plan_compiler *compiler, int index,
                         const struct text_function *function,
                         const struct value **options)
{
    lua_State *L = compiler->L;
    struct value *all =
        arena_alloc(&compiler->plan->memory, TEXT_MAX_OPTIONS * sizeof *all);
    memset(all, 0, TEXT_MAX_OPTIONS * sizeof *all);
    *options = all;
    if (lua_isnil(L, index))
        return true;
    if (lua_type(L, index) != LUA_TTABLE)
        return plan_fault(compiler, "%s: options must be a table, not a %s",
                          function->usage, luaL_typename(L, index));
    index = lua_absindex(L, index);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        struct value name;
        if (lua_type(L, -2) != LUA_TSTRING)
            return plan_fault(compiler, "%s: options have names",
                              function->usage);
        if (!plan_text(compiler, -2, function->usage, &name))
            return false;
        int at = option_at(function, name.text);
        if (at < 0)
            return plan_fault(compiler, "%s has no option \"%s\"",
                              function->name, name.text);
        if (!plan_constant(compiler, -1, name.text, &all[at]))
            return false;
    }
    return true;
}

/* The argument on the top of the stack. */
static bool argument(struct plan_compiler *compiler, struct building *building,
                     unsigned at)
{
    const struct text_function *function = building->function;
    unsigned char shape = at < building->fixed ? function->shape[at] : ARG_ANY;
    if (at < building->fixed && lua_isnil(compiler->L, -1) &&
        (shape & ARG_OPTIONAL) == 0 && at >= building->given)
        return plan_fault(compiler, "%s: argument %u is missing",
                          function->usage, at + 1);
    if (lua_isnil(compiler->L, -1) && (shape & ARG_OPTIONAL) != 0)
        return true;
    switch (shape & ARG_KIND) {
    case ARG_STRING:
        return string_argument(compiler, building, at);
    case ARG_INTEGER:
        return integer_argument(compiler, building, at);
    case ARG_LOOKUP:
        return plan_pick(compiler, -1, function->usage, &building->args.lookup);
    case ARG_ROWS:
        return rows_argument(compiler, building, at);
    case ARG_OPTIONS:
        return read_options(compiler, -1, function, &building->args.options);
    default:
        if (building->args.lookup != NULL &&
            lua_touserdata(compiler->L, -1) == text_same) {
            compiler->plan->slots[building->first + at] = text_same_value();
            return true;
        }
        return compiler->argument(compiler, lua_gettop(compiler->L),
                                  building->first + at);
    }
}

/* The line is the call's again after each argument, which may stand on lines
 * of its own. */
static bool arguments(struct plan_compiler *compiler, struct building *building)
{
    lua_State *L = compiler->L;
    for (unsigned i = 0; i < building->args.count; i++) {
        lua_rawgeti(L, building->index, (lua_Integer)i + 1);
        int line = compiler->line, top = lua_gettop(L);
        if (!argument(compiler, building, i))
            return false;
        compiler->line = line;
        lua_settop(L, top - 1);
    }
    return true;
}

/* Calls the function once, with its constants and nothing else. */
static bool try_constants(struct plan_compiler *compiler,
                          const struct building *building)
{
    struct plan *plan = compiler->plan;
    struct value all[TEXT_MAX_ARGS + TEXT_SHAPE] = {{.type = VALUE_NIL}};
    struct text_args args = building->args;
    struct text_call call = plan->call;
    call.arena = &plan->memory;
    call.reason = NULL;
    struct value answer;
    for (unsigned i = 0; i < building->fixed; i++) {
        unsigned kind = building->function->shape[i] & ARG_KIND;
        if (kind == ARG_STRING || kind == ARG_INTEGER)
            all[i] = plan->slots[building->first + i];
    }
    args.all = all;
    bool good = building->function->call(&call, &args, &answer);
    plan->call.scratch = call.scratch;
    return good || plan_fault(compiler, "%s",
                              call.reason ? call.reason : "wrong constants");
}

/* Whoever wrote the table may have written anything, so the number of
 * arguments is made a sane one before it is compared. */
static bool find_function(struct plan_compiler *compiler,
                          struct building *building)
{
    lua_State *L = compiler->L;
    size_t len = 0;
    const char *name = "";
    if (plan_push(L, building->index, "name") == LUA_TSTRING)
        name = lua_tolstring(L, -1, &len);
    building->function = text_find(name, len);
    if (building->function == NULL) {
        plan_fault(compiler, "there is no text function \"%s\"", name);
        return false;
    }
    if (!strcmp(name, "match") && compiler->plan->host.match == NULL)
        return plan_fault(compiler, "match is not there");
    lua_pop(L, 1);
    if (plan_push(L, building->index, "n") == LUA_TNUMBER) {
        lua_Integer given = lua_tointeger(L, -1);
        building->given = given < 0         ? 0
                          : given > 1000000 ? 1000000
                                            : (unsigned)given;
    }
    lua_pop(L, 1);
    return true;
}

/* The slots of the arguments stand side by side, so that the function gets
 * them as an array without a copy. */
bool plan_call(struct plan_compiler *compiler, int index, uint32_t to)
{
    struct plan *plan = compiler->plan;
    struct building building = {.index = index};
    if (!find_function(compiler, &building))
        return false;
    read_shape(&building);
    unsigned max = building.rest ? TEXT_MAX_ARGS : building.fixed;
    if (building.given > max)
        return plan_fault(compiler, "%s: at most %u argument%s, not %u",
                          building.function->usage, max, max == 1 ? "" : "s",
                          building.given);
    building.args.count =
        building.given > building.fixed ? building.given : building.fixed;
    building.args.name = building.function->name;
    building.first = plan_new_slots(plan, building.args.count);
    if (!arguments(compiler, &building) ||
        (building.constants && !try_constants(compiler, &building)))
        return false;
    struct plan_step *step = plan_new_step(plan, DO_CALL, to);
    step->function = building.function;
    step->first = building.first;
    step->args = building.args;
    return true;
}
