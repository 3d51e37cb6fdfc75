/* delivery.h: the sink that sends: batches to Fast, outcomes to the journal.
 *
 * batch makes bodies, session carries them, reply judges the answers, isolate
 * says which records go next, retry and pace when; journal and ledger write
 * down, guard stops before harm. What earlier runs left pending goes first,
 * byte for byte. Ends early, with all that is in flight brought home, when
 * the run is interrupted (interrupt.h). Sender's thread. */
#ifndef FASTSYNC_DELIVERY_H
#define FASTSYNC_DELIVERY_H

#include "config/config.h"
#include "rejects/rejects.h"
#include "script/script.h"
#include "sink.h"

struct journal;

/* All borrowed until the sink is freed. */
struct delivery_plan {
    const struct config *config; /* behind config_connect */
    const struct mapping *mapping;
    struct journal *journal; /* NULL: none (nothing is remembered) */
    const char *source;      /* of the run (journal_run_begin), or NULL; read */
                             /* by delivery_new alone */
    struct rejects *rejects;
    bool only_resume; /* no token before there is something to send */
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
struct sink *delivery_new(const struct delivery_plan *plan, struct err *err);

/* Sends what earlier runs left in the outbox; then the sink takes chunks, or
 * is finished. False: the run stops, for the same reasons. A batch that its
 * time runs out for stays pending, and nothing overtakes its records. Then
 * sink->resumed tells: `rows` are the records that were found pending, or
 * refused and not yet told of; `duplicate`, those of the refused ones that
 * come again in this run. */
bool delivery_resume(struct sink *sink, struct err *err);
/* The sink of `check`: judges keys the same way, writes bodies to `bodies`
 * (one a line, "-" is standard output; `again`: behind what is there) or
 * nowhere (NULL), sends nothing. */
struct sink *check_new(const struct config *config,
                       const struct mapping *mapping, struct rejects *rejects,
                       const char *bodies, bool again, struct err *err);

#endif
