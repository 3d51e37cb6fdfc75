/* pick.h: pick's table, compiled. */
#ifndef FASTSYNC_PLAN_PICK_H
#define FASTSYNC_PLAN_PICK_H

#include "compiler.h"

/* The Lua table at a stack index as a lookup of the plan's own; `what` names it
 * in messages. */
bool plan_pick(struct plan_compiler *compiler, int index, const char *what,
               const struct text_lookup **lookup);

#endif
