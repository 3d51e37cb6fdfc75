/* sync.h: the call SyncData: records are checked and stored. */
#ifndef FASTSYNC_SANDBOX_SYNC_H
#define FASTSYNC_SANDBOX_SYNC_H

#include "fast.h"

void fast_sync_data(struct fast *fast, const struct fast_request *request,
                    struct fast_answer *answer);

#endif
