/* check.h: the sink that sends nothing: it deduplicates as a run does, and
 * makes the bodies that a run would send. Sender's thread. */
#ifndef FASTSYNC_SINKS_CHECK_H
#define FASTSYNC_SINKS_CHECK_H

#include "config/config.h"
#include "deliver/last.h"
#include "rejects/rejects.h"
#include "script/script.h"
#include "sink.h"

/* Bodies go to the file `bodies`, one a line ("-": standard output; `again`:
 * after what is there), or nowhere (NULL). `last`: duplicates = "last", or
 * NULL. NULL: err. All is borrowed until the sink is freed, but `bodies`. */
struct sink *check_new(const struct config *config,
                       const struct mapping *mapping, struct last *last,
                       struct rejects *rejects, const char *state,
                       const char *bodies, bool again, struct err *err);

#endif
