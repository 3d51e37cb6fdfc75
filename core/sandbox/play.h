/* play.h: a request answered with a fault. */
#ifndef FASTSYNC_SANDBOX_PLAY_H
#define FASTSYNC_SANDBOX_PLAY_H

#include "fast.h"

/* A path of the server: what answers there, and which call that is. */
struct route {
    const char *path;
    const char *method;
    enum fault_call call;
    void (*answer)(struct fast *fast, const struct fast_request *request,
                   struct fast_answer *answer);
};

/* Answers as the route does, but for the fault that was drawn. */
void fast_play(struct fast *fast, const struct route *route,
               const struct fast_request *request,
               const struct fault_draw *draw, struct fast_answer *answer);

#endif
