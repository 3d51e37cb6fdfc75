/* ahead.c: blocks that go round between two threads: empty ones to the thread
 * that reads, filled ones to the owner. */
#include "ahead.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/queue.h"

enum { BLOCKS = 4 };

struct xlsx_ahead {
    struct xlsx_plain *plain;
    bool threaded;
    pthread_t thread;
    struct buf blocks[BLOCKS];
    struct queue empty, filled;
    bool failed; /* with err: the thread's, until `filled` is closed */
    struct err err;
};

static void *read_ahead(void *self)
{
    struct xlsx_ahead *ahead = self;
    struct buf *block;
    bool good = true;
    while ((block = queue_take(&ahead->empty)) != NULL) {
        buf_clear(block);
        good =
            xlsx_plain_read(ahead->plain, block, xlsx_plain_step, &ahead->err);
        if (!good || block->len == 0 || !queue_put(&ahead->filled, block))
            break;
    }
    ahead->failed = !good;
    queue_close(&ahead->filled);
    return NULL;
}

struct xlsx_ahead *xlsx_ahead_open(struct xlsx_plain *plain, uint64_t size,
                                   thread_starter *start)
{
    struct xlsx_ahead *ahead = mem_zero(1, sizeof *ahead);
    struct err err;
    ahead->plain = plain;
    queue_init(&ahead->empty, BLOCKS);
    queue_init(&ahead->filled, BLOCKS);
    for (unsigned i = 0; i < BLOCKS; i++)
        queue_put(&ahead->empty, &ahead->blocks[i]);
    ahead->threaded = start != NULL && size / BLOCKS > xlsx_plain_step &&
                      start(&ahead->thread, read_ahead, ahead, &err);
    return ahead;
}

void xlsx_ahead_close(struct xlsx_ahead *ahead)
{
    queue_close(&ahead->empty);
    queue_close(&ahead->filled);
    if (ahead->threaded)
        pthread_join(ahead->thread, NULL);
    for (unsigned i = 0; i < BLOCKS; i++)
        buf_release(&ahead->blocks[i]);
    queue_release(&ahead->empty);
    queue_release(&ahead->filled);
    free(ahead);
}

bool xlsx_ahead_read(struct xlsx_ahead *ahead, struct buf *into, size_t want,
                     struct err *err)
{
    size_t from = into->len;
    struct buf *block;
    if (!ahead->threaded)
        return xlsx_plain_read(ahead->plain, into, want, err);
    while (into->len - from < want &&
           (block = queue_take(&ahead->filled)) != NULL) {
        buf_add(into, block->at, block->len);
        queue_put(&ahead->empty, block);
    }
    if (into->len > from || !ahead->failed)
        return true;
    *err = ahead->err;
    return false;
}
