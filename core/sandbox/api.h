/* api.h: a request in, its answer out: routes, getToken, and faults. */
#ifndef FASTSYNC_SANDBOX_API_H
#define FASTSYNC_SANDBOX_API_H

#include "fast.h"

/* Always makes an answer; `answer` is zero at first. */
void fast_answer(struct fast *fast, const struct fast_request *request,
                 struct fast_answer *answer);

#endif
