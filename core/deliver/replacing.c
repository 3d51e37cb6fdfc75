/* replacing.c: the older ones are taken out a batch at a time. */
#include "replacing.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "batch/lessen.h"

bool replacing_take(struct delivery *delivery, const struct record *record)
{
    int64_t posted = blocked_replaceable(&delivery->blocked, record->key_hash,
                                         record->content);
    if (posted == 0)
        return false;
    blocked_let_go(&delivery->blocked, record->key_hash);
    delivery->replaced =
        mem_resize(delivery->replaced,
                   (delivery->replaced_count + 1) * sizeof *delivery->replaced);
    delivery->replaced[delivery->replaced_count++] =
        (struct replaced){posted, {record->key_hash[0], record->key_hash[1]}};
    return true;
}

/* How many of the batch's records are replaced; each is named in `out`. */
static uint32_t mark(const struct replaced *all, size_t all_count,
                     const struct batch *batch, bool *out)
{
    uint32_t count = 0;
    for (size_t r = 0; r < all_count; r++) {
        const struct replaced *replaced = &all[r];
        for (uint32_t i = batch->part.at;
             replaced->posted == batch->posted && i < batch->count; i++) {
            const uint64_t *key = batch->entries[i].key_hash;
            bool same =
                key[0] == replaced->key[0] && key[1] == replaced->key[1];
            count += same && !out[i];
            out[i] |= same;
        }
    }
    return count;
}

static bool replace_in(struct delivery *delivery, const struct replaced *all,
                       size_t all_count, struct batch *batch, struct err *err)
{
    bool *out = mem_zero(batch->count, sizeof *out);
    struct batch *rest = batch_pool_take(&delivery->pool);
    uint32_t count = mark(all, all_count, batch, out);
    bool good = true;
    if (count > 0) {
        batch_lessen(batch, out, rest);
        good = outbox_replace(&delivery->outbox, rest, count, err);
    }
    if (good && count > 0) {
        delivery->replaces = true;
        log_note("%s: %u pending record%s that the server failed at: a newer "
                 "version goes instead",
                 delivery->config->url, count, count == 1 ? "" : "s");
    }
    batch_pool_give(&delivery->pool, rest);
    free(out);
    return good;
}

static bool apply_one(struct delivery *delivery, const struct replaced *all,
                      size_t count, int64_t posted, struct err *err)
{
    struct batch *batch = batch_pool_take(&delivery->pool);
    enum step step = outbox_next(&delivery->outbox, posted - 1, batch, err);
    bool there = step == STEP_ITEM && batch->posted == posted;
    bool good = there ? replace_in(delivery, all, count, batch, err)
                      : step != STEP_FAIL;
    batch_pool_give(&delivery->pool, batch);
    return good;
}

/* All of one batch are taken out with the first of them. */
static bool apply(struct delivery *delivery, const struct replaced *all,
                  size_t count, struct err *err)
{
    bool good = true;
    int64_t done = 0;
    for (size_t r = 0; good && r < count; r++) {
        if (all[r].posted != done)
            good = apply_one(delivery, all, count, all[r].posted, err);
        done = all[r].posted;
    }
    return good;
}

bool replacing_apply(struct delivery *delivery, size_t count, struct err *err)
{
    bool good = apply(delivery, delivery->replaced, count, err);
    delivery->replaced_count -= count;
    delivery->replaced_posted = 0;
    if (delivery->replaced_count > 0)
        memmove(delivery->replaced, delivery->replaced + count,
                delivery->replaced_count * sizeof *delivery->replaced);
    return good;
}

/* One that has to wait makes the whole batch wait: its bytes stay. */
static size_t list_posted(const struct blocked *blocked,
                          const struct batch *batch, struct replaced *all)
{
    size_t count = 0;
    for (uint32_t i = batch->part.at; i < batch->count; i++) {
        const struct batch_entry *entry = &batch->entries[i];
        if (!blocked_has(blocked, entry->key_hash))
            continue;
        int64_t posted =
            blocked_replaceable(blocked, entry->key_hash, entry->content);
        if (posted == 0)
            return 0;
        all[count++] =
            (struct replaced){posted, {entry->key_hash[0], entry->key_hash[1]}};
    }
    return count;
}

bool replacing_posted(struct delivery *delivery, const struct batch *batch,
                      struct err *err)
{
    struct replaced *all = mem_alloc(batch->count * sizeof *all);
    size_t count = list_posted(&delivery->blocked, batch, all);
    for (size_t i = 0; i < count; i++)
        blocked_let_go(&delivery->blocked, all[i].key);
    bool good = apply(delivery, all, count, err);
    free(all);
    return good;
}
