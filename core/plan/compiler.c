/* compiler.c: a fault says where in the script it is, as far as that is known.
 */
#include "compiler.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* The message is made before the parts around it, as it may be cut; file, line
 * and field may not. */
bool plan_fault(struct plan_compiler *compiler, const char *format, ...)
{
    char message[900];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    const char *field = compiler->field ? compiler->field : "";
    const char *colon = compiler->field ? ": " : "";
    if (compiler->line > 0)
        return err_set(compiler->err, EXIT_SCRIPT, "%s:%d: %s%s%s",
                       compiler->plan->script, compiler->line, field, colon,
                       message);
    return err_set(compiler->err, EXIT_SCRIPT, "%s: %s%s%s",
                   compiler->plan->script, field, colon, message);
}

/* Why is the host's to say, which knows more. */
bool plan_goes_on(struct plan_compiler *compiler)
{
    return compiler->plan->host.bound->stop == MEM_GO ||
           plan_fault(compiler, "stopped");
}

const void *plan_shared(struct plan_compiler *compiler, int index)
{
    lua_State *L = compiler->L;
    lua_rawgetp(L, compiler->shared, lua_topointer(L, index));
    const void *made = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return made;
}

void plan_share(struct plan_compiler *compiler, int index, const void *made)
{
    lua_State *L = compiler->L;
    const void *of = lua_topointer(L, index);
    lua_pushlightuserdata(L, (void *)(uintptr_t)made);
    lua_rawsetp(L, compiler->shared, of);
}

int plan_push(lua_State *L, int index, const char *name)
{
    index = lua_absindex(L, index);
    lua_pushlstring(L, name, strlen(name));
    return lua_rawget(L, index);
}
