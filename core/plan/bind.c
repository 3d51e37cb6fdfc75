/* bind.c: a plan over another input: where its columns stand there. */
#include "column.h"

static void bind_target(const struct plan *plan, struct plan_target *target)
{
    if (target->kind == TO_COLUMN)
        target->index = plan->columns[target->column].index;
}

/* A step changes its kind from input to input: the name is a column here and a
 * path there. */
static void bind_step(const struct plan *plan, struct plan_step *step)
{
    if (step->kind != DO_COLUMN && step->kind != DO_PATH)
        return;
    const struct plan_column *column = &plan->columns[step->column];
    step->index = column->index;
    step->kind = column->inside > 0 ? DO_PATH : DO_COLUMN;
}

/* Whoever misspelt one column may have misspelt more: all are told at once. */
static bool bind_columns(struct plan *plan, const struct input *input,
                         struct err *err)
{
    struct errs errs = {.count = 0};
    struct err why;
    for (uint32_t i = 0; i < plan->column_count; i++)
        if (!plan_bind_column(plan->script, &plan->columns[i], input, &why))
            errs_add(&errs, &why);
    return errs_end(&errs, err);
}

/* Columns first, once each, then what uses them: a column of twenty fields is
 * looked for once. */
bool plan_bind(struct plan *plan, const struct input *input, struct err *err)
{
    if (!bind_columns(plan, input, err))
        return false;
    for (uint32_t i = 0; i < plan->step_count; i++)
        bind_step(plan, &plan->steps[i]);
    for (uint32_t i = 0; i < plan->target_count; i++)
        bind_target(plan, &plan->targets[i]);
    if (plan->has_where)
        bind_target(plan, &plan->where);
    return true;
}
