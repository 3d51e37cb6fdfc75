/* lookup.h: pick's table, compiled. */
#ifndef FASTSYNC_PLAN_LOOKUP_H
#define FASTSYNC_PLAN_LOOKUP_H

#include "compiler.h"

/* The Lua table at a stack index as a lookup of the plan's own; `what` names it
 * in messages. */
bool plan_lookup(struct plan_compiler *compiler, int index, const char *what,
                 const struct text_lookup **lookup);

#endif
