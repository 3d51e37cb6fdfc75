/* guarding.h: nothing is sent before the guards are content. Until then batches
 * wait in the outbox, marked as guarded; then they go from there, or are
 * dropped. Without a journal nothing can wait, and the guards only stop. For
 * the files of delivery alone. */
#ifndef FASTSYNC_DELIVER_GUARDING_H
#define FASTSYNC_DELIVER_GUARDING_H

#include "delivery.h"
#include "sending.h"

/* At the start, after a chunk, and after the last. False: the run stops. */
bool guarding_begin(struct delivery *delivery,
                    const struct delivery_options *options, struct err *err);
bool guarding_check(struct delivery *delivery, struct err *err);
bool guarding_end(struct delivery *delivery, struct err *err);

#endif
