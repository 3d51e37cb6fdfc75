/* plan.c: runs a compiled plan over the cells of a row.
 *
 * A field that is a column copies sixteen bytes; a constant was made when the
 * plan was; all else runs its steps, in order, over the plan's slots. The
 * first step that refuses ends its field with a fault, and the next field
 * goes on, so that a row tells of everything that is wrong with it. */
#include "plan_steps.h"

#include <string.h>

static const struct value nothing = {.text = "", .type = VALUE_TEXT};

/* The cell, or "" where a row or an input has none. */
static inline const struct value *cell(const struct row *row, uint32_t index)
{
    return index < row->count ? &row->cells[index] : &nothing;
}

static bool column_missing(const struct plan *plan,
                           const struct plan_column *column,
                           const struct input *input, struct err *err)
{
    const struct columns *all = &input->columns;
    if (column->position > 0)
        return err_set(err, EXIT_SCRIPT,
                       "%s:%d: there is no column %lld in %s, which has %u",
                       plan->script, column->line, (long long)column->position,
                       input->path, all->count);
    const struct column *near = columns_nearest(all, column->name, column->len);
    if (near == NULL)
        return err_set(err, EXIT_SCRIPT, "%s:%d: no column \"%s\" in %s",
                       plan->script, column->line, column->name, input->path);
    return err_set(
        err, EXIT_SCRIPT, "%s:%d: no column \"%s\" in %s; did you mean \"%s\"?",
        plan->script, column->line, column->name, input->path, near->name);
}

static bool bind_column(const struct plan *plan, struct plan_column *column,
                        const struct input *input, struct err *err)
{
    const struct columns *all = &input->columns;
    int64_t index = column->position > 0
                        ? column->position - 1
                        : columns_find(all, column->name, column->len);
    bool there = index >= 0 && index < (int64_t)all->count;
    if (!there && !column->optional)
        return column_missing(plan, column, input, err);
    column->index = there ? (uint32_t)index : NO_COLUMN;
    column->bound = there ? all->all[index].name : column->name;
    return true;
}

static void bind_target(const struct plan *plan, struct plan_target *target)
{
    if (target->kind == TO_COLUMN)
        target->index = plan->columns[target->column].index;
}

bool plan_bind(struct plan *plan, const struct input *input, struct err *err)
{
    for (uint32_t i = 0; i < plan->column_count; i++)
        if (!bind_column(plan, &plan->columns[i], input, err))
            return false;
    for (uint32_t i = 0; i < plan->step_count; i++)
        if (plan->steps[i].kind == DO_COLUMN)
            plan->steps[i].index = plan->columns[plan->steps[i].column].index;
    for (uint32_t i = 0; i < plan->target_count; i++)
        bind_target(plan, &plan->targets[i]);
    if (plan->has_where)
        bind_target(plan, &plan->where);
    return true;
}

static bool enter_lua(struct plan *plan, const struct plan_step *step)
{
    plan->outcome = plan->host.call(
        plan->host.script, step->lua, plan->row,
        step->of_row ? NULL : step->args.all, step->args.count, plan->field,
        &plan->slots[step->to], plan->faults, plan->err);
    return plan->outcome == OUTCOME_RECORD;
}

/* Says what the last call refused, and of which column. */
static enum outcome refused(struct plan *plan, const struct plan_target *target)
{
    const char *where = target == &plan->where ? "where: " : "";
    const char *reason = plan->call.reason;
    if (plan->outcome != OUTCOME_RECORD)
        return plan->outcome;
    if (reason == NULL) /* the matcher stopped the run */
        return OUTCOME_FAIL;
    if (target->column != NO_COLUMN)
        faults_add(plan->faults, target->name, "%scolumn \"%s\": %s", where,
                   plan->columns[target->column].bound, reason);
    else
        faults_add(plan->faults, target->name, "%s%s", where, reason);
    return OUTCOME_REJECT;
}

static enum outcome run_steps(struct plan *plan,
                              const struct plan_target *target)
{
    const struct plan_step *step = plan->steps + target->first;
    const struct plan_step *end = plan->steps + target->end;
    bool good = true;
    plan->field = target->name;
    plan->outcome = OUTCOME_RECORD;
    plan->call.reason = NULL;
    for (; step < end && good; step++) {
        switch (step->kind) {
        case DO_COLUMN:
            plan->slots[step->to] = *cell(plan->row, step->index);
            break;
        case DO_CALL:
            good = step->function->call(&plan->call, &step->args,
                                        &plan->slots[step->to]);
            break;
        case DO_LUA:
            good = enter_lua(plan, step);
            break;
        }
    }
    return good ? OUTCOME_RECORD : refused(plan, target);
}

static enum outcome run_target(struct plan *plan,
                               const struct plan_target *target,
                               struct value *answer)
{
    enum outcome outcome = OUTCOME_RECORD;
    if (target->kind == TO_COLUMN) {
        *answer = *cell(plan->row, target->index);
        return OUTCOME_RECORD;
    }
    if (target->kind == TO_STEPS)
        outcome = run_steps(plan, target);
    *answer = plan->slots[target->slot];
    return outcome;
}

static void begin(struct plan *plan, const struct row *row,
                  struct faults *faults, struct err *err)
{
    plan->row = row;
    plan->faults = faults;
    plan->err = err;
    plan->call.arena = faults->arena;
}

enum outcome plan_where(struct plan *plan, const struct row *row,
                        struct faults *faults, struct err *err)
{
    struct value answer;
    if (!plan->has_where)
        return OUTCOME_RECORD;
    begin(plan, row, faults, err);
    enum outcome outcome = run_target(plan, &plan->where, &answer);
    if (outcome == OUTCOME_RECORD &&
        (text_blank(&answer) || (answer.type == VALUE_BOOL && !answer.truth)))
        return OUTCOME_SKIP;
    return outcome;
}

enum outcome plan_run(struct plan *plan, const struct row *row,
                      struct value *values, struct faults *faults,
                      struct err *err)
{
    enum outcome whole = OUTCOME_RECORD;
    begin(plan, row, faults, err);
    for (unsigned i = 0; i < plan->form->count; i++)
        values[i] = (struct value){.type = VALUE_NIL};
    for (uint32_t i = 0; i < plan->target_count; i++) {
        const struct plan_target *target = &plan->targets[i];
        enum outcome outcome = run_target(plan, target, &values[target->field]);
        if (outcome == OUTCOME_RECORD &&
            values[target->field].type == VALUE_LIST) {
            faults_add(faults, target->name,
                       "a list of %u is not a value (join makes a text)",
                       (unsigned)values[target->field].len);
            outcome = OUTCOME_REJECT;
        }
        if (outcome == OUTCOME_FAIL)
            return OUTCOME_FAIL;
        if (outcome == OUTCOME_REJECT)
            values[target->field] = (struct value){.type = VALUE_NIL};
        if (outcome != OUTCOME_RECORD)
            whole = outcome;
    }
    return whole;
}

const char *plan_column(const struct plan *plan, unsigned field)
{
    for (uint32_t i = 0; i < plan->target_count; i++)
        if (plan->targets[i].field == field)
            return plan->targets[i].column != NO_COLUMN
                       ? plan->columns[plan->targets[i].column].bound
                       : NULL;
    return NULL;
}
