/* discard.c: the outbox goes by batch by batch, once to look and once to
 * change it. */
#include "discard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "batch/lessen.h"
#include "form/form.h"

static const char reason_sure[] =
    "discarded while pending; each request for it was answered with a "
    "failure, or none was sent: the server should not hold it";
static const char reason_unsure[] =
    "discarded while pending; the server may hold it, from an earlier request";
static const char reason_older[] =
    "discarded while pending; the server may hold an older version of it";

/* A trial (trial.h) may have been of any of them. */
static bool is_sure(const struct batch *batch)
{
    return !batch->unknown && !batch->tried;
}

/* Which of the keys it is; -1: none. */
static int named(const struct discard *discard, const uint64_t hash[2])
{
    for (unsigned i = 0; i < discard->key_count; i++) {
        uint64_t key[2];
        form_key_hash(discard->keys[i], strlen(discard->keys[i]), key);
        if (key[0] == hash[0] && key[1] == hash[1])
            return (int)i;
    }
    return -1;
}

static bool wanted(const struct discard *discard,
                   const struct batch_entry *entry)
{
    return discard->key_count == 0 || named(discard, entry->key_hash) >= 0;
}

static void note(struct discard *discard, const struct batch *batch,
                 uint32_t index)
{
    const struct batch_entry *entry = &batch->entries[index];
    uint64_t older = 0;
    bool any;
    discard->pending++;
    if (!wanted(discard, entry))
        return;
    if (discard->key_count > 0)
        discard->met[named(discard, entry->key_hash)] = true;
    if (discard->records < DISCARD_NAMED)
        snprintf(discard->names[discard->records], DISCARD_KEY, "%.*s",
                 (int)entry->key_len, batch->texts.at + entry->key);
    discard->older += seen_find(discard->last, entry->key_hash, &older, &any);
    seen_accept(discard->last, entry->key_hash,
                (uint64_t)batch->posted << 1 | (older & 1) | !is_sure(batch));
    discard->records++;
    discard->which += entry->key_hash[0] ^ entry->content;
    discard->unsure += !is_sure(batch);
}

bool discard_look(struct discard *discard, struct err *err)
{
    enum step step;
    int64_t after = 0;
    struct batch *batch = batch_pool_take(discard->pool);
    discard->pending = discard->records = 0;
    discard->unsure = discard->which = discard->older = 0;
    while ((step = journal_next(discard->journal, after, batch, err)) ==
           STEP_ITEM) {
        after = batch->posted;
        for (uint32_t i = batch->part.at; i < batch->count; i++)
            note(discard, batch, i);
        batch_clear(batch);
    }
    batch_pool_give(discard->pool, batch);
    return step == STEP_END;
}

/* What is known of the key: the number of its last batch, twice, and whether
 * the server may hold any version of it. */
static uint64_t known_of(const struct discard *discard,
                         const struct batch_entry *entry)
{
    uint64_t known = 0;
    bool any;
    seen_find(discard->last, entry->key_hash, &known, &any);
    return known;
}

/* A line of the journal, and of the rejects file. */
static bool reject(const struct discard *discard, struct batch *batch,
                   uint32_t index, struct rejects *rejects, struct err *err)
{
    const struct journal_answer none = {
        .fkey = "", .message = "", .by_hand = true};
    const struct batch_entry *entry = &batch->entries[index];
    char *key = mem_text_n(batch->texts.at + entry->key, entry->key_len);
    const uint64_t known = known_of(discard, entry);
    const struct fault fault = {.field = "",
                                .text = !is_sure(batch)    ? reason_unsure
                                        : (known & 1) != 0 ? reason_older
                                                           : reason_sure};
    const struct reject reject = {
        .place = entry->place,
        .key = key,
        .origin =
            origin_text(batch->texts.at + entry->source, entry->source_len),
        .faults = &fault,
        .count = 1,
        .earlier = true,
    };
    bool good = journal_refused(discard->journal, batch, index, fault.text,
                                &none, err) &&
                (known >> 1 != (uint64_t)batch->posted ||
                 rejects_add(rejects, entry->input, &reject, err));
    free(key);
    return good;
}

static bool take_out(const struct discard *discard, struct batch *batch,
                     struct rejects *rejects, struct err *err)
{
    bool good = true, any = false;
    bool *out = mem_zero(batch->count, sizeof *out);
    struct batch *rest = batch_pool_take(discard->pool);
    for (uint32_t i = batch->part.at; good && i < batch->count; i++) {
        out[i] = wanted(discard, &batch->entries[i]);
        any |= out[i];
        good = !out[i] || reject(discard, batch, i, rejects, err);
    }
    if (good && any) {
        batch_lessen(batch, out, rest);
        good = journal_lessen(discard->journal, rest, err);
    }
    batch_pool_give(discard->pool, rest);
    free(out);
    return good;
}

bool discard_all(struct discard *discard, struct rejects *rejects,
                 struct err *err)
{
    bool good = true;
    int64_t after = 0;
    enum step step = STEP_END;
    struct batch *batch = batch_pool_take(discard->pool);
    while (good && (step = journal_next(discard->journal, after, batch, err)) ==
                       STEP_ITEM) {
        after = batch->posted;
        good = take_out(discard, batch, rejects, err);
        batch_clear(batch);
    }
    batch_pool_give(discard->pool, batch);
    return good && step == STEP_END;
}
