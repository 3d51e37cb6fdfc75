/* call.h: a call of a text function, compiled: its arguments checked against
 * the function's shape. */
#ifndef FASTSYNC_PLAN_CALL_H
#define FASTSYNC_PLAN_CALL_H

#include "compiler.h"

/* The call at a stack index, so that its answer ends up in slot `to`. */
bool plan_call(struct plan_compiler *compiler, int index, uint32_t to);

#endif
