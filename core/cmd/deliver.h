/* deliver.h: what run and resume share: the journal and the sink that sends. */
#ifndef FASTSYNC_CMD_DELIVER_H
#define FASTSYNC_CMD_DELIVER_H

#include "execute.h"
#include "journal/journal.h"

struct deliver {
    bool no_journal;           /* a private sandbox: nothing is remembered */
    bool only_resume;          /* no rows will come */
    struct journal *journal;   /* of the mapping at hand, or NULL */
    const struct marks *marks; /* what the run fetched, for the next one */
    char *source;              /* of its run; NULL: a part of an export */
};

/* `open`, `compare` and `close` of a struct execution whose owner is a struct
 * deliver. */
struct sink *deliver_open(void *owner, struct job *job, struct rejects *rejects,
                          struct err *err);
bool deliver_compare(void *owner, const struct rejects *rejects,
                     struct ledger *ledger, struct err *err);
bool deliver_close(void *owner, const struct sink *sink,
                   const struct rejects *rejects, enum exit_code code,
                   const char *message, bool told, struct err *err);
/* Closes the journal; the sinks that wrote to it come first. */
void deliver_end(struct deliver *deliver);

#endif
