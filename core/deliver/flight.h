/* flight.h: one batch on its way: each from its first request to its outcome.
 *
 * A flight carries one batch at a time. It is free, waiting (for its time, or
 * for pace.h to let it go) or flying (a request is on its way). Nothing flies
 * that is not in the outbox. For the files of transfer alone. */
#ifndef FASTSYNC_DELIVER_FLIGHT_H
#define FASTSYNC_DELIVER_FLIGHT_H

#include "batch/pool.h"
#include "blocked.h"
#include "net/pace.h"
#include "outbox.h"
#include "server/session.h"

/* What a request asks that gives no record its outcome. */
enum trial { TRIAL_NONE, TRIAL_SYNC, TRIAL_READ };

struct flight {
    enum { FLIGHT_FREE, FLIGHT_WAITING, FLIGHT_FLYING } state;
    struct http_call call;
    struct batch *batch;
    unsigned tries;    /* of this part */
    unsigned number;   /* of the token it carries */
    unsigned refused;  /* times, for its token */
    bool failed;       /* the next try is a retry */
    double begun;      /* when this part was first sent; 0: not yet */
    double sent;       /* when its request was sent */
    double due;        /* not before */
    bool unsure;       /* of a request of its records the outcome is unknown */
    double failed_at;  /* when the server failed at the part last; 0: not yet */
    struct reply said; /* and its answer then, */
    bool counted;      /* which counts already */
    enum trial trial;  /* the next request asks whether it is well */
    unsigned trials;   /* of this batch so far, */
    unsigned asked;    /* and on behalf of this part */
    bool fresh;        /* the part's bytes are new: no answer from memory */
    struct buf trial_body;
};

/* All flights, and what they share. */
struct transfer {
    const struct config *config; /* borrowed, as the next four */
    struct batch_pool *pool;     /* where batches go in the end */
    struct outbox *outbox;
    struct blocked *blocked;
    struct ledger *ledger; /* counts requests, retries, tokens, splits */
    struct session session;
    struct pace pace;
    struct flight *flights;
    unsigned count;    /* twice what may fly: those that wait are posted, and */
                       /* one wait for the disk serves them all */
    unsigned together; /* so many wait for the disk together, if they come */
    double patience;   /* within so many seconds */
    uint32_t room;     /* records a request, after an answer 413; 0: any */
    unsigned lost;     /* batches of earlier runs given up, in a row */
    unsigned taken;    /* batches so far */
    bool ending;       /* nothing more is sent; only answers are waited for */
    double success_at; /* when a batch was accepted last */
    double said_at;    /* when a retry was said last, */
    char said[REPLY_TEXT];   /* and its reason */
    char reason[REPLY_TEXT]; /* why the last batch was given up */
};

/* A batch begins its way. */
void flight_begin(struct flight *flight, struct batch *batch);
/* The batch's next request, not before `due`. */
void flight_wait(struct flight *flight, double due);
/* The batch has left its flight, which is free; its memory is the pool's, and
 * as it was until the pool gives it out again. */
void flight_free(struct transfer *transfer, struct flight *flight);
/* When its part is tried for the last time. */
double flight_end(const struct transfer *transfer, const struct flight *flight);
/* Sends the batch's part; false: err, and the flight still has the batch. */
bool flight_send(struct transfer *transfer, struct flight *flight,
                 struct err *err);
/* Takes down, before a request goes, that nobody knows what becomes of it. */
bool flight_open(struct transfer *transfer, struct flight *flight,
                 struct err *err);
/* Its answer has come; the next write of the part takes it down. `known`: it
 * says what became of the request. */
void flight_close(struct flight *flight, bool known);

#endif
