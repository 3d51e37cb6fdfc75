/* constant.h: Lua values as constants of a plan. All answer false with err set
 * by plan_fault; `what` names the value in messages. */
#ifndef FASTSYNC_PLAN_CONSTANT_H
#define FASTSYNC_PLAN_CONSTANT_H

#include "compiler.h"

/* The constant at a stack index. */
bool plan_constant(struct plan_compiler *compiler, int index, const char *what,
                   struct value *value);
/* A text of the plan's own: valid UTF-8, in NFC, ends in NUL. */
bool plan_text(struct plan_compiler *compiler, int index, const char *what,
               struct value *value);

#endif
