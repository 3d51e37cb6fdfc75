/* sync.c: SyncData. A body is checked before the store is taken, so that
 * requests wait for one another only while they write. What was answered to a
 * body is kept with it, and is the answer to the same body ever after: that is
 * how Fast drops duplicate requests. */
#include "sync.h"

#include <inttypes.h>
#include <stdio.h>

#include "answer.h"
#include "base/hash.h"
#include "chance.h"
#include "check.h"
#include "members.h"

enum { MEMBER_FORM, MEMBER_DATA, SYNC_MEMBERS };

struct sync {
    struct member members[SYNC_MEMBERS];
    const struct form *form;
    struct fast_records records;
    struct buf why;
    char fkey[32]; /* when it was accepted */
};

/* The form of that very name; not by another letter case. */
static const struct form *exact_form(struct member *name)
{
    const char *text = buf_text(&name->text);
    const struct form *form = form_find(text);
    return form != NULL && member_is(name, form->name) ? form : NULL;
}

/* What is to be answered; 200 when the records may be stored. */
static int check_sync(struct fast *fast, const struct fast_request *request,
                      struct sync *sync)
{
    struct member *form = &sync->members[MEMBER_FORM];
    struct member *array = &sync->members[MEMBER_DATA];
    if (!members_read(request->body, request->len, sync->members, SYNC_MEMBERS,
                      &sync->why))
        return FAST_INVALID;
    if (fast->deny != NULL && member_is(form, fast->deny)) {
        buf_puts(&sync->why, "no right to this form");
        return FAST_NO_RIGHT;
    }
    sync->form = exact_form(form);
    if (sync->form == NULL) {
        buf_puts(&sync->why, "the form does not exist");
        return FAST_NO_FORM;
    }
    if (array->given && !fast_check(sync->form, array->array, array->array_len,
                                    &sync->records, &sync->why))
        return FAST_STRUCTURE;
    if (sync->records.count == 0) {
        buf_puts(&sync->why, "data is empty");
        return FAST_NO_DATA;
    }
    if (fast->max_batch > 0 && sync->records.count > fast->max_batch) {
        buf_addf(&sync->why, "at most %u records a request", fast->max_batch);
        return FAST_TOO_LARGE;
    }
    return FAST_OK;
}

/* Stores `keep` of the records under the number of their request: all, or as
 * many as chance picks of all. */
static bool put_records(struct fast *fast, const struct sync *sync, size_t keep,
                        uint64_t chance, uint64_t number, struct err *err)
{
    const struct fast_records *records = &sync->records;
    for (size_t i = 0; i < records->count && keep > 0; i++) {
        const struct fast_record *record = &records->all[i];
        if (chance_next(&chance) % (records->count - i) >= keep)
            continue;
        keep--;
        if (!store_put(fast->store, sync->form->name,
                       records->keys.at + record->key, record->key_len,
                       record->json, record->json_len, number, err))
            return false;
    }
    return true;
}

/* Stores what was accepted; at least one record less if the fault says so. */
static bool accept_sync(struct fast *fast, const struct fast_request *request,
                        struct sync *sync, struct store_request *log,
                        struct buf *out, struct err *err)
{
    /* Known before it is written, as records say which request stored them. */
    uint64_t number = store_next(fast->store);
    uint64_t chance = request->fault != NULL ? request->fault->random : 0;
    log->records = sync->records.count;
    if (fast_has_fault(request, FAULT_PARTIAL)) {
        /* Of one record none: a remainder is always less than all. */
        log->records = chance % sync->records.count;
        log->fault = fault_names[FAULT_PARTIAL];
    }
    if (!put_records(fast, sync, log->records, chance, number, err))
        return false;
    snprintf(sync->fkey, sizeof sync->fkey, "key_%" PRIu64, number);
    log->fkey = sync->fkey;
    buf_addf(out,
             "{\"success\":true,\"messages\":\"SUCCESS\","
             "\"records\":%" PRIu64 ",\"fkey\":\"%s\",\"code\":200}",
             log->records, sync->fkey);
    return true;
}

/* Within a transaction: stores, answers, and writes down both. */
static bool finish_sync(struct fast *fast, const struct fast_request *request,
                        struct sync *sync, struct store_request *log,
                        struct fast_answer *answer, struct err *err)
{
    bool repeated = store_repeated(fast->store, log->hash, log, &answer->body);
    log->fault = fast_fault(request);
    if (repeated)
        answer->status = fast_status(log->code);
    else if (log->code != FAST_OK)
        fast_error(answer, log->code, sync->why.at, sync->why.len);
    else if (!accept_sync(fast, request, sync, log, &answer->body, err))
        return false;
    log->answer = repeated ? NULL : &answer->body;
    log->path = "/api/SyncData";
    log->form = sync->form != NULL ? sync->form->name : NULL;
    return store_log(fast->store, log, err);
}

void fast_sync_data(struct fast *fast, const struct fast_request *request,
                    struct fast_answer *answer)
{
    struct sync sync = {
        .members = {[MEMBER_FORM] = {.name = "form"},
                    [MEMBER_DATA] = {.name = "data", .is_array = true}}};
    struct err err;
    if (!fast_authorised(fast, request, "/api/SyncData", answer))
        return;
    /* The whole body tells a repetition: one byte more makes another request.
     */
    XXH128_hash_t sum = XXH3_128bits(request->body, request->len);
    struct store_request log = {.code = check_sync(fast, request, &sync),
                                .hash = {sum.low64, sum.high64}};
    bool good = store_begin(fast->store, &err);
    if (good) {
        good = finish_sync(fast, request, &sync, &log, answer, &err);
        good = store_end(fast->store, good, &err) && good;
    }
    if (!good)
        fast_say(answer, FAST_BROKEN, err.text);
    members_release(sync.members, SYNC_MEMBERS);
    fast_records_release(&sync.records);
    buf_release(&sync.why);
}
