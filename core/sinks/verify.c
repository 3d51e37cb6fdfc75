/* verify.c: each mapped record finds its place: as accepted, changed since,
 * not accepted yet, pending; the first of a key decides, as in a run. */
#include "verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "batch/batch.h"
#include "journal/view.h"
#include "sample.h"
#include "seen.h"
#include "server/readback.h"

/* What a key of the inputs has turned out to be: the "content" of `met`. */
enum standing { NOWHERE, CHANGED, UNACCEPTED, PENDING, ACCEPTED, GONE };

/* A record that waits for its block to be full; offsets are into `ids`. */
struct entry {
    size_t id, id_len;
    const char *json; /* NULL: no longer in the inputs */
    size_t len;
};

struct verify {
    struct sink sink;
    struct verify_plan plan;
    const struct form *form;
    struct verify_counts counts;
    struct readback readback;
    struct compare compare;
    struct seen *accepted, *pending; /* of the journal */
    struct seen *met;                /* of the inputs */
    struct sample sample;
    struct entry block[READBACK_BLOCK];
    size_t block_count;
    struct buf ids, gone;
    const struct wanted *at; /* being compared */
    bool asked;              /* for all at once */
    bool complete;           /* the inputs came to their end */
};

/* What the journal knows. */

static bool load_key(void *owner, const uint64_t key_hash[2], uint64_t content,
                     const char *key, size_t len, struct err *err)
{
    struct verify *v = owner;
    (void)key;
    (void)len;
    (void)err;
    seen_accept(v->accepted, key_hash, content);
    return true;
}

static bool load_pending(struct verify *v, struct err *err)
{
    struct batch_limits limits = {.form = v->form->name};
    struct batch *batch = batch_new(&limits);
    enum step step = STEP_ITEM;
    for (int64_t after = 0; step == STEP_ITEM; after = batch->posted) {
        batch_clear(batch);
        step = view_next(v->plan.view, after, batch, err);
        if (step != STEP_ITEM)
            break;
        for (uint32_t i = batch->part.at; i < batch->count; i++)
            seen_accept(v->pending, batch->entries[i].key_hash, PENDING);
    }
    batch_free(batch);
    v->counts.pending = seen_count(v->pending);
    return step == STEP_END;
}

static bool load(struct verify *v, struct err *err)
{
    struct view *view = v->plan.view;
    return view == NULL ||
           (view_aim(view, v->form->name, v->plan.config->url, err) &&
            load_pending(v, err) &&
            view_each_key(view, load_key, v, err));
}

/* Comparing. */

static void visit_difference(void *owner, const struct difference *difference)
{
    struct verify *v = owner;
    const struct finding finding = {
        .key = v->at->id, .key_len = v->at->id_len, .difference = difference};
    v->plan.visit(v->plan.owner, &finding);
}

/* Counts one that is not there, or that the server does not tell of. */
static void visit_missing(struct verify *v, bool gone)
{
    struct verify_counts *counts = &v->counts;
    uint64_t *missing = gone ? &counts->gone_missing : &counts->missing;
    uint64_t *unread = gone ? &counts->gone_unread : &counts->unread;
    const struct finding finding = {
        .key = v->at->id, .key_len = v->at->id_len, .reason = v->at->refused};
    ++*(finding.reason ? unread : missing);
    v->plan.visit(v->plan.owner, &finding);
}

static void compare_one(struct verify *v, const struct entry *entry,
                        const struct wanted *wanted)
{
    v->at = wanted;
    if (wanted->json == NULL)
        visit_missing(v, entry->json == NULL);
    else if (entry->json == NULL)
        return; /* it is there, and that was the question */
    else if (compare_records(&v->compare, v->form, entry->json, entry->len,
                             wanted->json, wanted->len, visit_difference,
                             v) > 0)
        v->counts.differing++;
    else
        v->counts.same++;
}

/* Asks for all at once, where that was not tried. */
static bool ask_first(struct verify *v, struct err *err)
{
    int64_t oldest;
    if (v->asked)
        return true;
    v->asked = true;
    return view_oldest(v->plan.view, &oldest, err) &&
           readback_whole(&v->readback, oldest, err);
}

