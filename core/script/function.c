/* function.c: a function gets the row and its place, or the values that it was
 * written with. What it answers stays on the stack until the row is done: its
 * text is borrowed from there. */
#include "function.h"

/* `where` is no field, and what went wrong in it is told by its name. */
static const char *in_where(const char *field)
{
    return field != NULL && *field == '\0' ? "where: " : "";
}

/* A field that fast.reject named goes before the one that was being mapped; a
 * name the form does not know is no field. */
enum outcome script_raised(struct script *script, const struct raised *raised,
                           const char *field, struct faults *faults)
{
    const struct form *form = script->host.form;
    const char *named = raised->field ? raised->field : field;
    int i = named ? form_field(form, named, strlen(named)) : -1;
    faults_add(faults, i >= 0 ? form->fields[i].name : "", "%s%s",
               in_where(named), raised->reason);
    return OUTCOME_REJECT;
}

struct chosen {
    int function;
    unsigned count;
    const struct value *args;
};

/* Pushing values allocates and so may raise: it is done inside the protected
 * call, with the function itself. */
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

/* Every answer of a row stays on the stack, so room for it is asked for each
 * time: a form of many functions could fill it. */
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
        return script_raised(script, &raised, field, faults);
    raised.reason = value_take(L, lua_gettop(L), faults->arena, answer);
    if (raised.reason == NULL)
        return OUTCOME_RECORD;
    int i = form_field(script->host.form, field, strlen(field));
    faults_add(faults, i >= 0 ? script->host.form->fields[i].name : "",
               "%sthe function's answer is %s", in_where(field), raised.reason);
    return OUTCOME_REJECT;
}

static bool option_answer(struct script *script, struct arena *arena,
                          struct value *answer, struct err *err)
{
    const char *wrong =
        value_take(script->host.L, lua_gettop(script->host.L), arena, answer);
    if (wrong != NULL)
        return err_set(err, EXIT_SCRIPT, "%s: the function's answer is %s",
                       script->host.name, wrong);
    if (answer->type == VALUE_LIST || answer->type == VALUE_MAP)
        return err_set(err, EXIT_SCRIPT, "%s: the function's answer is a table",
                       script->host.name);
    if (answer->type == VALUE_TEXT) { /* it is Lua's, which may drop it */
        char *text = arena_alloc(arena, answer->len);
        memcpy(text, answer->text, answer->len);
        answer->text = text;
    }
    return true;
}

bool script_option_call(const struct option_function *function,
                        const struct value *args, unsigned count,
                        struct arena *arena, struct value *answer,
                        struct err *err)
{
    struct script *script = function->host;
    struct chosen chosen = {function->reference, count, args};
    struct raised raised;
    lua_State *L = script->host.L;
    int top = lua_gettop(L);
    if (!lua_checkstack(L, 20))
        return err_set(err, EXIT_SCRIPT, "%s: out of stack", script->host.name);
    arena_reset(&script->arena);
    budget_follow(&script->host.budget, true);
    bool entered = budget_guard(&script->host.budget);
    lua_pushcfunction(L, call_chosen);
    lua_pushlightuserdata(L, &chosen);
    enum called called = script_call(script, 1, 1, &raised);
    bool good = called == CALLED_DONE;
    if (good)
        good = option_answer(script, arena, answer, err);
    else if (called == CALLED_STOPPED)
        script_failure(script, "an option's function", err);
    else
        err_set(err, EXIT_SCRIPT, "%s", raised.reason);
    budget_unguard(&script->host.budget, entered);
    budget_follow(&script->host.budget, false);
    lua_settop(L, top);
    return good;
}
