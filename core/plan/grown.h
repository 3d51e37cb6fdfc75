/* grown.h: arrays that a plan grows while it is compiled. */
#ifndef FASTSYNC_PLAN_GROWN_H
#define FASTSYNC_PLAN_GROWN_H

#include <stdint.h>

#include "base/mem.h"

/* The array with room for `count` elements of `size` bytes. */
static inline void *grown(void *all, uint32_t count, uint32_t *cap, size_t size)
{
    if (count <= *cap)
        return all;
    *cap = count < 16 ? 16 : count * 2;
    return mem_resize(all, *cap * size);
}

#endif
