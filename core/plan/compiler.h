/* compiler.h: what is known while a plan is compiled, and how that fails. */
#ifndef FASTSYNC_PLAN_COMPILER_H
#define FASTSYNC_PLAN_COMPILER_H

#include "steps.h"

struct plan_compiler {
    lua_State *L;
    struct plan *plan;
    struct err *err;
    const char *field; /* that is being compiled, or NULL */
    int line;          /* last one known, 0: none */
    unsigned depth;
    int fields, where;    /* stack indices, 0: none */
    int shared;           /* stack index: what was made of Lua's tables and long
                             texts, by their addresses */
    struct arena *memory; /* for those */
    /* plan_expression, for the arguments of what it compiles itself. */
    bool (*argument)(struct plan_compiler *compiler, int index, uint32_t to);
};

/* `SCRIPT:LINE: FIELD: message`, EXIT_SCRIPT. */
bool plan_fault(struct plan_compiler *compiler, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
/* False, with a fault, where the script is to stop: for loops. */
bool plan_goes_on(struct plan_compiler *compiler);
/* What was made of the table or text at `index` before, or NULL; and notes it:
 * nothing of the script's runs meanwhile, so it is the same still. */
const void *plan_shared(struct plan_compiler *compiler, int index);
void plan_share(struct plan_compiler *compiler, int index, const void *made);
/* Pushes the raw field `name` of the table at `index`; its type. */
int plan_push(lua_State *L, int index, const char *name);

#endif
