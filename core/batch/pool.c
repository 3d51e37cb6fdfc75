/* pool.c: a stack: the batch that was used last is the one that the caches
 * still hold. It is emptied when it is taken: until then whoever gave it back
 * may look at it once more. */
#include "pool.h"

struct batch *batch_pool_take(struct batch_pool *pool)
{
    struct batch *batch = pool->spare;
    if (batch == NULL)
        return batch_new(&pool->limits);
    pool->spare = batch->next;
    batch_clear(batch);
    return batch;
}

void batch_pool_give(struct batch_pool *pool, struct batch *batch)
{
    batch->next = pool->spare;
    pool->spare = batch;
}

void batch_pool_release(struct batch_pool *pool)
{
    while (pool->spare != NULL) {
        struct batch *next = pool->spare->next;
        batch_free(pool->spare);
        pool->spare = next;
    }
}
