/* sending.h: the delivery's state, and the steps that its parts share: batches
 * formed, sent, and left. For the files of delivery alone. */
#ifndef FASTSYNC_DELIVER_SENDING_H
#define FASTSYNC_DELIVER_SENDING_H

#include "deduplicate.h"
#include "guard.h"
#include "sink.h"
#include "transfer.h"
#include "unreported.h"

/* A pending record whose newer version goes instead (replacing.h). */
struct replaced {
    int64_t posted; /* its batch */
    uint64_t key[2];
};

struct delivery {
    struct sink sink;
    const struct config *config;
    struct deduplicator deduplicator;
    struct batch_pool pool;
    struct outbox outbox;
    struct blocked blocked;
    struct transfer transfer;
    struct unreported_list unreported;
    struct ledger resumed; /* of what earlier runs left pending, */
    int64_t resumed_last;  /* up to this number of the outbox; 0: nothing */
    bool resumed_proven;   /* the server has taken some of it */
    struct guard guard;
    bool guarding;         /* nothing may be sent before it is content */
    bool foreseen;         /* it has seen what a first pass counted */
    uint64_t foretold;     /* rejects so far that it counted */
    int64_t guarded_after; /* the outbox's last number before that */
    struct batch *forming;
    struct replaced *replaced; /* of what is formed, or guarded */
    size_t replaced_count;
    size_t replaced_posted; /* of them, whose newer ones are in the outbox */
    bool replaces; /* some have been: what is in the outbox stays there */
    bool stopped;  /* by `stop` */
    struct err stop;
};

/* Remembers why it stopped; answers false. */
bool delivery_stop(struct delivery *delivery, const struct err *err);
/* A guard has stopped the run: what was not sent is not to be. */
bool delivery_is_guarded(const struct delivery *delivery);
enum { DELIVERY_TURN = 1 }; /* seconds, where something may come any time */
/* Lets requests go on, for `seconds` at most; does what their answers ask for,
 * writes down the outcomes, and sends what may go. */
bool delivery_turn(struct delivery *delivery, double seconds, struct err *err);
/* Waits for all that flies; and, unless the run is ending, for all that
 * waits. */
void delivery_drain(struct delivery *delivery);

/* Sends the batch being formed, or leaves it in the outbox: in any case a new
 * one is formed from here on. */
bool delivery_send_forming(struct delivery *delivery, struct err *err);
/* Puts a closed batch into the outbox without sending it: for now, for a later
 * run, or (a guard stopped this one) not at all. */
bool delivery_leave(struct delivery *delivery, struct batch *batch,
                    struct err *err);
/* Sends the outbox's batches after a number. */
bool delivery_send_outbox(struct delivery *delivery, int64_t after,
                          struct err *err);
/* Once more, when nothing is on its way: those of earlier runs, and those that
 * this run has left because of them. */
bool delivery_send_again(struct delivery *delivery, struct err *err);
/* A body was made. */
void delivery_count(struct delivery *delivery, const struct batch *batch);

#endif
