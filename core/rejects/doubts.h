/* doubts.h: what becomes of warnings: counted by kind, the first of each said,
 * all of them in a file.
 *
 *     kh.csv:3: warning: PhoneNumber: "không có": not recognised (phone)
 *
 * The file (warnings.csv) is a report, UTF-8 with BOM, for people and
 * spreadsheets: place, key, field, value, kind, text. It is written beside its
 * place and renamed at the end, 0600; a run that read rows and warns of none
 * removes what an earlier one left, so that it always tells of the last run.
 * Beyond a million lines it says in a last one how many more there were.
 * What is no file (a device, a pipe) is written to as it is. Sender's thread.
 */
#ifndef FASTSYNC_REJECTS_DOUBTS_H
#define FASTSYNC_REJECTS_DOUBTS_H

#include "base/err.h"
#include "ledger.h"
#include "record.h"

struct doubts;

/* Nothing is created yet. A file in that place that is no report of ours is
 * EXIT_USAGE. */
struct doubts *doubts_open(const char *path, struct err *err);
/* Takes the chunk's, and counts them in the ledger. A file that cannot be
 * written is no reason to keep customers back: doubts_finish says it. */
void doubts_take(struct doubts *doubts, const struct chunk *chunk,
                 struct ledger *ledger);
/* The file gets its name; *path is NULL where nothing was doubtful. `kept`: no
 * rows were read, and what an earlier run left stays. */
bool doubts_finish(struct doubts *doubts, bool kept, const char **path,
                   struct err *err);
/* NULL is allowed. */
void doubts_free(struct doubts *doubts);

#endif
