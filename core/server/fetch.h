/* fetch.h: questions that change nothing, several at once: each is asked until
 * it has an answer that asking again would not change. Tokens, retries and
 * pace are those of a run. Sender's thread. */
#ifndef FASTSYNC_FETCH_H
#define FASTSYNC_FETCH_H

#include <stddef.h>

#include "net/pace.h"
#include "session.h"

struct question {
    struct buf body;    /* the request's */
    struct buf answer;  /* 1 MiB at most; larger is VERDICT_LARGE */
    struct reply reply; /* what it means */
};

/* Asks all of them, at most pace->max at once. EXIT_PENDING: one was asked for
 * retry_for seconds; EXIT_RIGHTS, EXIT_INTERRUPTED. */
bool fetch(struct session *session, struct pace *pace, const char *path,
           struct question *questions, size_t count, struct err *err);

#endif
