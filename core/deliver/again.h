/* again.h: an answer that is none about the records, or none at all: the part
 * is sent again, later or with another token, until its time is over. For the
 * files of transfer, but for again_is_lost. */
#ifndef FASTSYNC_DELIVER_AGAIN_H
#define FASTSYNC_DELIVER_AGAIN_H

#include "outcome.h"

/* With another token. What outcome.c carries out; false: err, and the run
 * stops. */
bool again_renew(struct transfer *transfer, struct flight *flight,
                 const struct reply *reply, struct outcome *outcome,
                 struct err *err);
/* When retry.h and the server say; false: err, and the run stops. */
bool again_later(struct transfer *transfer, struct flight *flight,
                 const struct reply *reply, struct err *err);
/* Takes down that a request failed; what follows is not known yet. */
void again_failed(struct transfer *transfer, const struct flight *flight,
                  const struct reply *reply, double now);
/* Whether a batch of an earlier run is not even tried for now, as so many
 * before it got no answer; its keys are blocked then. */
bool again_is_lost(struct transfer *transfer, const struct batch *batch);

#endif
