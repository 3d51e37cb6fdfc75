/* answer.h: the server's answers, written down. For the journal's files
 * alone. */
#ifndef FASTSYNC_JOURNAL_ANSWER_H
#define FASTSYNC_JOURNAL_ANSWER_H

#include "journal.h"

/* One answer that gave the records [from, upto) their outcome. */
bool answer_write(struct journal *journal, const struct batch *batch,
                  uint32_t from, uint32_t upto, bool refused,
                  const struct journal_answer *answer, struct err *err);

#endif
