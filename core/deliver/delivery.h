/* delivery.h: the sink that sends: batches to Fast, outcomes to the journal.
 *
 * It is made of owners that call downward only: deduplicate says what is new;
 * the batch being formed goes to transfer, which carries it; what is written
 * down stands in outbox; blocked keeps order where something stays pending; and
 * guard stops before harm. What earlier runs left pending goes first, byte for
 * byte. Ends early, when all that is in flight is answered, if the run is
 * interrupted. Sender's thread. */
#ifndef FASTSYNC_DELIVERY_H
#define FASTSYNC_DELIVERY_H

#include "config/config.h"
#include "rejects/rejects.h"
#include "script/script.h"
#include "sink.h"

struct journal;

/* All borrowed until the sink is freed. */
struct delivery_options {
    const struct config *config; /* one that config_connect has accepted */
    const struct mapping *mapping;
    struct journal *journal; /* NULL: none (nothing is remembered) */
    const char *source;      /* of the run (journal_run_begin), or NULL; read */
                             /* by delivery_new alone */
    struct rejects *rejects;
    const char *state; /* folder of the journal, for corrected rows; or NULL */
    struct last *last; /* duplicates = "last", its first pass done before rows
                          come; or NULL */
    bool only_resume;  /* no token before there is something to send */
};

/* NULL: err. Takes a token at once, so that wrong credentials (EXIT_RIGHTS),
 * a server that is not there (EXIT_PENDING) or is not Fast (EXIT_USAGE) are
 * said before any row is mapped.
 *
 * What stops it later: EXIT_RIGHTS; EXIT_USAGE for what only another
 * configuration mends (a run that has had records accepted by its end says
 * EXIT_PENDING instead); EXIT_PENDING when a batch was tried for retry_for
 * seconds and none was accepted meanwhile. Otherwise such a batch stays
 * pending, and the others go on. EXIT_GUARD: guard.h. */
struct sink *delivery_new(const struct delivery_options *options,
                          struct err *err);

/* Sends what earlier runs left in the outbox; then the sink takes chunks, or
 * is finished. False: the run stops, for the same reasons. A batch that its
 * time runs out for stays pending, and nothing overtakes its records. Then
 * sink->resumed tells: `rows` are the records that were found pending, or
 * refused and not yet reported; `duplicate`, those of the refused ones that
 * come again in this run. */
bool delivery_resume(struct sink *sink, struct err *err);

#endif
