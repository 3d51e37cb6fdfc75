/* passes.h: all rows of the inputs into a sink: once, or, where only the last
 * row of a key counts (duplicates = "last"), twice: a first pass that notes the
 * keys, and the one that counts. */
#ifndef FASTSYNC_PIPELINE_PASSES_H
#define FASTSYNC_PIPELINE_PASSES_H

#include "deliver/last.h"
#include "pipeline.h"

/* As pipeline_run, but that progress is shown here. `last`: to be filled by a
 * first pass, before whose end the sink sees no row; NULL: there is none. */
bool passes_run(const struct pipeline_options *options, struct last *last,
                struct err *err);
/* The first pass alone (options->sink and doubts are not looked at), for those
 * who walk over the rows themselves: leaves the inputs at their first rows. */
bool passes_first(const struct pipeline_options *options, struct last *last,
                  struct err *err);

#endif
