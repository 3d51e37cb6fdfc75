/* send.h: how an answer goes out. */
#ifndef FASTSYNC_SANDBOX_SEND_H
#define FASTSYNC_SANDBOX_SEND_H

#include <stdbool.h>

#include "fast.h"

struct MHD_Connection;

/* Sends the answer as its `end` says. `stopped` is readable once the sandbox
 * stops. False: the connection is to be closed. */
bool send_answer(struct MHD_Connection *connection, struct fast_answer *answer,
                 int stopped);

#endif
