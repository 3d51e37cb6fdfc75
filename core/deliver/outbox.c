/* outbox.c: batches that are in the journal and not on their way:
 * those that earlier runs left, which go first; those that a guard holds back;
 * and what must not overtake a batch that stays pending. */
#include <string.h>

#include "base/interrupt.h"
#include "base/log.h"
#include "base/mem.h"
#include "part.h"

enum { LOST_MANY = PACE_FAILURES }; /* batches in a row without an answer */

/* A guard may stop this run yet. */
static void remember_left(struct delivery *delivery, int64_t posted)
{
    delivery->left = mem_resize(delivery->left, (delivery->left_count + 1) *
                                                    sizeof *delivery->left);
    delivery->left[delivery->left_count++] = posted;
}

bool delivery_leave(struct delivery *delivery, struct batch *batch,
                    struct err *err)
{
    bool good = true;
    if (delivery->journal != NULL && !delivery_guarded(delivery))
        good = journal_post(delivery->journal, batch, delivery->holding, err) &&
               (delivery->holding || delivery_commit(delivery, err));
    if (good && batch->posted != 0 && !delivery->holding && !delivery->ending)
        remember_left(delivery, batch->posted);
    delivery_spare(delivery, batch);
    return good;
}

bool delivery_take_back(struct delivery *delivery, struct err *err)
{
    bool good = true;
    for (size_t i = 0; good && i < delivery->left_count; i++)
        good = journal_withdraw(delivery->journal, delivery->left[i], err);
    delivery->left_count = 0;
    return good;
}

void delivery_hold_keys(struct delivery *delivery, const struct batch *batch)
{
    if (delivery->held == NULL)
        delivery->held = seen_new();
    for (uint32_t i = batch->part.at; i < batch->count; i++) {
        const struct batch_entry *entry = &batch->entries[i];
        seen_accept(delivery->held, entry->key_hash, entry->content);
        if (batch->resumed) /* whatever another batch of the key has got */
            seen_accept(delivery->judge.seen, entry->key_hash, 0);
    }
}

bool delivery_is_held(const struct delivery *delivery,
                      const struct record *record)
{
    uint64_t content;
    bool met;
    return seen_find(delivery->held, record->key_hash, &content, &met);
}

bool delivery_put_behind(struct delivery *delivery, const struct chunk *chunk,
                         const struct record *record, struct err *err)
{
    uint64_t content;
    bool met, good = true;
    seen_find(delivery->held, record->key_hash, &content, &met);
    if (content == record->content)
        return true;
    if (delivery->behind == NULL)
        delivery->behind = delivery_batch(delivery);
    if (!batch_takes(delivery->behind, record) ||
        batch_holds(delivery->behind, record->key_hash))
        good = delivery_leave_behind(delivery, err);
    batch_add(delivery->behind, chunk, record);
    seen_accept(delivery->held, record->key_hash, record->content);
    return good;
}

bool delivery_leave_behind(struct delivery *delivery, struct err *err)
{
    struct batch *batch = delivery->behind;
    batch_close(batch);
    delivery->sink.ledger.batches++;
    delivery->sink.ledger.bytes += batch->body.len;
    delivery->behind = delivery_batch(delivery);
    return delivery_leave(delivery, batch, err);
}

bool delivery_stays(struct delivery *delivery, const struct batch *batch)
{
    uint64_t content;
    bool met, stay = false;
    for (uint32_t i = batch->part.at; delivery->held && i < batch->count; i++)
        stay |= seen_find(delivery->held, batch->entries[i].key_hash, &content,
                          &met);
    if (stay)
        delivery_hold_keys(delivery, batch);
    return stay;
}

bool delivery_is_lost(struct delivery *delivery, const struct batch *batch)
{
    if (!batch->resumed || delivery->lost < LOST_MANY)
        return false;
    delivery_hold_keys(delivery, batch);
    return true;
}

static bool send_one(struct delivery *delivery, struct batch *batch,
                     struct err *err)
{
    struct flight *flight = delivery_await(delivery, batch, err);
    if (flight == NULL || delivery_is_lost(delivery, batch) ||
        delivery_stays(delivery, batch)) {
        if (flight != NULL && !batch->resumed)
            remember_left(delivery, batch->posted);
        delivery_spare(delivery, batch);
        return flight != NULL;
    }
    return flight_start(delivery, flight, batch, err);
}

bool delivery_send_outbox(struct delivery *delivery, int64_t after,
                          bool resumed, struct err *err)
{
    for (;;) {
        struct batch *batch = delivery_batch(delivery);
        enum step step = journal_next(delivery->journal, after, batch, err);
        if (step != STEP_ITEM) {
            delivery_spare(delivery, batch);
            return step == STEP_END;
        }
        after = batch->posted;
        batch->resumed = resumed;
        if (resumed) {
            delivery->sink.ledger.batches++;
            delivery->sink.ledger.bytes += batch->body.len;
        }
        /* Its keys may stand in the one before. */
        batch->again = resumed || delivery->judge.supersede;
        if (!send_one(delivery, batch, err))
            return false;
    }
}

