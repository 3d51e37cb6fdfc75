/* function.h: Lua functions in a plan, and what they raise. Mapper's thread. */
#ifndef FASTSYNC_SCRIPT_FUNCTION_H
#define FASTSYNC_SCRIPT_FUNCTION_H

#include "call.h"

/* plan_host.call; `script` is a struct script. */
enum outcome script_plan_call(void *script, int function, const struct row *row,
                              const struct value *args, unsigned count,
                              const char *field, struct value *answer,
                              struct faults *faults, struct err *err);
/* What was raised, as a fault of the field that fast.reject named, else of
 * `field` (NULL: of the whole row). OUTCOME_REJECT. */
enum outcome script_raised(struct script *script, const struct raised *raised,
                           const char *field, struct faults *faults);

/* option_function.call: between rows. */
bool script_option_call(const struct option_function *function,
                        const struct value *args, unsigned count,
                        struct arena *arena, struct value *answer,
                        struct err *err);

#endif
