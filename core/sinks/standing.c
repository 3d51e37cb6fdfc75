/* standing.c: three tables of keys: two that the journal fills, and one that
 * the inputs fill. */
#include "standing.h"

#include "batch/batch.h"

static bool load_key(void *owner, const uint64_t key_hash[2], uint64_t content,
                     const char *key, size_t len, struct err *err)
{
    struct standings *standings = owner;
    (void)key;
    (void)len;
    (void)err;
    seen_accept(standings->accepted, key_hash, content);
    return true;
}

static bool load_pending(struct standings *standings, const char *form,
                         struct err *err)
{
    const struct batch_limits limits = {.form = form};
    struct batch *batch = batch_new(&limits);
    int64_t after = 0;
    enum step step;
    while ((step = view_next(standings->view, after, batch, err)) ==
           STEP_ITEM) {
        for (uint32_t i = batch->part.at; i < batch->count; i++)
            seen_accept(standings->pending, batch->entries[i].key_hash,
                        STANDING_PENDING);
        after = batch->posted;
        batch_clear(batch);
    }
    batch_free(batch);
    return step == STEP_END;
}

bool standings_open(struct standings *standings, struct view *view,
                    const char *form, const char *url, struct err *err)
{
    *standings = (struct standings){.accepted = seen_new(),
                                    .pending = seen_new(),
                                    .met = seen_new(),
                                    .firsts = seen_new(),
                                    .view = view};
    return view == NULL || (view_aim(view, form, url, err) &&
                            load_pending(standings, form, err) &&
                            view_each_key(view, load_key, standings, err));
}

void standings_close(struct standings *standings)
{
    seen_free(standings->accepted);
    seen_free(standings->pending);
    seen_free(standings->met);
    seen_free(standings->firsts);
}

uint64_t standings_pending(const struct standings *standings)
{
    return seen_count(standings->pending);
}

static bool has(const struct seen *seen, const uint64_t key[2],
                uint64_t *content)
{
    bool in_run;
    return seen_find(seen, key, content, &in_run);
}

static enum standing standing_of(const struct standings *standings,
                                 const struct record *record)
{
    uint64_t content = 0;
    if (has(standings->pending, record->key_hash, &content))
        return STANDING_PENDING;
    /* A content of 0: nobody knows what the server holds. */
    if (!has(standings->accepted, record->key_hash, &content) || content == 0)
        return STANDING_NEW;
    return content == record->content ? STANDING_ACCEPTED : STANDING_CHANGED;
}

/* Is it the record that came first, once more? */
static bool is_first(const struct standings *standings,
                     const struct record *record, enum standing before)
{
    uint64_t content = record->content;
    if (!has(standings->firsts, record->key_hash, &content) &&
        before == STANDING_ACCEPTED)
        has(standings->accepted, record->key_hash, &content);
    return content == record->content;
}

enum standing standings_add(struct standings *standings,
                            const struct record *record)
{
    uint64_t before;
    enum standing standing = standing_of(standings, record);
    if (has(standings->met, record->key_hash, &before))
        return is_first(standings, record, (enum standing)before)
                   ? STANDING_NONE
                   : STANDING_CONFLICT;
    if (standing != STANDING_ACCEPTED)
        seen_accept(standings->firsts, record->key_hash, record->content);
    seen_accept(standings->met, record->key_hash, standing);
    return standing;
}

/* A walk over the accepted keys. */
struct walk {
    struct standings *standings;
    standing_gone *visit;
    void *owner;
};

static bool visit_key(void *owner, const uint64_t key_hash[2], uint64_t content,
                      const char *key, size_t len, struct err *err)
{
    const struct walk *walk = owner;
    struct standings *standings = walk->standings;
    (void)err;
    if (has(standings->met, key_hash, &content) ||
        !has(standings->accepted, key_hash, &content) || content == 0 ||
        has(standings->pending, key_hash, &content))
        return true;
    seen_accept(standings->met, key_hash, STANDING_GONE);
    walk->visit(walk->owner, key, len);
    return true;
}

bool standings_gone(struct standings *standings, standing_gone *visit,
                    void *owner, struct err *err)
{
    struct walk walk = {standings, visit, owner};
    return standings->view == NULL ||
           view_each_key(standings->view, visit_key, &walk, err);
}
