/* age.h: how long ago something was, for people. */
#ifndef FASTSYNC_CMD_AGE_H
#define FASTSYNC_CMD_AGE_H

#include "base/buf.h"

/* Appends "just now", "5 minutes ago", "3 days ago" for a time as the journal
 * writes it ("2025-04-24T10:02:42Z"). */
void age_print(const char *stamp, struct buf *out);

#endif
