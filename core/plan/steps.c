/* steps.c: slots and steps, as the compiler adds them; and those that are the
 * script's own functions. */
#include "steps.h"

#include <lauxlib.h>

#include "grown.h"

/* By number, not by address: the array moves while it grows, so addresses are
 * taken when all is compiled. */
uint32_t plan_new_slots(struct plan *plan, uint32_t count)
{
    uint32_t first = plan->slot_count;
    plan->slot_count += count;
    plan->slots = grown(plan->slots, plan->slot_count, &plan->slot_cap,
                        sizeof *plan->slots);
    for (uint32_t i = 0; i < count; i++)
        plan->slots[first + i] = (struct value){.type = VALUE_NIL};
    return first;
}

struct plan_step *plan_new_step(struct plan *plan, enum step_kind kind,
                                uint32_t to)
{
    plan->steps = grown(plan->steps, plan->step_count + 1, &plan->step_cap,
                        sizeof *plan->steps);
    struct plan_step *step = &plan->steps[plan->step_count++];
    *step = (struct plan_step){.kind = kind, .slot = to, .lua = LUA_NOREF};
    return step;
}

int plan_function(const struct plan *plan, unsigned number)
{
    for (uint32_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].kind == DO_LUA && number-- == 0)
            return plan->steps[i].lua;
    return LUA_NOREF;
}
