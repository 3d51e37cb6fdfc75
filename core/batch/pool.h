/* pool.h: batches that are used again, with the memory they have. Owns those
 * that are given back; one owner. */
#ifndef FASTSYNC_BATCH_POOL_H
#define FASTSYNC_BATCH_POOL_H

#include "batch.h"

struct batch_pool {
    struct batch_limits limits; /* of all its batches */
    struct batch *spare;        /* a list by `next` */
};

struct batch *batch_pool_take(struct batch_pool *pool); /* an empty one */
void batch_pool_give(struct batch_pool *pool, struct batch *batch);
void batch_pool_release(struct batch_pool *pool);

#endif
