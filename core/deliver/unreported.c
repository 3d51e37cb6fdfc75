/* unreported.c: there are few of them, if any: each chunk's rejects are looked
 * for among all. */
#include "unreported.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "form/form.h"

void unreported_release(struct unreported_list *list)
{
    unreported_free(list->all, list->count);
    free(list->again);
    *list = (struct unreported_list){.count = 0};
}

bool unreported_load(struct unreported_list *list, struct journal *journal,
                     struct err *err)
{
    bool good = journal_unreported(journal, &list->all, &list->count, err);
    if (list->count > 0)
        list->again = mem_zero(list->count, sizeof *list->again);
    return good;
}

void unreported_add(struct unreported_list *list, const struct batch *batch,
                    const struct batch_entry *entry, const char *reason,
                    bool failed)
{
    size_t count = list->count + 1;
    list->all = mem_resize(list->all, count * sizeof *list->all);
    list->again = mem_resize(list->again, count * sizeof *list->again);
    list->again[list->count] = false;
    list->all[list->count] = (struct unreported){
        .key_hash = {entry->key_hash[0], entry->key_hash[1]},
        .place = entry->place,
        .input = entry->input,
        .source =
            mem_text_n(batch->texts.at + entry->source, entry->source_len),
        .source_len = entry->source_len,
        .reason = mem_text(reason),
        .failed = failed ? entry->content : 0,
        .key = mem_text_n(batch->texts.at + entry->key, entry->key_len),
    };
    list->count = count;
    list->failed += failed;
}

const char *unreported_failed(const struct unreported_list *list,
                              const struct record *record)
{
    for (size_t i = 0; list->failed > 0 && i < list->count; i++) {
        const struct unreported *known = &list->all[i];
        if (known->failed == record->content && known->failed != 0 &&
            known->key_hash[0] == record->key_hash[0] &&
            known->key_hash[1] == record->key_hash[1])
            return known->reason;
    }
    return NULL;
}

static void note_key(struct unreported_list *list, const char *key)
{
    uint64_t hash[2];
    form_key_hash(key, strlen(key), hash);
    for (size_t i = 0; i < list->count; i++)
        list->again[i] |= list->all[i].key_hash[0] == hash[0] &&
                          list->all[i].key_hash[1] == hash[1];
}

void unreported_note(struct unreported_list *list, const struct chunk *chunk)
{
    for (uint32_t i = 0; list->count > 0 && i < chunk->reject_count; i++)
        if (chunk->rejects[i].key != NULL)
            note_key(list, chunk->rejects[i].key);
}

static bool came_again(const struct unreported_list *list, size_t index,
                       const struct seen *seen)
{
    uint64_t content;
    bool met = false;
    return list->again[index] ||
           (seen_find(seen, list->all[index].key_hash, &content, &met) && met);
}

static bool report(const struct unreported *record, struct rejects *rejects,
                   struct err *err)
{
    const struct fault fault = {.field = "", .text = record->reason};
    const struct reject reject = {
        .place = record->place,
        .origin = origin_text(record->source, record->source_len),
        .faults = &fault,
        .count = 1,
        .key = record->key,
        .earlier = true,
    };
    return rejects_add(rejects, record->input, &reject, err);
}

/* Each leaves `pending` here, reported or not: the ledger balances even where
 * the rejects file fails. */
bool unreported_report(const struct unreported_list *list,
                       const struct seen *seen, struct ledger *ledger,
                       struct rejects *rejects, struct err *err)
{
    bool good = true;
    for (size_t i = 0; i < list->count; i++) {
        bool again = came_again(list, i, seen);
        ledger->pending--;
        ledger->duplicate += again;
        ledger->rejected += !again;
        if (good && !again)
            good = report(&list->all[i], rejects, err);
    }
    return good;
}
