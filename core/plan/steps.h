/* steps.h: what a compiled plan is made of. For plan*.c alone.
 *
 * A plan has slots, one value each. The arguments of a call stand in slots
 * beside each other that belong to it alone: constants are put there once, by
 * the compiler, all else by the steps of every row. A target (a field, or
 * `where`) is a run of steps and the slot its value ends up in; one that is
 * nothing but a column has no steps at all. */
#ifndef FASTSYNC_PLAN_STEPS_H
#define FASTSYNC_PLAN_STEPS_H

#include "plan.h"

enum { NO_COLUMN = UINT32_MAX };

/* A column as the script names it, and where it is in the bound input. */
struct plan_column {
    const char *name; /* NFC, trimmed, ends in NUL; NULL: by position */
    uint32_t len;
    int64_t position; /* from 1 */
    bool optional;
    int line;
    uint32_t index;    /* NO_COLUMN: an optional one that is not there */
    const char *bound; /* its name in the input, or as the script says it */
};

enum step_kind { DO_COLUMN, DO_CALL, DO_LUA };

struct plan_step {
    enum step_kind kind;
    uint32_t index;   /* DO_COLUMN: of the row's cells, once bound */
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

/* plan_table.c: a table for pick, in the plan's memory. */
struct plan_table;

struct plan_table *plan_table_new(struct plan *plan, uint32_t count);
/* False when the key is there already. No more than `count` of them. */
bool plan_table_add(struct plan_table *table, const struct value *key,
                    const struct value *found);
/* The same as a text_lookup. */
const struct text_lookup *plan_table_lookup(const struct plan_table *table);

/* plan_value.c: Lua values as constants of a plan. All answer false with err
 * set by plan_fault. */
struct plan_compiler {
    lua_State *L;
    struct plan *plan;
    struct err *err;
    const char *field; /* that is being compiled, or NULL */
    int line;          /* last one known, 0: none */
    unsigned depth;
    int fields, where; /* stack indices, 0: none */
};

/* `SCRIPT:LINE: FIELD: message`, EXIT_SCRIPT. */
bool plan_fault(struct plan_compiler *compiler, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The constant at a stack index; `what` names it in messages. */
bool plan_constant(struct plan_compiler *compiler, int index, const char *what,
                   struct value *value);
/* A text of the plan's own: valid UTF-8, in NFC, ends in NUL. */
bool plan_text(struct plan_compiler *compiler, int index, const char *what,
               struct value *value);
/* Pushes the raw field `name` of the table at `index`; its type. */
int plan_push(lua_State *L, int index, const char *name);
/* pick's table, and number's options. */
bool plan_lookup(struct plan_compiler *compiler, int index, const char *what,
                 const struct text_lookup **lookup);
bool plan_options(struct plan_compiler *compiler, int index,
                  const struct text_function *function,
                  const struct value **options);

/* plan_call.c: the arguments of a call against the function's shape. */
bool plan_compile_call(struct plan_compiler *compiler, int index, uint32_t to);
/* plan_compile.c: an expression, so that its value ends up in slot `to`. */
bool plan_compile_to(struct plan_compiler *compiler, int index, uint32_t to);
/* Notes the line of the expression or function at `index`, if it is one. */
void plan_note_line(struct plan_compiler *compiler, int index);
uint32_t plan_new_slots(struct plan *plan, uint32_t count);
struct plan_step *plan_new_step(struct plan *plan, enum step_kind kind,
                                uint32_t to);

#endif
