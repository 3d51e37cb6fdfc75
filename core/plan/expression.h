/* expression.h: an expression of the script's, compiled. */
#ifndef FASTSYNC_PLAN_EXPRESSION_H
#define FASTSYNC_PLAN_EXPRESSION_H

#include "compiler.h"

/* The expression, function or constant at a stack index, so that its value ends
 * up in slot `to`. */
bool plan_expression(struct plan_compiler *compiler, int index, uint32_t to);
/* Notes the line of the expression or function at `index`, if it is one. */
void plan_note_line(struct plan_compiler *compiler, int index);

#endif
