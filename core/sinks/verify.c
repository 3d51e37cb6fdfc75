/* verify.c: of each mapped record the journal says how it stands (standing.h);
 * those that stand as accepted are compared (comparison.h), all of them or a
 * sample. */
#include "verify.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "comparison.h"
#include "sample.h"
#include "standing.h"

struct verify {
    struct sink sink;
    struct verify_options options;
    const struct form *form;
    struct verify_counts counts;
    struct standings standings;
    struct comparison comparison;
    struct sample sample;
    struct buf gone; /* keys to ask for: a length, the key, and so on */
    bool complete;   /* the inputs came to their end */
};

static bool compare_sample(struct verify *v, struct err *err)
{
    sample_end(&v->sample);
    v->counts.left_out = v->sample.offered - v->sample.count;
    for (uint64_t i = 0; i < v->sample.count; i++) {
        const struct drawn *drawn = &v->sample.drawn[i];
        if (!comparison_add(&v->comparison, drawn->id, drawn->id_len,
                            drawn->json, drawn->json_len, err))
            return false;
    }
    return comparison_flush(&v->comparison, err);
}

/* Where the mapping's key is another one, what GetData knows a record by stands
 * in its JSON alone. */
static bool has_own_key(const struct verify *v)
{
    return v->options.mapping->key == v->form->key;
}

/* GetData knows a record by the form's own key, whatever the mapping's is. */
static void find_id(const struct verify *v, const char *json, size_t len,
                    struct buf *id)
{
    form_member(json, len, v->form->fields[v->form->key].wire, id);
}

static bool compare_record(struct verify *v, const struct chunk *chunk,
                           const struct record *record, struct err *err)
{
    struct buf id = {0};
    bool good = true;
    const char *json = chunk->json.at + record->json;
    if (has_own_key(v))
        buf_add(&id, record->key, record->key_len);
    else
        find_id(v, json, record->json_len, &id);
    if (v->options.sample > 0)
        sample_offer(&v->sample, record->key_hash, id.at, id.len, json,
                     record->json_len);
    else
        good = comparison_add(&v->comparison, id.at, id.len, json,
                              record->json_len, err);
    buf_release(&id);
    return good;
}

static bool take_record(struct verify *v, const struct chunk *chunk,
                        const struct record *record, struct err *err)
{
    struct later later;
    if (v->options.last != NULL && last_take(v->options.last, record, &later))
        return true;
    enum standing standing = standings_add(&v->standings, record);
    v->counts.changed += standing == STANDING_CHANGED;
    v->counts.unaccepted += standing == STANDING_NEW;
    v->counts.rejected += standing == STANDING_CONFLICT;
    return standing != STANDING_ACCEPTED ||
           compare_record(v, chunk, record, err);
}

/* The records' JSON goes with its chunk, so a block ends with it. */
static bool take(struct sink *sink, const struct chunk *chunk, struct err *err)
{
    struct verify *v = (struct verify *)sink;
    struct last *last = v->options.last;
    if (last != NULL && !last_follow(last, chunk, err))
        return false;
    sink->ledger.rows += chunk->rows;
    v->counts.rejected += chunk->reject_count;
    for (uint32_t i = 0; i < chunk->record_count; i++)
        if (!take_record(v, chunk, &chunk->records[i], err))
            return false;
    if (!comparison_flush(&v->comparison, err))
        return false;
    v->complete = chunk->last && !chunk->failed;
    return true;
}

/* An accepted key that did not come. The journal has the mapping's keys; where
 * the form's own key is another one it is not known, and nobody can be asked.
 */
static void keep_gone(void *owner, const char *key, size_t len)
{
    struct verify *v = owner;
    v->counts.gone++;
    if (!has_own_key(v))
        return;
    buf_add(&v->gone, &len, sizeof len);
    buf_add(&v->gone, key, len);
}

/* They are asked for after all others, when the inputs have said all they
 * have. */
static bool find_gone(struct verify *v, struct err *err)
{
    size_t len;
    if (!standings_gone(&v->standings, keep_gone, v, err))
        return false;
    for (size_t at = 0; at < v->gone.len; at += sizeof len + len) {
        memcpy(&len, v->gone.at + at, sizeof len);
        if (!comparison_add(&v->comparison, v->gone.at + at + sizeof len, len,
                            NULL, 0, err))
            return false;
    }
    return comparison_flush(&v->comparison, err);
}

static bool finish(struct sink *sink, bool interrupted, struct err *err)
{
    struct verify *v = (struct verify *)sink;
    const struct verify_counts *counts = &v->counts;
    if (interrupted || !v->complete)
        return true;
    if (!(v->options.sample > 0 ? compare_sample(v, err) : find_gone(v, err)))
        return false;
    uint64_t found = counts->differing + counts->missing + counts->gone_missing;
    return found == 0 || view_unmoved(v->options.view, err);
}

static bool wait(struct sink *sink, struct err *err)
{
    return readback_wait(&((struct verify *)sink)->comparison.readback, err);
}

static void wake(struct sink *sink)
{
    readback_wake(&((struct verify *)sink)->comparison.readback);
}

static void release(struct sink *sink)
{
    struct verify *v = (struct verify *)sink;
    comparison_close(&v->comparison);
    standings_close(&v->standings);
    sample_release(&v->sample);
    buf_release(&v->gone);
    free(v);
}

static const struct sink_kind verifying = {take, wait, wake, finish, release};

static bool open(struct verify *v, struct err *err)
{
    const struct verify_options *options = &v->options;
    if (!comparison_open(&v->comparison, options, &v->counts, err) ||
        !standings_open(&v->standings, options->view, v->form->name,
                        options->config->url, err))
        return false;
    v->counts.pending = standings_pending(&v->standings);
    return true;
}

struct sink *verify_new(const struct verify_options *options, struct err *err)
{
    const struct form *form = options->mapping->form;
    if (form->reads == NULL) {
        err_set(err, EXIT_USAGE,
                "%s: the server has no form to read such records back with",
                form->name);
        return NULL;
    }
    struct verify *v = mem_zero(1, sizeof *v);
    v->sink.kind = &verifying;
    v->options = *options;
    v->form = form;
    v->sample.max = options->sample;
    if (open(v, err))
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
    return &((const struct verify *)sink)->comparison.readback.ledger;
}
