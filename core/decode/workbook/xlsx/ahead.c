/* ahead.c: a ring of blocks between two threads. */
#include "ahead.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/thread.h"

enum { BLOCKS = 4 };

struct xlsx_ahead {
    struct xlsx_plain *plain;
    bool threaded;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    /* What follows is looked at under the lock; a block is whose turn it is:
     * the owner's from `taken` on, the thread's from `filled` on. */
    struct buf blocks[BLOCKS];
    unsigned filled, taken;
    bool ended, failed, stopped;
    struct err err;
};

/* The next block that may be filled; NULL: nobody wants it. */
static struct buf *next_block(struct xlsx_ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    while (!ahead->stopped && ahead->filled - ahead->taken == BLOCKS)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    struct buf *block =
        ahead->stopped ? NULL : &ahead->blocks[ahead->filled % BLOCKS];
    pthread_mutex_unlock(&ahead->lock);
    return block;
}

static void *read_ahead(void *self)
{
    struct xlsx_ahead *ahead = self;
    struct buf *block;
    bool ended = false;
    while (!ended && (block = next_block(ahead)) != NULL) {
        struct err err = {.text = ""};
        buf_clear(block);
        bool good = xlsx_plain_read(ahead->plain, block, xlsx_plain_step, &err);
        ended = !good || block->len == 0;
        pthread_mutex_lock(&ahead->lock);
        ahead->failed = !good;
        ahead->err = err;
        ahead->ended = ended;
        ahead->filled += !ended;
        pthread_cond_signal(&ahead->changed);
        pthread_mutex_unlock(&ahead->lock);
    }
    return NULL;
}

struct xlsx_ahead *xlsx_ahead_open(struct xlsx_plain *plain, uint64_t size)
{
    struct xlsx_ahead *ahead = mem_zero(1, sizeof *ahead);
    struct err err;
    ahead->plain = plain;
    pthread_mutex_init(&ahead->lock, NULL);
    pthread_cond_init(&ahead->changed, NULL);
    ahead->threaded = size / BLOCKS > xlsx_plain_step &&
                      thread_start(&ahead->thread, read_ahead, ahead, &err);
    return ahead;
}

static void stop(struct xlsx_ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    ahead->stopped = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    pthread_join(ahead->thread, NULL);
}

void xlsx_ahead_close(struct xlsx_ahead *ahead)
{
    if (ahead->threaded)
        stop(ahead);
    for (unsigned i = 0; i < BLOCKS; i++)
        buf_release(&ahead->blocks[i]);
    pthread_cond_destroy(&ahead->changed);
    pthread_mutex_destroy(&ahead->lock);
    free(ahead);
}

/* The next block that was filled, once there is one; NULL: there is none. */
static const struct buf *wait_block(struct xlsx_ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    while (ahead->filled == ahead->taken && !ahead->ended)
        pthread_cond_wait(&ahead->changed, &ahead->lock);
    const struct buf *block = ahead->filled == ahead->taken
                                  ? NULL
                                  : &ahead->blocks[ahead->taken % BLOCKS];
    pthread_mutex_unlock(&ahead->lock);
    return block;
}

static void give_back(struct xlsx_ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    ahead->taken++;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
}

bool xlsx_ahead_read(struct xlsx_ahead *ahead, struct buf *into, size_t want,
                     struct err *err)
{
    size_t from = into->len;
    const struct buf *block;
    if (!ahead->threaded)
        return xlsx_plain_read(ahead->plain, into, want, err);
    while (into->len - from < want && (block = wait_block(ahead)) != NULL) {
        buf_add(into, block->at, block->len);
        give_back(ahead);
    }
    /* At its end, the thread writes nothing any more. */
    if (into->len > from || !ahead->failed)
        return true;
    *err = ahead->err;
    return false;
}
