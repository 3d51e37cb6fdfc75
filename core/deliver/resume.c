/* resume.c: batches that earlier runs left go first, byte for byte, and all of
 * them have their outcome, or are given up, before the run's own rows come. */
#include "base/interrupt.h"
#include "base/log.h"
#include "delivery.h"
#include "sending.h"

/* Until its batch has its outcome, nobody knows what the server holds. */
static bool forget_pending(struct delivery *delivery, struct err *err)
{
    int64_t after = 0;
    enum step step;
    struct batch *batch = batch_pool_take(&delivery->pool);
    while ((step = outbox_next(&delivery->outbox, after, batch, err)) ==
           STEP_ITEM) {
        for (uint32_t i = batch->part.at; i < batch->count; i++)
            seen_accept(delivery->deduplicator.seen, batch->entries[i].key_hash,
                        0);
        after = batch->posted;
        batch_clear(batch);
    }
    batch_pool_give(&delivery->pool, batch);
    return step == STEP_END;
}

static void say_resume(const struct delivery *delivery, uint64_t batches)
{
    struct buf text = {0};
    ledger_count(batches, "batch", "batches", &text);
    buf_puts(&text, " (");
    ledger_count(delivery->resumed.pending - delivery->unreported.count,
                 "record", "records", &text);
    log_note("%s: sending %s) that an earlier run left pending",
             delivery->config->url, buf_text(&text));
    buf_release(&text);
}

/* What earlier runs left: counts and keys. */
static bool take_stock(struct delivery *delivery, uint64_t *batches,
                       struct err *err)
{
    struct ledger *resumed = &delivery->resumed;
    struct journal *journal = delivery->outbox.journal;
    if (!journal_pending(journal, batches, &resumed->pending, err) ||
        !unreported_load(&delivery->unreported, journal, err))
        return false;
    resumed->pending += delivery->unreported.count;
    resumed->rows = resumed->pending;
    if (resumed->rows > 0)
        delivery->sink.resumed = resumed;
    return forget_pending(delivery, err);
}

/* What this run will not send, as it is for another form or server. */
static bool say_elsewhere(const struct delivery *delivery, struct err *err)
{
    struct buf text = {0};
    bool good = journal_elsewhere(delivery->outbox.journal, &text, err);
    if (good && text.len > 0)
        log_warn("pending, but not for %s: %s; a run with that server's url "
                 "sends them",
                 delivery->config->url, buf_text(&text));
    buf_release(&text);
    return good;
}

static bool begin_resuming(struct delivery *delivery, struct err *err)
{
    uint64_t last;
    if (!journal_last_number(delivery->outbox.journal, &last, err))
        return false;
    delivery->resumed_last = (int64_t)last;
    return true;
}

static bool resume(struct delivery *delivery, struct err *err)
{
    uint64_t batches = 0;
    bool good =
        take_stock(delivery, &batches, err) && say_elsewhere(delivery, err);
    if (!good || batches == 0)
        return good || delivery_stop(delivery, err);
    say_resume(delivery, batches);
    if (!begin_resuming(delivery, err) ||
        !delivery_send_outbox(delivery, 0, err))
        delivery_stop(delivery, err);
    delivery_drain(delivery);
    delivery->resumed_proven = delivery->transfer.success_at > 0;
    if (delivery->stopped)
        *err = delivery->stop;
    else if (atomic_load(&interrupted))
        return err_set(err, EXIT_INTERRUPTED,
                       "interrupted; run again to send the rest");
    return !delivery->stopped;
}

static void wake(void *argument)
{
    struct sink *sink = argument;
    sink->kind->wake(sink);
}

bool delivery_resume(struct sink *sink, struct err *err)
{
    struct delivery *delivery = (struct delivery *)sink;
    if (delivery->outbox.journal == NULL)
        return true;
    if (!interrupt_begin(wake, sink, err))
        return false;
    bool good = resume(delivery, err);
    interrupt_end();
    return good;
}
