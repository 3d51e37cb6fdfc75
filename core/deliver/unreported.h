/* unreported.h: records that the server refused and that no rejects file has
 * reported yet: those of runs that did not come to their end, and those of
 * batches that such runs left. They are reported at this run's end, unless
 * their rows have come again in it: what became of them then is known already.
 * Sender's thread. */
#ifndef FASTSYNC_DELIVER_UNREPORTED_H
#define FASTSYNC_DELIVER_UNREPORTED_H

#include "batch/batch.h"
#include "journal/journal.h"
#include "journal/seen.h"
#include "ledger.h"
#include "record.h"
#include "rejects/rejects.h"

/* Zero is empty. */
struct unreported_list {
    struct unreported *all;
    bool *again; /* of each: its row came again and was rejected */
    size_t count;
    size_t failed; /* of them, those that unreported_failed knows */
};

void unreported_release(struct unreported_list *list);
/* Those that the journal knows of. */
bool unreported_load(struct unreported_list *list, struct journal *journal,
                     struct err *err);
/* One more: of a batch that an earlier run left. `failed`: it took minutes to
 * see that the server fails at it. */
void unreported_add(struct unreported_list *list, const struct batch *batch,
                    const struct batch_entry *entry, const char *reason,
                    bool failed);
/* Why the same record, which has come again, is not worth another try in this
 * run; NULL: it is. */
const char *unreported_failed(const struct unreported_list *list,
                              const struct record *record);
/* Notes those whose rows a chunk rejects: they are reported as such. */
void unreported_note(struct unreported_list *list, const struct chunk *chunk);
/* Gives them their outcomes in the ledger, and those that have not come again
 * in this run (`seen`) to the rejects file. */
bool unreported_report(const struct unreported_list *list,
                       const struct seen *seen, struct ledger *ledger,
                       struct rejects *rejects, struct err *err);

#endif
