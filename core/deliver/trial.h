/* trial.h: is the server well, where nothing else tells?
 *
 * A batch that the server fails at, with no other that passes: either it cannot
 * take these records, or it takes none at all. A trial is one more request:
 * another record of the batch, alone, which the server stores by its key as it
 * will again with its part; or, where no other is left or each has been tried,
 * a reading. No record
 * gets its outcome by it. For the files of transfer alone. */
#ifndef FASTSYNC_DELIVER_TRIAL_H
#define FASTSYNC_DELIVER_TRIAL_H

#include "flight.h"

/* What the flight's next request is to ask; TRIAL_NONE: nothing that would
 * tell. */
enum trial trial_choose(const struct transfer *transfer,
                        const struct flight *flight);
/* Makes bytes that no run has sent: the server is not to answer from memory. No
 * batch's number is as large. */
uint64_t trial_salt(struct session *session);
/* Sends it; false: err. */
bool trial_send(struct transfer *transfer, struct flight *flight,
                struct err *err);
/* Whether its answer says that the server is well. */
bool trial_passed(const struct flight *flight, const struct reply *reply);

#endif
