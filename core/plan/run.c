/* run.c: runs a compiled plan over the cells of a row.
 *
 * A field that is a column copies sixteen bytes; a constant was made when the
 * plan was; all else runs its steps, in order, over the plan's slots. The
 * first step that refuses ends its field with a fault, and the next field
 * goes on, so that a row tells of everything that is wrong with it. */
#include "steps.h"

#include <string.h>

static const struct value nothing = {.text = "", .type = VALUE_TEXT};

/* The cell, or "" where a row or an input has none. */
static inline const struct value *cell(const struct row *row, uint32_t index)
{
    return index < row->count ? &row->cells[index] : &nothing;
}

/* What became of it is kept beside the answer, since a step can only say that
 * it failed. */
static bool enter_lua(struct plan *plan, const struct plan_step *step)
{
    plan->outcome =
        plan->host.call(plan->host.script, step->lua, plan->row,
                        step->of_row ? NULL : step->args.all, step->args.count,
                        plan->field, step->to, plan->faults, plan->err);
    return plan->outcome == OUTCOME_RECORD;
}

/* Nested cells are reached by going along the path for each row; CSV has none
 * and never comes here. */
static bool reach(struct plan *plan, const struct plan_step *step)
{
    const struct plan_column *column = &plan->columns[step->column];
    return plan_path_reach(&column->path, column->inside, column->name,
                           cell(plan->row, step->index), step->to, &plan->call);
}

/* Says what the last call refused, and of which column. */
static enum outcome refused(struct plan *plan, const struct plan_target *target)
{
    const char *where = target == &plan->where ? "where: " : "";
    const char *reason = plan->call.reason;
    enum outcome outcome = plan->outcome;
    plan->call.reason = NULL;
    plan->outcome = OUTCOME_RECORD;
    if (outcome != OUTCOME_RECORD)
        return outcome;
    if (reason == NULL) /* the matcher stopped the run */
        return OUTCOME_FAIL;
    if (target->column != NO_COLUMN)
        faults_add(plan->faults, target->name, "%s%s (column \"%s\")", where,
                   reason, plan->columns[target->column].bound);
    else
        faults_add(plan->faults, target->name, "%s%s", where, reason);
    return OUTCOME_REJECT;
}

/* A step may take a moment, or megabytes, and a field may have many. */
static inline bool goes_on(const struct plan *plan)
{
    return plan->host.bound->stop == MEM_GO;
}

/* The loop of all mapping without a `map`: kinds in the order of how often
 * they occur. */
static enum outcome run_steps(struct plan *plan,
                              const struct plan_target *target)
{
    const struct plan_step *step = plan->steps + target->first;
    const struct plan_step *end = plan->steps + target->end;
    const struct row *row = plan->row;
    bool good = true;
    plan->field = target->name;
    if (plan->call.warnings != NULL)
        plan->call.warnings->field = target->name;
    for (; step < end && good; step++) {
        if (step->kind == DO_COLUMN)
            *step->to = *cell(row, step->index);
        else if (step->kind == DO_CALL)
            good = step->function->call(&plan->call, &step->args, step->to) &&
                   goes_on(plan);
        else if (step->kind == DO_PATH)
            good = reach(plan, step);
        else
            good = enter_lua(plan, step);
    }
    return good ? OUTCOME_RECORD : refused(plan, target);
}

/* What a step needs of the row stands in the plan, so that steps have few
 * arguments. */
static void begin(struct plan *plan, const struct row *row,
                  struct faults *faults, struct err *err)
{
    plan->row = row;
    plan->faults = faults;
    plan->err = err;
    plan->call.arena = faults->arena;
    plan->call.warnings = faults->warnings;
    plan->call.reason = NULL;
    plan->outcome = OUTCOME_RECORD;
}

/* As in Lua, 0 is not false; unlike there, blank text is. */
enum outcome plan_where(struct plan *plan, const struct row *row,
                        struct faults *faults, struct err *err)
{
    const struct plan_target *where = &plan->where;
    enum outcome outcome = OUTCOME_RECORD;
    if (!plan->has_where)
        return OUTCOME_RECORD;
    begin(plan, row, faults, err);
    if (where->kind == TO_STEPS)
        outcome = run_steps(plan, where);
    const struct value *answer = where->kind == TO_COLUMN
                                     ? cell(row, where->index)
                                     : &plan->slots[where->slot];
    if (outcome == OUTCOME_RECORD &&
        (text_blank(answer) || (answer->type == VALUE_BOOL && !answer->truth)))
        return OUTCOME_SKIP;
    return outcome;
}

/* A field that is more than a column or a constant. */
static enum outcome run_field(struct plan *plan,
                              const struct plan_target *target,
                              struct value *answer)
{
    enum outcome outcome = run_steps(plan, target);
    if (outcome == OUTCOME_RECORD)
        *answer = plan->slots[target->slot];
    return outcome;
}

/* A failing field does not end the row: people correct a row once when all its
 * faults are told at once. */
enum outcome plan_run(struct plan *plan, const struct row *row,
                      struct value *values, struct faults *faults,
                      struct err *err)
{
    const struct plan_target *target = plan->targets;
    const struct plan_target *end = target + plan->target_count;
    enum outcome whole = OUTCOME_RECORD;
    begin(plan, row, faults, err);
    memset(values, 0, plan->form->count * sizeof *values); /* VALUE_NIL */
    for (; target < end; target++) {
        struct value *answer = &values[target->field];
        if (target->kind == TO_COLUMN) {
            *answer = *cell(row, target->index);
        } else if (target->kind == TO_CONSTANT) {
            *answer = plan->slots[target->slot];
        } else {
            enum outcome outcome = run_field(plan, target, answer);
            if (outcome == OUTCOME_FAIL)
                return OUTCOME_FAIL;
            if (outcome != OUTCOME_RECORD)
                whole = outcome;
        }
    }
    return whole;
}

/* Asked for rejected rows alone, so the fields are looked through. */
const char *plan_column(const struct plan *plan, unsigned field)
{
    for (uint32_t i = 0; i < plan->target_count; i++)
        if (plan->targets[i].field == field)
            return plan->targets[i].column != NO_COLUMN
                       ? plan->columns[plan->targets[i].column].bound
                       : NULL;
    return NULL;
}

bool plan_feeds(const struct plan *plan, unsigned field)
{
    for (uint32_t i = 0; i < plan->target_count; i++)
        if (plan->targets[i].field == field)
            return plan->targets[i].kind != TO_CONSTANT ||
                   !text_blank(&plan->slots[plan->targets[i].slot]);
    return false;
}
