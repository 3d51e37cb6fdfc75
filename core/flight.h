/* flight.h: batches on their way: each from its first request to its outcome.
 *
 * A flight carries one batch at a time. It is free, flying (a request is on
 * its way) or waiting (for the time to try again). What its answers mean is
 * decided by reply.c; here it is done. Shared by delivery.c and flight.c
 * alone. */
#ifndef FASTSYNC_FLIGHT_H
#define FASTSYNC_FLIGHT_H

#include "batch.h"
#include "journal.h"
#include "judge.h"
#include "session.h"
#include "sink.h"

struct flight {
    enum { FLIGHT_FREE, FLIGHT_FLYING, FLIGHT_WAITING } state;
    struct http_call call;
    struct batch *batch;
    unsigned tries;
    unsigned number; /* of the token it carries */
    bool refused;    /* for its token, before */
    double begun;    /* when it was first sent */
    double due;      /* when to try again */
};

struct delivery {
    struct sink sink;
    const struct config *config;
    struct journal *journal; /* NULL: none */
    struct judge judge;
    struct session session;
    struct batch_limits limits;
    struct batch *forming, *spare; /* spare: a list */
    struct flight *flights;
    unsigned count;
    double send_at;    /* not before, for the sake of --rate */
    double success_at; /* when a batch was accepted last */
    double said_at;    /* when a retry was said last */
    bool ending;       /* nothing more is sent; what flies comes home */
    bool stopped;      /* by `stop` */
    struct err stop;
    char reason[REPLY_TEXT]; /* why the last batch was given up */
};

struct flight *flight_free(struct delivery *delivery);
bool flights_have(const struct delivery *delivery, int state);
/* Sends the batch for the first time. */
bool flight_start(struct delivery *delivery, struct flight *flight,
                  struct batch *batch, struct err *err);
/* Lets all flights go on, for `seconds` at most; does what their answers ask
 * for, and sends again what is due. */
bool flights_turn(struct delivery *delivery, double seconds, struct err *err);
/* Gives up the batches that wait: they stay pending. */
void flights_drop_waiting(struct delivery *delivery);

struct batch *delivery_batch(struct delivery *delivery); /* an empty one */

#endif
