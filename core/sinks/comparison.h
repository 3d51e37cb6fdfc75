/* comparison.h: records that the server accepted, asked for again and compared
 * with what it gives back, many in one go. For verify alone. Sender's
 * thread. */
#ifndef FASTSYNC_SINKS_COMPARISON_H
#define FASTSYNC_SINKS_COMPARISON_H

#include "compare.h"
#include "server/readback.h"
#include "verify.h"

/* A record that waits for its block to be full; offsets are into `ids`. */
struct entry {
    size_t id, id_len;
    const char *json; /* NULL: no longer in the inputs */
    size_t len;
};

struct comparison {
    const struct verify_options *options; /* borrowed */
    const struct form *form;              /* borrowed */
    struct verify_counts *counts;         /* borrowed */
    struct readback readback;
    struct compare compare;
    struct entry block[READBACK_BLOCK];
    size_t count;
    struct buf ids;
    struct buf shown[2];     /* what the server holds, without secrets */
    const struct wanted *at; /* being compared */
    bool asked;              /* for all at once */
};

bool comparison_open(struct comparison *comparison,
                     const struct verify_options *options,
                     struct verify_counts *counts, struct err *err);
void comparison_close(struct comparison *comparison); /* of a zeroed one, too */

/* Takes a record to compare; one without JSON is only looked for. The id is
 * copied, the JSON stays where it is until the next comparison_flush. */
bool comparison_add(struct comparison *comparison, const char *id,
                    size_t id_len, const char *json, size_t len,
                    struct err *err);
/* Compares what was taken. */
bool comparison_flush(struct comparison *comparison, struct err *err);

#endif
