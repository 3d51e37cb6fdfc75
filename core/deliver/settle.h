/* settle.h: an answer about the records themselves: they leave with an outcome,
 * or go on in smaller parts. Each of these may free the flight. For the files
 * of transfer alone. */
#ifndef FASTSYNC_DELIVER_SETTLE_H
#define FASTSYNC_DELIVER_SETTLE_H

#include "outcome.h"

/* What outcome.c carries out; false: err, and the run stops. */
bool settle_accepted(struct transfer *transfer, struct flight *flight,
                     const struct reply *reply, struct outcome *outcome,
                     struct err *err);
bool settle_refused(struct transfer *transfer, struct flight *flight,
                    const struct reply *reply, struct outcome *outcome,
                    struct err *err);
bool settle_large(struct transfer *transfer, struct flight *flight,
                  const struct reply *reply, struct outcome *outcome,
                  struct err *err);
/* The part is one record, and a bad one: `why`, and the reply's words. */
bool settle_rejected(struct transfer *transfer, struct flight *flight,
                     const char *why, const struct reply *reply,
                     struct outcome *outcome, struct err *err);
/* The part has been made smaller. */
bool settle_split(struct transfer *transfer, struct flight *flight,
                  struct err *err);
/* The server is there, whatever it says. */
void settle_answered(struct transfer *transfer);

#endif
