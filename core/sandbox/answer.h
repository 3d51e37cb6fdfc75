/* answer.h: what every answer has: the error body of Fast's documentation, the
 * HTTP status, a line in the store, and the token it asks for. */
#ifndef FASTSYNC_SANDBOX_ANSWER_H
#define FASTSYNC_SANDBOX_ANSWER_H

#include "fast.h"

/* The HTTP status that goes with a code. */
unsigned fast_status(int code);
/* Makes the answer an error, whatever it was. */
void fast_error(struct fast_answer *answer, int code, const char *why,
                size_t len);
void fast_say(struct fast_answer *answer, int code, const char *why);
/* Writes down a request by itself; a failure becomes the answer. */
void fast_log(struct fast *fast, const struct store_request *request,
              struct fast_answer *answer);
bool fast_has_fault(const struct fast_request *request, enum fault_kind kind);
/* What the store is told of a request's fault: its kind, or NULL. A fault in
 * the work itself may find nothing to spoil: whoever plays it says so. */
const char *fast_fault(const struct fast_request *request);
/* False: the answer says 401, and it is written down. */
bool fast_authorised(struct fast *fast, const struct fast_request *request,
                     const char *path, struct fast_answer *answer);

#endif
