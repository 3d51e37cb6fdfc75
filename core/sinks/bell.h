/* bell.h: what a sink without a network waits for: the pipeline rings when a
 * chunk is mapped. A ring that nobody waits for is not lost. */
#ifndef FASTSYNC_SINKS_BELL_H
#define FASTSYNC_SINKS_BELL_H

#include <pthread.h>
#include <stdbool.h>

struct bell {
    pthread_mutex_t lock; /* of `rung` */
    pthread_cond_t heard;
    bool rung;
};

void bell_init(struct bell *bell);
void bell_release(struct bell *bell);
/* From any thread. */
void bell_ring(struct bell *bell);
void bell_wait(struct bell *bell);

#endif