/* Compares those of the block. */
static bool compare_block(struct verify *v, struct err *err)
{
    struct wanted wanted[READBACK_BLOCK];
    if (v->block_count == 0)
        return true;
    for (size_t i = 0; i < v->block_count; i++)
        wanted[i] = (struct wanted){.id = v->ids.at + v->block[i].id,
                                    .id_len = v->block[i].id_len};
    if (!ask_first(v, err) ||
        !readback_find(&v->readback, wanted, v->block_count, err))
        return false;
    for (size_t i = 0; i < v->block_count; i++)
        compare_one(v, &v->block[i], &wanted[i]);
    v->block_count = 0;
    buf_clear(&v->ids);
    return true;
}

/* The JSON stays where it is until the block is compared. */
static bool add(struct verify *v, const char *id, size_t id_len,
                const char *json, size_t len, struct err *err)
{
    v->block[v->block_count++] = (struct entry){v->ids.len, id_len, json, len};
    buf_add(&v->ids, id, id_len);
    return v->block_count < READBACK_BLOCK || compare_block(v, err);
}

static bool compare_sample(struct verify *v, struct err *err)
{
    sample_end(&v->sample);
    v->counts.left_out = v->sample.offered - v->sample.count;
    for (uint64_t i = 0; i < v->sample.count; i++) {
        const struct drawn *drawn = &v->sample.drawn[i];
        if (!add(v, drawn->id, drawn->id_len, drawn->json, drawn->json_len,
                 err))
            return false;
    }
    return compare_block(v, err);
}

/* Taking records. */

/* GetData knows a record by the form's own key, whatever the mapping's is. */
static void find_id(const struct verify *v, const char *json, size_t len,
                    struct buf *id)
{
    const char *name = v->form->fields[v->form->key].wire;
    struct json_reader reader;
    json_open(&reader, json, len);
    json_next(&reader);
    while (json_next(&reader) == JSON_KEY) {
        bool key = json_is(&reader, name);
        if (json_next(&reader) == JSON_STRING && key)
            buf_add(id, reader.text, reader.len);
    }
    json_close(&reader);
}

static enum standing standing_of(const struct verify *v,
                                 const struct record *record)
{
    uint64_t content = 0;
    bool in_run;
    if (seen_find(v->pending, record->key_hash, &content, &in_run))
        return PENDING;
    if (!seen_find(v->accepted, record->key_hash, &content, &in_run) ||
        content == 0)
        return UNACCEPTED;
    return content == record->content ? ACCEPTED : CHANGED;
}

/* The record's place; NOWHERE: an earlier one has its key. With duplicates =
 * "last" a later one may be what was accepted. */
static enum standing judge(struct verify *v, const struct record *record)
{
    uint64_t before = 0;
    bool in_run;
    enum standing standing = standing_of(v, record);
    bool known = seen_find(v->met, record->key_hash, &before, &in_run);
    bool again = v->plan.mapping->duplicates == DUPLICATES_LAST &&
                 before == CHANGED && standing == ACCEPTED;
    if (known && !again)
        return NOWHERE;
    seen_accept(v->met, record->key_hash, standing);
    v->counts.changed += standing == CHANGED;
    v->counts.changed -= again;
    v->counts.unaccepted += standing == UNACCEPTED;
    return standing;
}

static bool take_record(struct verify *v, const struct chunk *chunk,
                        const struct record *record, struct err *err)
{
    if (judge(v, record) != ACCEPTED)
        return true;
    struct buf id = {0};
    bool good = true;
    const char *json = chunk->json.at + record->json;
    if (v->plan.mapping->key == v->form->key)
        buf_add(&id, record->key, record->key_len);
    else
        find_id(v, json, record->json_len, &id);
    if (v->plan.sample > 0)
        sample_offer(&v->sample, record->key_hash, id.at, id.len, json,
                     record->json_len);
    else
        good = add(v, id.at, id.len, json, record->json_len, err);
    buf_release(&id);
    return good;
}

