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
    int fields, where; /* stack indices, 0: none */
    /* plan_expression, for the arguments of what it compiles itself. */
    bool (*argument)(struct plan_compiler *compiler, int index, uint32_t to);
};

/* `SCRIPT:LINE: FIELD: message`, EXIT_SCRIPT. */
bool plan_fault(struct plan_compiler *compiler, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
/* Pushes the raw field `name` of the table at `index`; its type. */
int plan_push(lua_State *L, int index, const char *name);

#endif
