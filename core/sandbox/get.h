/* get.h: the call GetData: records are read back. */
#ifndef FASTSYNC_SANDBOX_GET_H
#define FASTSYNC_SANDBOX_GET_H

#include "fast.h"

void fast_get_data(struct fast *fast, const struct fast_request *request,
                   struct fast_answer *answer);

#endif