static bool take(struct sink *sink, const struct chunk *chunk, struct err *err)
{
    struct verify *v = (struct verify *)sink;
    sink->ledger.rows += chunk->rows;
    v->counts.rejected += chunk->reject_count;
    for (uint32_t i = 0; i < chunk->record_count; i++)
        if (!take_record(v, chunk, &chunk->records[i], err))
            return false;
    if (!compare_block(v, err))
        return false;
    v->complete = chunk->last && !chunk->failed;
    return true;
}

/* Accepted keys that did not come. */

/* Keeps those that can be asked for: a length, the key, and so on. */
static bool keep_gone(void *owner, const uint64_t key_hash[2], uint64_t content,
                      const char *key, size_t len, struct err *err)
{
    struct verify *v = owner;
    bool in_run;
    (void)err;
    if (seen_find(v->met, key_hash, &content, &in_run) ||
        !seen_find(v->accepted, key_hash, &content, &in_run) || content == 0)
        return true;
    if (seen_find(v->pending, key_hash, &content, &in_run))
        return true;
    seen_accept(v->met, key_hash, GONE);
    v->counts.gone++;
    if (v->plan.mapping->key == v->form->key) {
        buf_add(&v->gone, &len, sizeof len);
        buf_add(&v->gone, key, len);
    }
    return true;
}

static bool find_gone(struct verify *v, struct err *err)
{
    size_t len;
    if (v->plan.view == NULL)
        return true;
    if (!view_each_key(v->plan.view, keep_gone, v, err))
        return false;
    for (size_t at = 0; at < v->gone.len; at += sizeof len + len) {
        memcpy(&len, v->gone.at + at, sizeof len);
        if (!add(v, v->gone.at + at + sizeof len, len, NULL, 0, err))
            return false;
    }
    return compare_block(v, err);
}

static bool finish(struct sink *sink, bool interrupted, struct err *err)
{
    struct verify *v = (struct verify *)sink;
    const struct verify_counts *counts = &v->counts;
    if (interrupted || !v->complete)
        return true;
    if (!(v->plan.sample > 0 ? compare_sample(v, err) : find_gone(v, err)))
        return false;
    uint64_t found = counts->differing + counts->missing + counts->gone_missing;
    return found == 0 || view_unmoved(v->plan.view, err);
}

static bool wait(struct sink *sink, struct err *err)
{
    return readback_wait(&((struct verify *)sink)->readback, err);
}

static void wake(struct sink *sink)
{
    readback_wake(&((struct verify *)sink)->readback);
}

static void release(struct sink *sink)
{
    struct verify *v = (struct verify *)sink;
    readback_close(&v->readback);
    compare_release(&v->compare);
    seen_free(v->accepted);
    seen_free(v->pending);
    seen_free(v->met);
    sample_release(&v->sample);
    buf_release(&v->ids);
    buf_release(&v->gone);
    free(v);
}

static const struct sink_kind verifying = {take, wait, wake, finish, release};

struct sink *verify_new(const struct verify_plan *plan, struct err *err)
{
    const struct form *form = plan->mapping->form;
    if (form->reads == NULL) {
        err_set(err, EXIT_USAGE,
                "%s: the server has no form to read such records back with",
                form->name);
        return NULL;
    }
    struct verify *v = mem_zero(1, sizeof *v);
    v->sink.kind = &verifying;
    v->plan = *plan;
    v->form = form;
    v->sample.most = plan->sample;
    v->asked = plan->each || plan->sample > 0;
    v->accepted = seen_new();
    v->pending = seen_new();
    v->met = seen_new();
    if (readback_open(&v->readback, plan->config, form, err) && load(v, err))
        return &v->sink;
    release(&v->sink);
    return NULL;
}

const struct verify_counts *verify_counts(const struct sink *sink)
{
    return &((const struct verify *)sink)->counts;
}

const struct ledger *verify_requests(const struct sink *sink)
{
    return &((const struct verify *)sink)->readback.ledger;
}
