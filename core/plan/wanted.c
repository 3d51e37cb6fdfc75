/* wanted.c: which columns a plan reads, for whoever looks for them in an input,
 * and for whoever has something to say of one. */
#include "steps.h"

#include <string.h>

/* A function that is called with the row may read any column. */
static bool reads_rows(const struct plan *plan)
{
    for (uint32_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].kind == DO_LUA && plan->steps[i].of_row)
            return true;
    return false;
}

void plan_wanted(struct plan *plan, struct wanted_columns *wanted)
{
    struct wanted_name *names =
        arena_alloc(&plan->memory, plan->column_count * sizeof *names);
    *wanted = (struct wanted_columns){.names = names};
    for (uint32_t i = 0; i < plan->column_count; i++) {
        const struct plan_column *column = &plan->columns[i];
        if (column->position == 0)
            names[wanted->count++] =
                (struct wanted_name){column->name, column->len};
        else if (column->position > wanted->position)
            wanted->position = column->position < UINT32_MAX
                                   ? (unsigned)column->position
                                   : UINT32_MAX;
    }
    wanted->by_position =
        wanted->count == 0 && wanted->position > 0 && !reads_rows(plan);
}

/* Asked for rows alone that the decoder found something doubtful in. */
bool plan_reads(const struct plan *plan, const char *column)
{
    for (uint32_t i = 0; i < plan->column_count; i++)
        if (strcmp(plan->columns[i].bound, column) == 0)
            return true;
    return reads_rows(plan);
}
