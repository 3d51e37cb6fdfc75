/* lessen.h: a closed batch without some of its records. Its bytes are others
 * then, so only where no request of it is being sent or looked for. */
#ifndef FASTSYNC_BATCH_LESSEN_H
#define FASTSYNC_BATCH_LESSEN_H

#include "batch.h"

/* Fills `to`, an empty batch, with the records of `from` from its part on, but
 * those that `out` (one a record of `from`) names, and closes it; its number,
 * and whether its outcome is unknown, are those of `from`. It may be empty. */
void batch_lessen(const struct batch *from, const bool *out, struct batch *to);

#endif
