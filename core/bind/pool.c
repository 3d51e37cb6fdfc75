/* pool.c: lists of freed blocks, and slabs to cut new ones from. */
#include "pool.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SLAB = 64 * 1024 };

static bool may_take(const struct pool *pool, size_t size, size_t max)
{
    return pool->taken <= max && size <= max - pool->taken;
}

/* Cuts a block from the slabs; what a slab has left when it is too short for
 * one stays unused, which is less than a block. */
static void *cut(struct pool *pool, size_t size, size_t max)
{
    if ((size_t)(pool->end - pool->at) < size) {
        char *slab = may_take(pool, SLAB, max) ? malloc(SLAB) : NULL;
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

/* Large blocks are the system's, which gives their memory back; they are few.
 */
static void *take_large(struct pool *pool, void *at, size_t old_size,
                        size_t size, size_t max)
{
    bool grows = size > old_size;
    if (grows && !may_take(pool, size - old_size, max))
        return NULL;
    void *to = realloc(at, size);
    if (to != NULL)
        pool->taken = pool->taken - old_size + size;
    return to;
}

static void *take(struct pool *pool, size_t size, size_t max)
{
    if (size > POOL_LARGEST)
        return take_large(pool, NULL, 0, size, max);
    void *block = pool_again(pool, size);
    return block ? block : cut(pool, pool_list(size) * POOL_STEP, max);
}

/* A small block goes to the list of its size and never back to the system:
 * rows take the same few sizes again and again. */
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

/* Shrinking may not fail (Lua takes that for granted), so it is not counted
 * against the cap. */
void *pool_resize(struct pool *pool, void *at, size_t old_size, size_t size,
                  size_t max)
{
    if (at == NULL)
        return take(pool, size, max);
    if (old_size > POOL_LARGEST && size > POOL_LARGEST)
        return take_large(pool, at, old_size, size, max);
    if (old_size <= POOL_LARGEST && size <= POOL_LARGEST &&
        pool_list(old_size) == pool_list(size))
        return at;
    void *to = take(pool, size, size > old_size ? max : SIZE_MAX);
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
