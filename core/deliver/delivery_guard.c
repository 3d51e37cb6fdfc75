/* delivery_guard.c: nothing is sent before the guards are content. Until then
 * batches wait in the outbox, marked as held; then they go from there, or are
 * dropped. Without a journal nothing can wait, and the guards only stop. */
#include "part.h"

#include "config/config.h"

static bool begin_holding(struct delivery *delivery, struct err *err)
{
    uint64_t last;
    if (delivery->journal == NULL || guard_wait(&delivery->guard) == 0)
        return true;
    delivery->holding = true;
    if (!journal_last_number(delivery->journal, &last, err))
        return false;
    delivery->held_behind = (int64_t)last;
    return true;
}

/* What a run of this source, or of any, had before. */
static bool look_back(struct delivery *delivery,
                      const struct delivery_plan *plan, struct err *err)
{
    struct guard *guard = &delivery->guard;
    bool strict = config_rank(plan->config, "max_shrink") > RANK_DEFAULT;
    if (plan->journal == NULL || plan->source == NULL || guard->max_shrink >= 1)
        return true;
    if (!journal_last_rows(plan->journal, strict ? NULL : plan->source,
                           &guard->before, err))
        return false;
    if (!strict && guard->before < GUARD_SMALL)
        guard->before = 0;
    return true;
}

/* A rehearsal remembers nothing and harms nobody: there the guards are up only
 * where somebody asked for them. */
static bool is_up(const struct delivery_plan *plan, const char *name)
{
    return plan->journal != NULL ||
           config_rank(plan->config, name) > RANK_DEFAULT;
}

bool delivery_guard_begin(struct delivery *delivery,
                          const struct delivery_plan *plan, struct err *err)
{
    const struct config *config = plan->config;
    bool whole = plan->source != NULL;
    delivery->guard = (struct guard){
        .max_rejected = is_up(plan, "max_rejected") ? config->max_rejected : 1,
        .max_shrink = config->max_shrink,
        .min_rows = whole && is_up(plan, "min_rows") ? config->min_rows : 0,
        .strict_rejected = config_rank(config, "max_rejected") > RANK_DEFAULT,
    };
    return look_back(delivery, plan, err) && begin_holding(delivery, err);
}

static bool let_go(struct delivery *delivery, struct err *err)
{
    delivery->holding = false;
    return journal_release_guarded(delivery->journal, err) &&
           delivery_commit(delivery, err) &&
           delivery_send_outbox(delivery, delivery->held_behind, false, err);
}

/* What has never been sent is dropped, and is due again. */
static bool drop(struct delivery *delivery)
{
    struct err late;
    if (delivery->journal == NULL)
        return false;
    if (delivery->holding)
        journal_drop_guarded(delivery->journal, &late);
    delivery_take_back(delivery, &late);
    delivery_commit(delivery, &late);
    return false;
}

bool delivery_guard(struct delivery *delivery, struct err *err)
{
    const struct ledger *ledger = &delivery->sink.ledger;
    bool early =
        delivery->holding && ledger->rows < guard_wait(&delivery->guard);
    if (early)
        return true;
    if (!guard_rejects(&delivery->guard, ledger, !delivery->holding, err)) {
        delivery_stop(delivery, err);
        return drop(delivery);
    }
    return !delivery->holding || let_go(delivery, err);
}

bool delivery_guard_end(struct delivery *delivery, struct err *err)
{
    const struct ledger *ledger = &delivery->sink.ledger;
    if (!guard_size(&delivery->guard, ledger,
                    ledger->requests > 0 && !delivery->holding, err) ||
        (delivery->holding && ledger->rows > 0 &&
         !guard_rejects(&delivery->guard, ledger, false, err))) {
        delivery_stop(delivery, err);
        return drop(delivery);
    }
    return !delivery->holding || let_go(delivery, err);
}
