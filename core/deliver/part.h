/* part.h: what delivery's own files share. */
#ifndef FASTSYNC_DELIVERY_PART_H
#define FASTSYNC_DELIVERY_PART_H

#include "delivery.h"
#include "flight.h"

/* Remembers why it stopped; answers false. */
bool delivery_stop(struct delivery *delivery, const struct err *err);
/* A flight that may take the batch, when there is one; NULL: the run ends
 * instead. */
struct flight *delivery_await(struct delivery *delivery,
                              const struct batch *batch, struct err *err);
/* Brings home what flies; what waits, too, unless the run is ending. */
void delivery_bring_home(struct delivery *delivery);

/* Puts a closed batch into the outbox without sending it: for now, for a later
 * run, or (a guard stopped this one) not at all. */
bool delivery_leave(struct delivery *delivery, struct batch *batch,
                    struct err *err);
/* What of this run went there and is not to be sent in it leaves the outbox. */
bool delivery_take_back(struct delivery *delivery, struct err *err);
/* Whether the batch holds a key of one that stays pending: then it stays as
 * well, and its keys are held, too. */
bool delivery_stays(struct delivery *delivery, const struct batch *batch);
/* Whether a batch with this key stays pending in this run. */
bool delivery_is_held(const struct delivery *delivery,
                      const struct record *record);
/* Such a record goes into the outbox behind that batch, unless it says the
 * same. */
bool delivery_put_behind(struct delivery *delivery, const struct chunk *chunk,
                         const struct record *record, struct err *err);
bool delivery_leave_behind(struct delivery *delivery, struct err *err);
/* Sends the outbox's batches behind a number. */
bool delivery_send_outbox(struct delivery *delivery, int64_t after,
                          bool resumed, struct err *err);
/* Which of those have come again among the chunk's rejects. */
void delivery_note_rejects(struct delivery *delivery,
                           const struct chunk *chunk);
/* Refused records of earlier runs that have not come again go to the rejects
 * file. */
bool delivery_pay(struct delivery *delivery, struct err *err);

/* The guards: at the start, behind a chunk, and behind the last. */
bool delivery_guard_begin(struct delivery *delivery,
                          const struct delivery_plan *plan, struct err *err);
bool delivery_guard(struct delivery *delivery, struct err *err);
bool delivery_guard_end(struct delivery *delivery, struct err *err);

#endif
