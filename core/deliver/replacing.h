/* replacing.h: a newer version in the place of a pending one.
 *
 * What waits in the outbox goes before what comes later, as a request of it may
 * still arrive. Where each was answered, and with failure, none will: then a
 * newer version of such a record goes, and the older one leaves the outbox. It
 * leaves just before the newer one is sent, and stays where that never comes to
 * pass; from then on no guard takes the newer one out. For the files of
 * delivery alone. */
#ifndef FASTSYNC_DELIVER_REPLACING_H
#define FASTSYNC_DELIVER_REPLACING_H

#include "sending.h"

/* Of a record whose key is blocked: true: it may be sent, in the place of the
 * one that waits. */
bool replacing_take(struct delivery *delivery, const struct record *record);
/* The newer versions of the first `count` that were taken are about to be sent.
 */
bool replacing_apply(struct delivery *delivery, size_t count, struct err *err);
/* The same for a batch that is in the outbox itself, and is about to be sent:
 * takes out what it replaces, if that is all that it would wait for. */
bool replacing_posted(struct delivery *delivery, const struct batch *batch,
                      struct err *err);

#endif
