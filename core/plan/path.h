/* path.h: paths into nested cells: `address.city`, `phones[1].number`.
 *
 * Written as Lua would write them after `row.`: a dot and a member's name, or a
 * place in brackets, from 1. So `phones[1]` and a member that is called "1"
 * cannot be taken for each other, and a script that moves from `fields` to
 * `map` keeps its spelling. A member whose name holds a dot or a bracket has no
 * path; a Lua function reaches it. */
#ifndef FASTSYNC_PLAN_PATH_H
#define FASTSYNC_PLAN_PATH_H

#include "text/text.h"
#include "value.h"

/* One step of a path. `text` points into the name. */
struct plan_part {
    const char *text; /* a member's name (and the first part: the column's) */
    uint32_t len;
    uint32_t place; /* in a list, from 1; 0: a member */
    uint32_t end;   /* where the part ends in the name */
};

struct plan_path {
    const struct plan_part *parts; /* in the plan's memory */
    uint32_t count;                /* 0: the name is no path */
};

/* Reads a name; what is no path has no parts. */
void plan_path_read(struct plan_path *path, const char *name, uint32_t len,
                    struct arena *memory);
/* From `cell`, the column that the first `inside` parts name, along the others.
 * A part that is absent, or of something absent or blank, is VALUE_NIL; a
 * member of what is no map, or a place of what is no list, is refused. */
bool plan_path_reach(const struct plan_path *path, uint32_t inside,
                     const char *name, const struct value *cell,
                     struct value *answer, struct text_call *call);

#endif
