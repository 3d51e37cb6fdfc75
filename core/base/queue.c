/* queue.c: a ring under one lock. Chunks are large, so that the lock is taken
 * a few thousand times a second at most and nothing cleverer would show. */
#include "queue.h"

#include <stdlib.h>

#include "mem.h"

void queue_init(struct queue *queue, size_t size)
{
    *queue = (struct queue){.size = size};
    queue->slots = mem_zero(size, sizeof *queue->slots);
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->filled, NULL);
    pthread_cond_init(&queue->emptied, NULL);
}

void queue_release(struct queue *queue)
{
    pthread_cond_destroy(&queue->emptied);
    pthread_cond_destroy(&queue->filled);
    pthread_mutex_destroy(&queue->lock);
    free(queue->slots);
}

bool queue_put(struct queue *queue, void *pointer)
{
    pthread_mutex_lock(&queue->lock);
    while (queue->count == queue->size && !queue->closed)
        pthread_cond_wait(&queue->emptied, &queue->lock);
    bool open = !queue->closed;
    /* One pointer more is worth one taker: the others would wake in vain. */
    if (open) {
        size_t slot = (queue->first + queue->count++) % queue->size;
        queue->slots[slot] = pointer;
        pthread_cond_signal(&queue->filled);
    }
    pthread_mutex_unlock(&queue->lock);
    return open;
}

static void *take(struct queue *queue, bool wait)
{
    void *pointer = NULL;
    pthread_mutex_lock(&queue->lock);
    while (wait && queue->count == 0 && !queue->closed)
        pthread_cond_wait(&queue->filled, &queue->lock);
    if (queue->count > 0) {
        pointer = queue->slots[queue->first];
        queue->first = (queue->first + 1) % queue->size;
        queue->count--;
        pthread_cond_signal(&queue->emptied);
    }
    pthread_mutex_unlock(&queue->lock);
    return pointer;
}

void *queue_take(struct queue *queue)
{
    return take(queue, true);
}

void *queue_try(struct queue *queue)
{
    return take(queue, false);
}

void queue_close(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->closed = true;
    /* All who wait, on both sides: none of them gets what it waits for. */
    pthread_cond_broadcast(&queue->filled);
    pthread_cond_broadcast(&queue->emptied);
    pthread_mutex_unlock(&queue->lock);
}
