/* pool.h: small blocks of memory for one Lua state.
 *
 * A row makes some dozens of short strings and a table, and drops them again.
 * Lua says the size of what it gives back, so blocks need no head: a freed one
 * goes to the list of its size, rounded up to sixteen bytes, and is the next
 * one handed out. What is too large for the lists goes to malloc. The memory
 * of the lists is kept until the pool is released. One state, one thread. */
#ifndef FASTSYNC_BIND_POOL_H
#define FASTSYNC_BIND_POOL_H

#include <stddef.h>

enum { POOL_STEP = 16, POOL_LARGEST = 1024 };

struct pool_block {
    struct pool_block *next;
};

struct pool {
    struct pool_block *free[POOL_LARGEST / POOL_STEP + 1]; /* by size */
    char *at, *end;           /* what is left of the newest slab */
    struct pool_block *slabs; /* all of them */
    size_t taken;             /* bytes had of the system, freed ones too */
};

/* As realloc and free, with the old size given; `size` is not 0. NULL: the
 * system has no more, or growing would take more than `max` bytes of it. */
void *pool_resize(struct pool *pool, void *at, size_t old_size, size_t size,
                  size_t max);
void pool_free(struct pool *pool, void *at, size_t size);
void pool_release(struct pool *pool); /* all that was handed out is void */

static inline size_t pool_list(size_t size)
{
    return (size + POOL_STEP - 1) / POOL_STEP;
}

/* A freed block of this size, or NULL: there is none, or it is too large. */
static inline void *pool_again(struct pool *pool, size_t size)
{
    struct pool_block *block =
        size <= POOL_LARGEST ? pool->free[pool_list(size)] : NULL;
    if (block != NULL)
        pool->free[pool_list(size)] = block->next;
    return block;
}

#endif
