/* state.h: what a script is made of. For this room alone. */
#ifndef FASTSYNC_SCRIPT_STATE_H
#define FASTSYNC_SCRIPT_STATE_H

#include "bind/bind.h"
#include "mapping.h"
#include "plan/plan.h"

/* A mapping, and what of it runs. Functions are in the registry. */
struct use {
    struct mapping mapping;
    struct plan *plan; /* `fields`, `where`; NULL: neither */
    int map;           /* LUA_NOREF: `fields` */
    int setup;
    int line;     /* of the script, where it was written */
    int map_line; /* and where `map` begins */
};

/* What was there before the first row (kept.c). */
struct kept {
    struct kept_thing *things; /* a number for each of them */
    unsigned count, cap;
    uint64_t entries; /* of tables, that were looked at */
    uint64_t rows;    /* since the last look */
    bool again;       /* it was looked at again already */
};

struct script {
    struct host host; /* first: see struct plan_host */
    char *path;
    struct use *uses;
    unsigned count;
    int function; /* that it returned instead, or LUA_NOREF */
    int answered; /* the metatable of tables that `map` answered */
    struct use *use;
    const struct input *bound; /* the plan is bound to it */
    struct lookups *lookups;   /* its own, or NULL */
    struct err failure;        /* of what compiles a mapping */
    struct arena constants;    /* that plans share */
    struct kept kept;          /* and of what is kept from row to row */

    /* The row being mapped. */
    struct arena arena; /* reset for each row */
    struct faults faults;
    struct warnings warnings; /* in `arena` too */
    uint32_t strict;          /* kinds that reject (warning_bit) */
    unsigned records;         /* at most */
    struct value values[FORM_MAX_FIELDS];
};

/* False: what the rows of a chunk have come to, records and all that is said of
 * them, is more than memory is for, and `spent` is set; or it was before. */
static inline bool script_room(struct script *script, const struct chunk *chunk)
{
    enum { LEAST = 64 << 20 };
    struct mem_bound *bound = &script->host.budget.bound;
    size_t held = chunk->json.len + chunk->arena.held;
    if (held > LEAST && held > bound->max / 4 && bound->stop == MEM_GO)
        bound->stop = MEM_STOP;
    return !budget_over(&script->host.budget);
}

#endif
