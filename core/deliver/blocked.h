/* blocked.h: keys whose records stay pending in this run, and the records that
 * wait for them.
 *
 * A batch that is given up stays in the outbox, and a later run sends it. What
 * comes for one of its keys meanwhile must not reach the server first: it is
 * put into a batch of its own, which goes into the outbox after that one.
 * Sender's thread. */
#ifndef FASTSYNC_DELIVER_BLOCKED_H
#define FASTSYNC_DELIVER_BLOCKED_H

#include "batch/pool.h"
#include "journal/seen.h"
#include "record.h"

struct blocked {
    struct batch_pool *pool;  /* borrowed */
    struct seen *accepted;    /* borrowed: what the server holds, as known */
    struct seen *keys;        /* NULL: none is blocked */
    struct seen *replaceable; /* of each, what blocked_replaceable says */
    struct seen *same; /* records that came and say what waits for their key */
    struct batch *waiting; /* being formed; NULL: none */
};

void blocked_init(struct blocked *blocked, struct batch_pool *pool,
                  struct seen *accepted);
void blocked_release(struct blocked *blocked);
/* No key is blocked any more; nothing may be waiting. */
void blocked_clear(struct blocked *blocked);

/* The batch stays pending: its keys, from the part on its way on, are blocked;
 * and where an earlier run left it, nobody knows what the server holds. */
void blocked_add(struct blocked *blocked, const struct batch *batch);
bool blocked_has(const struct blocked *blocked, const uint64_t key[2]);
/* Whether the batch has a blocked key. */
bool blocked_meets(const struct blocked *blocked, const struct batch *batch);

/* The number of the batch whose record waits, an earlier run's, where that is
 * all that waits for the key, each of its requests was answered, and this one
 * says something else; 0: it has to wait. */
int64_t blocked_replaceable(const struct blocked *blocked,
                            const uint64_t key[2], uint64_t content);
/* The key is blocked no longer. */
void blocked_let_go(struct blocked *blocked, const uint64_t key[2]);

/* Takes a record with a blocked key, unless the last one with it says the same.
 * Answers a batch, closed, that is full and goes into the outbox, or NULL. */
struct batch *blocked_put(struct blocked *blocked, const struct chunk *chunk,
                          const struct record *record);
/* A record that waited has its outcome: true, once, where the same came again
 * in this run, and was not put anywhere: it has that outcome, too. */
bool blocked_shares(struct blocked *blocked, const uint64_t key[2],
                    uint64_t content);
/* The batch that is not full, closed; NULL where nothing waits. */
struct batch *blocked_take(struct blocked *blocked);

#endif
