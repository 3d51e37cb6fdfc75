/* outcome.h: what became of records, as the transfer tells it to whoever gave
 * it their batch. */
#ifndef FASTSYNC_DELIVER_OUTCOME_H
#define FASTSYNC_DELIVER_OUTCOME_H

#include "flight.h"

/* The batch is borrowed until the next call of the transfer. */
struct outcome {
    enum {
        OUTCOME_NONE,     /* no record has its outcome by this answer */
        OUTCOME_ACCEPTED, /* [from, upto) */
        OUTCOME_REJECTED, /* the one at `from`; `reason` says why */
    } what;
    const struct batch *batch;
    uint32_t from, upto;
    bool failed; /* rejected, and no refusal: the server fails at it */
    char reason[REPLY_TEXT + 64];
};

/* An answer has come to the flight: does what it asks for, and says what became
 * of the records. Anything else than an outcome goes on by itself: the part is
 * sent again, in smaller parts, or stays in the outbox. False: the run stops.
 */
bool outcome_settle(struct transfer *transfer, struct flight *flight,
                    struct outcome *outcome, struct err *err);

#endif
