/* call.h: the only way into a script's own code, and what it came to. The
 * thread that has entered the script. */
#ifndef FASTSYNC_SCRIPT_CALL_H
#define FASTSYNC_SCRIPT_CALL_H

#include "state.h"

/* The stack's bottom is the error handler; calls begin above it. */
enum { STACK_HANDLER = 1 };
int script_handler(lua_State *L);

enum called {
    CALLED_DONE,   /* the results are on the stack */
    CALLED_RAISED, /* `raised` says what; nothing is on the stack */
    CALLED_STOPPED /* the run stops: script_failure says why */
};

/* What a script raised: a line in script->arena, and the field that
 * fast.reject named, or NULL. */
struct raised {
    const char *reason;
    const char *field;
};

/* The only way into a script's own code: calls the function below `args`
 * arguments on the stack. */
enum called script_call(struct script *script, int args, int results,
                        struct raised *raised);
/* Calls a function of the host's, which gets `script` as a pointer. */
enum called script_protect(struct script *script, lua_CFunction function,
                           struct raised *raised);
/* Why the run stops. `what` is what ran, for messages: "one row", "setup". */
bool script_failure(const struct script *script, const char *what,
                    struct err *err);

#endif
