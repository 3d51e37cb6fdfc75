/* blocked.c: of each blocked key the content that waits last is remembered, so
 * that the same record does not wait twice. */
#include "blocked.h"

#define LET_GO UINT64_MAX /* no batch has this number */

void blocked_init(struct blocked *blocked, struct batch_pool *pool,
                  struct seen *accepted)
{
    *blocked = (struct blocked){.pool = pool, .accepted = accepted};
}

void blocked_release(struct blocked *blocked)
{
    blocked_clear(blocked);
    batch_free(blocked->waiting);
}

void blocked_clear(struct blocked *blocked)
{
    seen_free(blocked->keys);
    seen_free(blocked->replaceable);
    blocked->keys = blocked->replaceable = NULL;
}

void blocked_add(struct blocked *blocked, const struct batch *batch)
{
    if (blocked->keys == NULL) {
        blocked->keys = seen_new();
        blocked->replaceable = seen_new();
    }
    bool failed = batch->resumed && !batch->unknown;
    for (uint32_t i = batch->part.at; i < batch->count; i++) {
        const struct batch_entry *entry = &batch->entries[i];
        bool alone = failed && !blocked_has(blocked, entry->key_hash);
        seen_accept(blocked->replaceable, entry->key_hash,
                    alone ? (uint64_t)batch->posted : 0);
        seen_accept(blocked->keys, entry->key_hash, entry->content);
        if (batch->resumed) /* whatever another batch of the key has got */
            seen_accept(blocked->accepted, entry->key_hash, 0);
    }
}

bool blocked_has(const struct blocked *blocked, const uint64_t key[2])
{
    uint64_t number;
    bool met;
    return blocked->keys != NULL &&
           seen_find(blocked->replaceable, key, &number, &met) &&
           number != LET_GO;
}

int64_t blocked_replaceable(const struct blocked *blocked,
                            const uint64_t key[2], uint64_t content)
{
    uint64_t number = 0, waiting = 0;
    bool met;
    if (blocked->keys == NULL ||
        !seen_find(blocked->replaceable, key, &number, &met) ||
        !seen_find(blocked->keys, key, &waiting, &met) || number == LET_GO)
        return 0;
    return waiting == content ? 0 : (int64_t)number;
}

void blocked_let_go(struct blocked *blocked, const uint64_t key[2])
{
    seen_accept(blocked->replaceable, key, LET_GO);
}

/* Only what is still to be sent counts: what is done has its outcome. */
bool blocked_meets(const struct blocked *blocked, const struct batch *batch)
{
    if (blocked->keys == NULL)
        return false;
    for (uint32_t i = batch->part.at; i < batch->count; i++)
        if (blocked_has(blocked, batch->entries[i].key_hash))
            return true;
    return false;
}

/* A batch with the key twice would leave the order to the server, so it ends
 * before the second one. */
struct batch *blocked_put(struct blocked *blocked, const struct chunk *chunk,
                          const struct record *record)
{
    uint64_t content = 0;
    bool met;
    struct batch *full = NULL;
    if (seen_find(blocked->keys, record->key_hash, &content, &met) &&
        content == record->content)
        return NULL;
    if (blocked->waiting != NULL &&
        (!batch_takes(blocked->waiting, record) ||
         batch_holds(blocked->waiting, record->key_hash)))
        full = blocked_take(blocked);
    if (blocked->waiting == NULL)
        blocked->waiting = batch_pool_take(blocked->pool);
    batch_add(blocked->waiting, chunk, record);
    seen_accept(blocked->keys, record->key_hash, record->content);
    seen_accept(blocked->replaceable, record->key_hash, 0);
    return full;
}

struct batch *blocked_take(struct blocked *blocked)
{
    struct batch *batch = blocked->waiting;
    blocked->waiting = NULL;
    if (batch != NULL)
        batch_close(batch);
    return batch;
}
