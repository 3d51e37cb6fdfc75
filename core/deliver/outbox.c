/* outbox.c: the journal where there is one, and the counting that waits for its
 * commits. */
#include "outbox.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void outbox_init(struct outbox *outbox, struct journal *journal,
                 struct ledger *ledger, struct ledger *resumed)
{
    *outbox = (struct outbox){.journal = journal, .ledgers = {ledger, resumed}};
}

void outbox_release(struct outbox *outbox)
{
    free(outbox->left);
    outbox->left = NULL;
}

bool outbox_post(struct outbox *outbox, struct batch *batch, struct err *err)
{
    return outbox->journal == NULL || batch->posted != 0 ||
           journal_post(outbox->journal, batch, false, err);
}

bool outbox_post_guarded(struct outbox *outbox, struct batch *batch,
                         struct err *err)
{
    return outbox->journal == NULL ||
           journal_post(outbox->journal, batch, true, err);
}

void outbox_leave_posted(struct outbox *outbox, const struct batch *batch)
{
    outbox->left = mem_resize(outbox->left,
                              (outbox->left_count + 1) * sizeof *outbox->left);
    outbox->left[outbox->left_count++] = batch->posted;
}

bool outbox_is_left(const struct outbox *outbox, const struct batch *batch)
{
    for (size_t i = 0; i < outbox->left_count; i++)
        if (outbox->left[i] == batch->posted)
            return true;
    return false;
}

void outbox_drop(struct outbox *outbox, const struct batch *batch)
{
    outbox->dropped += batch->count;
}

/* It is committed at once: no answer will come that would do it. */
bool outbox_leave(struct outbox *outbox, struct batch *batch, struct err *err)
{
    if (outbox->journal == NULL)
        return true;
    if (!journal_post(outbox->journal, batch, false, err) ||
        !outbox_commit(outbox, err))
        return false;
    outbox_leave_posted(outbox, batch);
    return true;
}

bool outbox_withdraw(struct outbox *outbox, const struct batch *batch,
                     struct err *err)
{
    outbox_drop(outbox, batch);
    return outbox->journal == NULL ||
           journal_withdraw(outbox->journal, batch->posted, err);
}

/* Numbers stay valid: nobody else takes batches out meanwhile. */
bool outbox_withdraw_left(struct outbox *outbox, struct err *err)
{
    bool good = true;
    for (size_t i = 0; good && i < outbox->left_count; i++)
        good = journal_withdraw(outbox->journal, outbox->left[i], err);
    outbox->left_count = 0;
    return good;
}

bool outbox_send_guarded(struct outbox *outbox, struct err *err)
{
    return outbox->journal == NULL ||
           (journal_release_guarded(outbox->journal, err) &&
            outbox_commit(outbox, err));
}

enum step outbox_next(struct outbox *outbox, int64_t after, struct batch *batch,
                      struct err *err)
{
    if (outbox->journal == NULL)
        return STEP_END;
    return journal_next(outbox->journal, after, batch, err);
}

bool outbox_knows(struct outbox *outbox, uint64_t body, bool *known,
                  struct err *err)
{
    *known = false;
    return outbox->journal == NULL ||
           journal_knows(outbox->journal, body, known, err);
}

bool outbox_sync(struct outbox *outbox, const struct batch *batch,
                 struct err *err)
{
    return outbox_commit(outbox, err) &&
           (outbox->journal == NULL ||
            journal_sync(outbox->journal, batch, err));
}

/* Counted apart for this run and for what earlier ones left. */
bool outbox_accepted(struct outbox *outbox, struct batch *batch, uint32_t from,
                     uint32_t upto, const struct journal_answer *answer,
                     struct err *err)
{
    outbox->uncommitted[batch->resumed] += upto - from;
    return outbox->journal == NULL ||
           journal_accepted(outbox->journal, batch, from, upto, answer, err);
}

bool outbox_refused(struct outbox *outbox, struct batch *batch, uint32_t index,
                    const char *reason, const struct journal_answer *answer,
                    struct err *err)
{
    return outbox->journal == NULL ||
           journal_refused(outbox->journal, batch, index, reason, answer, err);
}

bool outbox_part(struct outbox *outbox, struct batch *batch, struct err *err)
{
    return outbox->journal == NULL || journal_part(outbox->journal, batch, err);
}

bool outbox_replace(struct outbox *outbox, const struct batch *rest,
                    uint32_t count, struct err *err)
{
    outbox->replaced += count;
    return journal_lessen(outbox->journal, rest, err);
}

/* What a failure has undone is not counted: it is still in the outbox. */
static void forget_undone(struct outbox *outbox)
{
    uint64_t undone = journal_undone(outbox->journal);
    if (undone != outbox->undone) {
        memset(outbox->uncommitted, 0, sizeof outbox->uncommitted);
        outbox->replaced = 0;
    }
    outbox->undone = undone;
}

/* Without a journal what was accepted counts at once. */
bool outbox_commit(struct outbox *outbox, struct err *err)
{
    bool good = true;
    if (outbox->journal != NULL) {
        good = journal_commit(outbox->journal, err);
        forget_undone(outbox);
    }
    for (int i = 0; i < 2; i++) {
        outbox->ledgers[i]->accepted += outbox->uncommitted[i];
        outbox->ledgers[i]->pending -= outbox->uncommitted[i];
        outbox->uncommitted[i] = 0;
    }
    ledger_supersede(outbox->ledgers[1], outbox->replaced);
    outbox->replaced = 0;
    return good;
}

/* The journal knows best. Without one it is what was dropped: the others were
 * sent, and nobody knows what became of them. */
bool outbox_hold(struct outbox *outbox, struct err *err)
{
    struct ledger *ledger = outbox->ledgers[0];
    uint64_t waiting = 0, held = outbox->dropped;
    if (outbox->journal != NULL) {
        if (!journal_own_pending(outbox->journal, &waiting, err))
            return false;
        held = ledger->pending > waiting ? ledger->pending - waiting : 0;
    }
    ledger->held = held < ledger->pending ? held : ledger->pending;
    ledger->pending -= ledger->held;
    return true;
}

bool outbox_pending(struct outbox *outbox, uint64_t *records, struct err *err)
{
    uint64_t batches;
    *records = outbox->ledgers[0]->pending;
    return outbox->journal == NULL ||
           journal_pending(outbox->journal, &batches, records, err);
}
