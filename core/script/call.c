/* call.c: entering Lua, and what comes back when it raises.
 *
 * One handler stands at the bottom of the stack. It gives a message that has
 * no position the script's; objects, such as what fast.reject makes, go
 * through it. Whatever a script caught meanwhile: a spent budget is looked at
 * first, and a refused block that nobody asked for again is a spent one. */
#include "call.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>

#include "net/secrets.h"

/* `FILE:LINE: …` */
static bool has_position(const char *text)
{
    const char *colon = strpbrk(text, ":\n");
    if (colon == NULL || colon == text || *colon != ':')
        return false;
    const char *digit = colon + 1;
    while (isdigit((unsigned char)*digit))
        digit++;
    return digit > colon + 1 && *digit == ':';
}

/* An error object without a text gets one: its address would be another one
 * every time. Stack: unchanged but for that. */
static void name_object(lua_State *L)
{
    int type = lua_type(L, 1);
    if (type == LUA_TSTRING || type == LUA_TNUMBER)
        return;
    if (luaL_getmetafield(L, 1, "__tostring") == LUA_TNIL) {
        lua_pushfstring(L, "the error is a %s, not a text",
                        luaL_typename(L, 1));
        lua_replace(L, 1);
    }
    lua_settop(L, 1);
}

/* Lua's own functions know neither of expressions nor of a forgotten colon. */
static void explain(lua_State *L)
{
    static const struct {
        const char *end, *more;
        bool loading; /* only while the script loads */
    } known[] = {
        {", got expression)",
         ": it has no value while the script loads; fast.with(…, "
         "function(value) … end) or function(row) … end works with each row's "
         "values",
         true},
        {" in table for 'concat'",
         ": fast.join(\" \", a, b) joins each row's texts", true},
        {" (string expected, got no value)",
         ": text:name() calls it, with a colon", false},
    };
    const char *text = lua_tolstring(L, 1, NULL);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t len = strlen(text), end = strlen(known[i].end);
        if (len < end || strcmp(text + len - end, known[i].end) != 0 ||
            (known[i].loading && !host_of(L)->loading))
            continue;
        lua_pushvalue(L, 1);
        lua_pushlstring(L, known[i].more, strlen(known[i].more));
        lua_concat(L, 2);
        lua_replace(L, 1);
        return;
    }
}

/* Runs where the error was raised, before the stack is unwound, since only
 * there the script's line can be found. */
int script_handler(lua_State *L)
{
    name_object(L);
    if (lua_type(L, 1) == LUA_TSTRING)
        explain(L);
    if (lua_type(L, 1) != LUA_TSTRING ||
        has_position(lua_tolstring(L, 1, NULL)))
        return 1;
    char where[160];
    budget_where(L, where, sizeof where);
    if (*where == '\0')
        return 1;
    lua_pushfstring(L, "%s: ", where);
    lua_pushvalue(L, 1);
    lua_concat(L, 2);
    return 1;
}

/* Error objects with a __tostring of their own; what it raises is lost. */
static int object_text(lua_State *L)
{
    show_push(L, 1, NULL);
    return 1;
}

/* An error object with a __tostring runs code of the script's, so it is asked
 * in a protected call of its own. */
static void take_text(struct script *script, struct raised *raised)
{
    lua_State *L = script->host.L;
    size_t len;
    if (lua_type(L, -1) != LUA_TSTRING) {
        lua_pushcfunction(L, object_text);
        lua_insert(L, -2);
        lua_pcall(L, 1, 1, 0);
    }
    raised->reason = "an error that is no text";
    if (lua_type(L, -1) == LUA_TSTRING) {
        const char *text = lua_tolstring(L, -1, &len);
        raised->reason = value_line(&script->arena, text, len);
    }
}

/* Everything is copied: what Lua holds is gone once the error leaves the
 * stack. */
static void take_raised(struct script *script, struct raised *raised)
{
    const char *reason;
    size_t len;
    *raised = (struct raised){0};
    if (!reject_read(script->host.L, -1, &reason, &len, &raised->field)) {
        take_text(script, raised);
        return;
    }
    raised->reason = value_line(&script->arena, reason, len);
    if (raised->field != NULL)
        raised->field =
            value_line(&script->arena, raised->field, strlen(raised->field));
}

/* A spent budget wins over whatever the script returned or raised: it may have
 * caught the stop and gone on. */
enum called script_call(struct script *script, int args, int results,
                        struct raised *raised)
{
    lua_State *L = script->host.L;
    struct budget *budget = &script->host.budget;
    int status = lua_pcall(L, args, results, STACK_HANDLER);
    if (status == LUA_ERRMEM || budget->refused > 0)
        budget_stop(budget, SPENT_MEMORY);
    budget_over(budget);
    if (status != LUA_OK && budget->spent == SPENT_NOTHING)
        take_raised(script, raised);
    if (status == LUA_OK && budget->spent == SPENT_NOTHING)
        return CALLED_DONE;
    if (status != LUA_OK)
        lua_pop(L, 1);
    return budget->spent != SPENT_NOTHING ? CALLED_STOPPED : CALLED_RAISED;
}

enum called script_protect(struct script *script, lua_CFunction function,
                           struct raised *raised)
{
    lua_State *L = script->host.L;
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, script);
    return script_call(script, 1, 0, raised);
}

static void say_spent(const struct script *script, const char *what,
                      struct err *err)
{
    const struct budget *budget = &script->host.budget;
    switch (budget->spent) {
    case SPENT_STOP:
        *err = script->host.failure;
        return;
    case SPENT_MEMORY:
        err_set(err, EXIT_SCRIPT,
                "ran out of its memory of %zu bytes; --max-memory "
                "raises it",
                budget->bound.max);
        return;
    case SPENT_SECONDS:
        err_set(err, EXIT_SCRIPT,
                "ran out of its %u seconds for %s; --max-seconds raises it",
                budget->seconds, what);
        return;
    case SPENT_INTERRUPTED:
        err_set(err, EXIT_INTERRUPTED,
                "interrupted; run again to send the rest");
        return;
    case SPENT_INSTRUCTIONS:
    case SPENT_NOTHING:
        break;
    }
    if (budget->instructions == 0) {
        err_set(err, EXIT_SCRIPT, "one search took too many steps");
        return;
    }
    err_set(err, EXIT_SCRIPT,
            "ran out of its budget of %" PRIu64 " instructions for %s; "
            "--max-instructions raises it",
            budget->instructions, what);
}

/* Read from the right: what happened, in which row, and where in the script. */
bool script_failure(const struct script *script, const char *what,
                    struct err *err)
{
    const struct host *host = &script->host;
    struct err text;
    say_spent(script, what, &text);
    if (host->row != NULL) {
        struct buf place = {0};
        input_place(host->input, &host->row->place, &place);
        err_prefix(&text, "%s", buf_text(&place));
        buf_release(&place);
    }
    if (*host->budget.where != '\0')
        err_prefix(&text, "%s", host->budget.where);
    else
        err_prefix(&text, "%s", host->name);
    secrets_scrub(text.text);
    *err = text;
    return false;
}
