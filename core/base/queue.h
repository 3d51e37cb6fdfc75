/* queue.h: a bounded queue of pointers between threads.
 *
 * Passing a pointer passes what it points to: the giver keeps none. First in,
 * first out. `queue_close` lets what is inside be taken and then ends every
 * waiter; nothing can be put into a closed queue. Any number of threads. */
#ifndef FASTSYNC_QUEUE_H
#define FASTSYNC_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct queue {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    pthread_cond_t emptied;
    void **slots;
    size_t size;
    size_t first;
    size_t count;
    bool closed;
};

void queue_init(struct queue *queue, size_t size);
void queue_release(struct queue *queue); /* no thread may be inside */

/* Waits while the queue is full; false when it is closed (the pointer stays
 * the caller's). */
bool queue_put(struct queue *queue, void *pointer);
/* Waits while the queue is empty; NULL when it is closed and empty. */
void *queue_take(struct queue *queue);
/* Takes without waiting; NULL when there is nothing now. */
void *queue_try(struct queue *queue);
void queue_close(struct queue *queue);

#endif
