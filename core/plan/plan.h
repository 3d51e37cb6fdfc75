/* plan.h: a mapping's `fields`, compiled: columns, constants, text functions,
 * and calls into Lua where a Lua function stands.
 *
 * The script builds expressions as plain tables (lua/fastsync/init.lua):
 *
 *     { kind = "column", name = "Mã KH" | position = 3, number = 2|nil,
 *       optional = true|nil }
 *     { kind = "call", name = "upper", n = 1, [1] = expression or constant }
 *     { kind = "with", call = function, n = 2, [1] = …, [2] = … }
 *     a function              called with the row
 *     anything else           a constant
 *
 * A column's name is the column of just that name or, over an input whose cells
 * may be lists and maps, a path into one (path.h): "address.city",
 * "phones[1].number". A part that is absent is nil.
 *
 * Each has `line`, the script line it was written on; in a call, n counts the
 * arguments as written (a left out optional one may be nil or beyond n), and
 * they stand in the order of the function's shape. Constants are texts,
 * numbers, booleans, and the light userdata text_empty and text_same (text.h);
 * NULL, which is cjson.null, is nil. `line` and all else is read raw.
 *
 * The plan compiles them to steps over the row's cells: a cell that only
 * passes through is never copied and no Lua string is made of it. A plan
 * belongs to one script state and so to one thread. */
#ifndef FASTSYNC_PLAN_H
#define FASTSYNC_PLAN_H

#include <lua.h>

#include "decode/input.h"
#include "form/form.h"
#include "row.h"
#include "text/text.h"

/* What became of a row. */
enum outcome {
    OUTCOME_RECORD, /* values are filled */
    OUTCOME_SKIP,   /* left out on purpose */
    OUTCOME_REJECT, /* faults are filled */
    OUTCOME_FAIL,   /* err is filled; the run stops */
};

/* How a plan enters Lua; given by the script. */
struct plan_host {
    void *script;
    /* Calls the registry's `function` with the row (args NULL) or with `args`
     * (the row is given all the same, for messages). OUTCOME_RECORD: *answer,
     * the first value it returned. OUTCOME_REJECT: a fault was added for
     * `field` (fast.reject may name another). OUTCOME_FAIL: err is filled.
     * Texts of the answer live in faults->arena. */
    enum outcome (*call)(void *script, int function, const struct row *row,
                         const struct value *args, unsigned count,
                         const char *field, struct value *answer,
                         struct faults *faults, struct err *err);
    /* Lua patterns, as in struct text_call; NULL: the plan has no `match`.
     * False without a reason: the run stops (OUTCOME_FAIL), and why is the
     * host's to say. */
    bool (*match)(void *matcher, const struct value *text,
                  const struct value *pattern, struct value *found,
                  struct text_call *call);
    void *matcher;
    struct arena *shared;    /* for what several plans of a script hold, and
                                outlives them; NULL: each has its own */
    struct mem_bound *bound; /* of what the plan keeps; set, its `stop` ends a
                                row (OUTCOME_FAIL), and why is the host's to
                                say. NULL: none */
    int line; /* of the script, for what has no line of its own; 0: none */
};

struct plan;

/* Compiles the tables at stack indices `fields` and `where` (0: none; where
 * alone, for a `map`, is fields 0). Unknown fields, unknown functions and wrong
 * arguments are EXIT_SCRIPT with script and line and a suggestion. Runs
 * protected: a Lua error becomes an err. `script` is the name messages use;
 * the text is copied, the form and the host are borrowed (the host's content
 * is copied). */
struct plan *plan_compile(lua_State *L, int fields, int where,
                          const struct form *form, const char *script,
                          const struct plan_host *host, struct err *err);
void plan_free(struct plan *plan); /* before lua_close; NULL is allowed */

/* What the plan is known to read; lives as long as it. */
void plan_wanted(struct plan *plan, struct wanted_columns *wanted);
/* Finds the columns in an input; called when a chunk of another input comes.
 * A missing one is EXIT_SCRIPT with script, line, input and a suggestion; one
 * that is optional is "" in every row. */
bool plan_bind(struct plan *plan, const struct input *input, struct err *err);

/* Runs `where`: nil, false and blank text skip the row (SKIP), everything else
 * counts it (RECORD), 0 too; REJECT or FAIL. */
enum outcome plan_where(struct plan *plan, const struct row *row,
                        struct faults *faults, struct err *err);
/* Runs the fields: one value per field of the form (VALUE_NIL where the
 * mapping says nothing; a list or a map stays one, and the form refuses it);
 * texts live in the row's chunk, in faults->arena or in the plan. Every failing
 * field adds its fault. */
enum outcome plan_run(struct plan *plan, const struct row *row,
                      struct value *values, struct faults *faults,
                      struct err *err);

/* The Lua functions of the plan, one after the other, by their places in the
 * registry; LUA_NOREF (lauxlib.h) after the last one. */
int plan_function(const struct plan *plan, unsigned number);

/* False: no row can have a value for the field, as `fields` says nothing of it,
 * or a constant that is blank. */
bool plan_feeds(const struct plan *plan, unsigned field);
/* Does any field, or `where`, read the column of that name? A function of the
 * row may read any. */
bool plan_reads(const struct plan *plan, const char *column);
/* The column (of the bound input) that alone feeds this field, or NULL. */
const char *plan_column(const struct plan *plan, unsigned field);

#endif