/* Until its batch has its outcome, nobody knows what the server holds. */
static bool forget_pending(struct delivery *delivery, struct err *err)
{
    int64_t after = 0;
    struct batch *batch = delivery_batch(delivery);
    enum step step;
    while ((step = journal_next(delivery->journal, after, batch, err)) ==
           STEP_ITEM) {
        for (uint32_t i = batch->part.at; i < batch->count; i++)
            seen_accept(delivery->judge.seen, batch->entries[i].key_hash, 0);
        after = batch->posted;
        batch_clear(batch);
    }
    delivery_spare(delivery, batch);
    return step == STEP_END;
}

static void say_resume(const struct delivery *delivery, uint64_t batches)
{
    struct buf text = {0};
    ledger_count(batches, "batch", "batches", &text);
    buf_puts(&text, " (");
    ledger_count(delivery->resumed.pending - delivery->owed_count, "record",
                 "records", &text);
    log_note("%s: sending %s) that an earlier run left pending",
             delivery->config->url, buf_text(&text));
    buf_release(&text);
}

/* What earlier runs left: counts and keys. */
static bool take_stock(struct delivery *delivery, uint64_t *batches,
                       struct err *err)
{
    struct ledger *resumed = &delivery->resumed;
    if (!journal_pending(delivery->journal, batches, &resumed->pending, err) ||
        !journal_owed(delivery->journal, &delivery->owed, &delivery->owed_count,
                      err))
        return false;
    resumed->rows = resumed->pending + delivery->owed_count;
    resumed->pending += delivery->owed_count;
    if (resumed->rows > 0)
        delivery->sink.resumed = resumed;
    return forget_pending(delivery, err);
}

/* What this run will not send, as it is for another form or server. */
static bool say_elsewhere(const struct delivery *delivery, struct err *err)
{
    struct buf text = {0};
    bool good = journal_elsewhere(delivery->journal, &text, err);
    if (good && text.len > 0)
        log_warn("pending, but not for %s: %s; a run with that server's url "
                 "sends them",
                 delivery->config->url, buf_text(&text));
    buf_release(&text);
    return good;
}

static bool resume(struct delivery *delivery, struct err *err)
{
    uint64_t batches = 0;
    bool good =
        take_stock(delivery, &batches, err) && say_elsewhere(delivery, err);
    if (!good || batches == 0)
        return good || delivery_stop(delivery, err);
    say_resume(delivery, batches);
    if (!delivery_send_outbox(delivery, 0, true, err))
        delivery_stop(delivery, err);
    delivery_bring_home(delivery);
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
    if (delivery->journal == NULL)
        return true;
    if (!interrupt_begin(wake, sink, err))
        return false;
    bool good = resume(delivery, err);
    interrupt_end();
    return good;
}

void delivery_note_rejects(struct delivery *delivery, const struct chunk *chunk)
{
    uint64_t hash[2];
    for (uint32_t i = 0; i < chunk->reject_count; i++) {
        const char *key = chunk->rejects[i].key;
        if (key == NULL)
            continue;
        form_key_hash(key, strlen(key), hash);
        for (size_t o = 0; o < delivery->owed_count; o++)
            delivery->owed[o].again |=
                delivery->owed[o].key_hash[0] == hash[0] &&
                delivery->owed[o].key_hash[1] == hash[1];
    }
}

/* One that has come again in this run has met its fate there. */
static bool came_again(const struct delivery *delivery, const struct owed *owed)
{
    uint64_t content;
    bool met = false;
    if (owed->again)
        return true;
    return seen_find(delivery->judge.seen, owed->key_hash, &content, &met) &&
           met;
}

bool delivery_pay(struct delivery *delivery, struct err *err)
{
    struct ledger *ledger = &delivery->resumed;
    bool good = true;
    for (size_t i = 0; i < delivery->owed_count; i++) {
        const struct owed *owed = &delivery->owed[i];
        const struct fault fault = {.field = "", .text = owed->reason};
        const struct reject reject = {
            .place = owed->place,
            .origin = origin_text(owed->source, owed->source_len),
            .faults = &fault,
            .count = 1};
        bool again = came_again(delivery, owed);
        ledger->pending--;
        ledger->duplicate += again;
        ledger->rejected += !again;
        if (good && !again)
            good =
                rejects_add(delivery->judge.rejects, owed->input, &reject, err);
    }
    return good;
}
