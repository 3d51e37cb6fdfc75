/* keys.h: the sink of a first pass: it notes which record of each key is the
 * last one (last.h), counts the rows, and leaves everything else to the second
 * pass, which sees the same rows. Sender's thread. */
#ifndef FASTSYNC_SINKS_KEYS_H
#define FASTSYNC_SINKS_KEYS_H

#include "deliver/last.h"
#include "sink.h"

/* Fills `last`, which is borrowed. */
struct sink *keys_new(struct last *last);

#endif
