/* bell.c: a condition, and what it is about. */
#include "bell.h"

void bell_init(struct bell *bell)
{
    pthread_mutex_init(&bell->lock, NULL);
    pthread_cond_init(&bell->heard, NULL);
    bell->rung = false;
}

void bell_release(struct bell *bell)
{
    pthread_cond_destroy(&bell->heard);
    pthread_mutex_destroy(&bell->lock);
}

void bell_ring(struct bell *bell)
{
    pthread_mutex_lock(&bell->lock);
    bell->rung = true;
    pthread_cond_signal(&bell->heard);
    pthread_mutex_unlock(&bell->lock);
}

void bell_wait(struct bell *bell)
{
    pthread_mutex_lock(&bell->lock);
    while (!bell->rung)
        pthread_cond_wait(&bell->heard, &bell->lock);
    bell->rung = false;
    pthread_mutex_unlock(&bell->lock);
}
