/* steps.h: what a compiled plan is made of. For this room alone.
 *
 * A plan has slots, one value each. The arguments of a call stand in slots
 * beside each other that belong to it alone: constants are put there once, by
 * the compiler, all else by the steps of every row. A target (a field, or
 * `where`) is a run of steps and the slot its value ends up in; one that is
 * nothing but a column has no steps at all. A column whose name could be a path
 * keeps its step, as only an input says what it is: DO_COLUMN or DO_PATH. */
#ifndef FASTSYNC_PLAN_STEPS_H
#define FASTSYNC_PLAN_STEPS_H

#include "path.h"
#include "plan.h"

enum { NO_COLUMN = UINT32_MAX };

/* A column as the script names it, and where it is in the bound input. */
struct plan_column {
    const char *name; /* NFC, trimmed, ends in NUL; NULL: by position */
    uint32_t len;
    int64_t position; /* from 1 */
    unsigned number;  /* among columns of the same name; 0: there is one */
    bool optional;
    int line;
    struct plan_path path; /* the name as a path; path.count 0: it is none */
    uint32_t inside;   /* parts of it that name the column; 0: all of them */
    uint32_t index;    /* NO_COLUMN: an optional one that is not there */
    const char *bound; /* its name in the input, or as the script says it */
};

enum step_kind { DO_COLUMN, DO_PATH, DO_CALL, DO_LUA };

struct plan_step {
    enum step_kind kind;
    uint32_t index;   /* DO_COLUMN, DO_PATH: of the row's cells, once bound */
    uint32_t column;  /* and of plan->columns */
    uint32_t slot;    /* of the answer */
    struct value *to; /* the same, once all slots are there */
    const struct text_function *function; /* DO_CALL */
    int lua;        /* DO_LUA: the function, in the registry */
    bool of_row;    /* DO_LUA: called with the row */
    uint32_t first; /* slot of the first argument */
    struct text_args args;
};

enum target_kind { TO_CONSTANT, TO_COLUMN, TO_STEPS };

struct plan_target {
    enum target_kind kind;
    unsigned field;      /* of the form */
    const char *name;    /* for faults: the field's; "" for where */
    uint32_t slot;       /* TO_CONSTANT, TO_STEPS */
    uint32_t index;      /* TO_COLUMN: of the row's cells, once bound */
    uint32_t first, end; /* TO_STEPS */
    uint32_t column;     /* the one that alone feeds it, or NO_COLUMN */
};

struct plan {
    lua_State *L;
    const struct form *form;
    const char *script;
    struct plan_host host;
    struct mem_bound unbounded; /* the host's, where it has none */
    struct arena memory; /* constants, names, tables: the plan's own texts */

    struct value *slots;
    struct plan_step *steps;
    struct plan_column *columns;
    struct plan_target *targets; /* in the order of the form's fields */
    struct plan_target where;
    uint32_t slot_count, step_count, column_count, target_count;
    uint32_t slot_cap, step_cap, column_cap;
    bool has_where;

    /* The row being mapped. */
    struct text_call call;
    const struct row *row;
    struct faults *faults;
    struct err *err;
    const char *field;
    enum outcome outcome; /* of what Lua was called for */
};

uint32_t plan_new_slots(struct plan *plan, uint32_t count);
struct plan_step *plan_new_step(struct plan *plan, enum step_kind kind,
                                uint32_t to);

#endif
