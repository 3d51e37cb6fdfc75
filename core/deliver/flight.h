/* flight.h: batches on their way: each from its first request to its outcome.
 *
 * A flight carries one batch at a time. It is free, waiting (for its time, or
 * for pace.h to let it go) or flying (a request is on its way). What its
 * answers mean is decided by reply.c, which records go next by isolate.c; here
 * it is done, and written down. Nothing flies that is not in the outbox.
 * Shared by the files of flight and delivery alone. */
#ifndef FASTSYNC_FLIGHT_H
#define FASTSYNC_FLIGHT_H

#include "batch/batch.h"
#include "guard.h"
#include "journal/journal.h"
#include "judge.h"
#include "net/pace.h"
#include "server/session.h"
#include "sink.h"

struct flight {
    enum { FLIGHT_FREE, FLIGHT_WAITING, FLIGHT_FLYING } state;
    struct http_call call;
    struct batch *batch;
    unsigned tries;   /* of this part */
    unsigned number;  /* of the token it carries */
    unsigned refused; /* times, for its token */
    bool failed;      /* the next try is a retry */
    double begun;     /* when this part was first sent; 0: not yet */
    double sent;      /* when its request was sent */
    double due;       /* not before */
};

struct delivery {
    struct sink sink;
    const struct config *config;
    struct journal *journal; /* NULL: none */
    struct judge judge;
    struct session session;
    struct batch_limits limits;
    struct batch *forming, *spare; /* spare: a list */
    struct batch *behind;          /* records that wait for pending ones */
    struct flight *flights;
    unsigned count; /* twice what may fly: those that wait are posted, and */
                    /* one wait for the disk serves them all */
    struct pace pace;
    uint32_t room;         /* records a request, behind an answer 413; 0: any */
    struct ledger resumed; /* of what earlier runs left pending */
    uint64_t unsaid[2];    /* accepted, not committed yet; [1]: resumed */
    uint64_t undone;       /* journal_undone as of then */
    int64_t
        *left; /* numbers of what went into the outbox, unsent, in this run */
    size_t left_count;
    struct seen *held; /* keys that stay pending in this run; NULL: none */
    struct unreported *owed; /* refused records that rejects do not tell of yet */
    size_t owed_count;
    struct guard guard;
    unsigned lost;       /* resumed batches given up, in a row */
    bool holding;        /* nothing may be sent yet */
    int64_t held_behind; /* the outbox's last number before that */
    double success_at;   /* when a batch was accepted last */
    double said_at;      /* when a retry was said last */
    bool ending;         /* nothing more is sent; what flies comes home */
    bool stopped;        /* by `stop` */
    struct err stop;
    char reason[REPLY_TEXT]; /* why the last batch was given up */
};

/* A guard has stopped the run: what was not sent is not to be. */
static inline bool delivery_guarded(const struct delivery *delivery)
{
    return delivery->stopped && delivery->stop.code == EXIT_GUARD;
}

struct flight *flight_free(struct delivery *delivery);
bool flights_have(const struct delivery *delivery, int state);
/* Puts the batch into the outbox if it is not there yet, and sends it as soon
 * as it may go. */
bool flight_start(struct delivery *delivery, struct flight *flight,
                  struct batch *batch, struct err *err);
/* Lets all flights go on, for `seconds` at most; does what their answers ask
 * for, writes down the outcomes, and sends what may go. */
bool flights_turn(struct delivery *delivery, double seconds, struct err *err);
/* Gives up the batches that wait: they stay pending; behind a guard's stop they
 * leave the outbox, as far as they have never been sent. */
bool flights_drop_waiting(struct delivery *delivery, struct err *err);

/* The batch has left its flight. */
void flight_land(struct delivery *delivery, struct flight *flight);
/* The batch's next request, not before `due`. */
void flight_wait(struct flight *flight, double due);
/* What an answer says is done: flight_settle of flight_outcome.c. */
bool flight_settle(struct delivery *delivery, struct flight *flight,
                   struct err *err);
/* Writes down; what was accepted counts from here on. */
bool delivery_commit(struct delivery *delivery, struct err *err);

struct batch *delivery_batch(struct delivery *delivery); /* an empty one */
void delivery_spare(struct delivery *delivery, struct batch *batch);
/* Whether a resumed batch is not even tried for now, as so many before it got
 * no answer; its keys are held then. */
bool delivery_is_lost(struct delivery *delivery, const struct batch *batch);
/* The batch stays pending in this run: nothing may overtake its records. */
void delivery_hold_keys(struct delivery *delivery, const struct batch *batch);

#endif
