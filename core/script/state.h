/* state.h: what a script is made of. For script*.c alone. */
#ifndef FASTSYNC_SCRIPT_STATE_H
#define FASTSYNC_SCRIPT_STATE_H

#include "bind/bind.h"
#include "script.h"

/* A mapping, and what of it runs. Functions are in the registry. */
struct use {
    struct mapping mapping;
    struct plan *plan; /* `fields`, `where`; NULL: neither */
    int map;           /* LUA_NOREF: `fields` */
    int setup;
    int line; /* of the script, where it was written */
};

struct script {
    struct host host; /* first: see struct plan_host */
    char *path;
    struct use *uses;
    unsigned count;
    int function; /* that it returned instead, or LUA_NOREF */
    struct use *use;
    const struct input *bound; /* the plan is bound to it */
    struct err failure;        /* of what compiles a mapping */

    /* The row being mapped. */
    struct arena arena; /* reset for each row */
    struct faults faults;
    struct value values[FORM_MAX_FIELDS];
};

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

/* Reads what the file returned, on top of the stack. Raises. */
void script_read(lua_State *L, struct script *script);
void script_release_use(struct use *use);

/* plan_host.call. */
enum outcome script_plan_call(void *script, int function, const struct row *row,
                              const struct value *args, unsigned count,
                              const char *field, struct value *answer,
                              struct faults *faults, struct err *err);

#endif
