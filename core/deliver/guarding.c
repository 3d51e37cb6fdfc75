/* guarding.c: which guards are up, and what their word does to the batches that
 * wait. What a guard stops is due again in the next run, as if this one had not
 * been. */
#include "guarding.h"

#include "replacing.h"

#include "config/config.h"

/* From here on batches wait, where there is a journal to wait in. */
static bool begin_waiting(struct delivery *delivery, struct err *err)
{
    uint64_t last;
    struct journal *journal = delivery->outbox.journal;
    if (journal == NULL || guard_wait(&delivery->guard) == 0)
        return true;
    delivery->guarding = true;
    if (!journal_last_number(journal, &last, err))
        return false;
    delivery->guarded_after = (int64_t)last;
    return true;
}

/* What a run of this source, or of any, had before. */
static bool look_back(struct delivery *delivery,
                      const struct delivery_options *options, struct err *err)
{
    struct guard *guard = &delivery->guard;
    bool strict = config_rank(options->config, "max_shrink") > RANK_DEFAULT;
    if (options->journal == NULL || options->source == NULL ||
        guard->max_shrink >= 1)
        return true;
    if (!journal_last_rows(options->journal, strict ? NULL : options->source,
                           &guard->before, err))
        return false;
    if (!strict && guard->before < GUARD_SMALL)
        guard->before = 0;
    return true;
}

/* A rehearsal remembers nothing and harms nobody: there the guards are up only
 * where somebody asked for them. */
static bool is_up(const struct delivery_options *options, const char *name)
{
    return options->journal != NULL ||
           config_rank(options->config, name) > RANK_DEFAULT;
}

bool guarding_begin(struct delivery *delivery,
                    const struct delivery_options *options, struct err *err)
{
    const struct config *config = options->config;
    bool whole = options->source != NULL;
    delivery->guard = (struct guard){
        .max_rejected =
            is_up(options, "max_rejected") ? config->max_rejected : 1,
        .max_skipped = config->max_skipped,
        .all_skipped = !whole || !is_up(options, "max_skipped") ||
                       config_rank(config, "max_skipped") > RANK_DEFAULT,
        .max_shrink = config->max_shrink,
        .min_rows = whole && is_up(options, "min_rows") ? config->min_rows : 0,
        .strict_rejected = config_rank(config, "max_rejected") > RANK_DEFAULT,
    };
    return look_back(delivery, options, err) && begin_waiting(delivery, err);
}

static bool send_all(struct delivery *delivery, struct err *err)
{
    if (!delivery->guarding)
        return true;
    delivery->guarding = false;
    return replacing_apply(delivery, delivery->replaced_posted, err) &&
           outbox_send_guarded(&delivery->outbox, err) &&
           delivery_send_outbox(delivery, delivery->guarded_after, err);
}

/* Stops the run; what has never been sent is dropped. */
static bool stop(struct delivery *delivery, struct err *err)
{
    struct err late;
    struct outbox *outbox = &delivery->outbox;
    delivery_stop(delivery, err);
    if (outbox->journal == NULL)
        return false;
    if (delivery->guarding)
        journal_drop_guarded(outbox->journal, &late);
    if (!delivery->replaces)
        outbox_withdraw_left(outbox, &late);
    outbox_commit(outbox, &late);
    return false;
}

/* No more were rejected or skipped than may be. */
static bool shares(const struct guard *guard, const struct ledger *ledger,
                   bool sent, struct err *err)
{
    return guard_rejects(guard, ledger, sent, err) &&
           guard_skips(guard, ledger, sent, err);
}

/* All of the input's rows are in the ledger: nothing is left to wait for. */
static bool decide(struct delivery *delivery, const struct ledger *ledger,
                   bool unchecked, struct err *err)
{
    const struct guard *guard = &delivery->guard;
    bool sent = delivery->sink.ledger.requests > 0 && !delivery->guarding;
    if (!guard_size(guard, ledger, sent, err) ||
        !guard_all_skipped(guard, ledger, err) ||
        (unchecked && !shares(guard, ledger, sent, err)))
        return stop(delivery, err);
    return send_all(delivery, err);
}

/* A first pass over the input has counted its rows: what it found decides at
 * once, before anything is sent. */
static bool foresee(struct delivery *delivery, struct err *err)
{
    const struct last *last = delivery->deduplicator.last;
    const struct ledger *counted = last ? last_counted(last) : NULL;
    if (counted == NULL || delivery->foreseen)
        return true;
    delivery->foreseen = true;
    return decide(delivery, counted, counted->rows > 0, err);
}

/* What was counted beforehand is no news, wherever in the input it stands: what
 * comes to it may neither be too much of the rows so far nor, with it, of all.
 */
static bool allows(const struct delivery *delivery, struct err *err)
{
    const struct guard *guard = &delivery->guard;
    const struct ledger *ledger = &delivery->sink.ledger;
    if (!delivery->foreseen)
        return shares(guard, ledger, !delivery->guarding, err);
    struct ledger news = *ledger, whole = *ledger;
    news.rejected -= delivery->foretold;
    whole.rows = last_counted(delivery->deduplicator.last)->rows;
    return guard_rejects(guard, &news, true, err) &&
           guard_rejects(guard, &whole, true, err);
}

bool guarding_check(struct delivery *delivery, struct err *err)
{
    if (!foresee(delivery, err))
        return false;
    const struct ledger *ledger = &delivery->sink.ledger;
    if (delivery->guarding && ledger->rows < guard_wait(&delivery->guard))
        return true;
    if (!allows(delivery, err))
        return stop(delivery, err);
    return send_all(delivery, err);
}

bool guarding_end(struct delivery *delivery, struct err *err)
{
    const struct ledger *ledger = &delivery->sink.ledger;
    return decide(delivery, ledger, delivery->guarding && ledger->rows > 0,
                  err);
}
