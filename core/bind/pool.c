/* pool.c: lists of freed blocks, and slabs to cut new ones from. */
#include "pool.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SLAB = 64 * 1024 };

static bool may_take(const struct pool *pool, size_t size, size_t most)
{
    return pool->taken <= most && size <= most - pool->taken;
}

/* Cuts a block from the slabs; what a slab has left when it is too short for
 * one stays unused, which is less than a block. */
static void *cut(struct pool *pool, size_t size, size_t most)
{
    if ((size_t)(pool->end - pool->at) < size) {
        char *slab = may_take(pool, SLAB, most) ? malloc(SLAB) : NULL;
        if (slab == NULL)
            return NULL;
        struct pool_block *head = (struct pool_block *)(void *)slab;
        head->next = pool->slabs;
        pool->slabs = head;
        pool->at = slab + POOL_STEP;
        pool->end = slab + SLAB;
        pool->taken += SLAB;
    }
    void *block = pool->at;
    pool->at += size;
    return block;
}

static void *take_large(struct pool *pool, void *at, size_t old_size,
                        size_t size, size_t most)
{
    bool grows = size > old_size;
    if (grows && !may_take(pool, size - old_size, most))
        return NULL;
    void *to = realloc(at, size);
    if (to != NULL)
        pool->taken = pool->taken - old_size + size;
    return to;
}

static void *take(struct pool *pool, size_t size, size_t most)
{
    if (size > POOL_LARGEST)
        return take_large(pool, NULL, 0, size, most);
    void *block = pool_again(pool, size);
    return block ? block : cut(pool, pool_list(size) * POOL_STEP, most);
}

void pool_free(struct pool *pool, void *at, size_t size)
{
    if (at == NULL)
        return;
    if (size > POOL_LARGEST) {
        pool->taken -= size;
        free(at);
        return;
    }
    struct pool_block *block = at;
    block->next = pool->free[pool_list(size)];
    pool->free[pool_list(size)] = block;
}

void *pool_resize(struct pool *pool, void *at, size_t old_size, size_t size,
                  size_t most)
{
    if (at == NULL)
        return take(pool, size, most);
    if (old_size > POOL_LARGEST && size > POOL_LARGEST)
        return take_large(pool, at, old_size, size, most);
    if (old_size <= POOL_LARGEST && size <= POOL_LARGEST &&
        pool_list(old_size) == pool_list(size))
        return at;
    void *to = take(pool, size, size > old_size ? most : SIZE_MAX);
    if (to == NULL)
        return NULL;
    memcpy(to, at, old_size < size ? old_size : size);
    pool_free(pool, at, old_size);
    return to;
}

void pool_release(struct pool *pool)
{
    while (pool->slabs != NULL) {
        struct pool_block *next = pool->slabs->next;
        free(pool->slabs);
        pool->slabs = next;
    }
    *pool = (struct pool){0};
}
