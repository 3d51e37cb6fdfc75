/* sink.h: the end of the pipe: what happens to mapped chunks.
 *
 * The pipeline hands chunks over in the order of their numbers, all from one
 * thread, the sender. Dry run and delivery are two sinks over the same pipe. A
 * sink finds keys that come again and unchanged records, writes rejects, and
 * keeps the ledger. */
#ifndef FASTSYNC_SINK_H
#define FASTSYNC_SINK_H

#include <stdbool.h>

#include "base/err.h"
#include "ledger.h"
#include "record.h"

struct sink {
    const struct sink_kind *kind;
    struct ledger ledger; /* kept by the sink */
    /* What became of that which earlier runs left pending; NULL: nothing. */
    const struct ledger *resumed;
    bool unreported; /* not all that was refused has reached the rejects */
};

struct sink_kind {
    /* Takes what the chunk holds; the chunk stays the caller's. May wait for
     * the network. False: the run stops. */
    bool (*take)(struct sink *sink, const struct chunk *chunk, struct err *err);
    /* Waits until `wake` is called or something of its own happened. */
    bool (*wait)(struct sink *sink, struct err *err);
    /* Ends a wait; the one function other threads may call. */
    void (*wake)(struct sink *sink);
    /* No more chunks. Ends when every record taken has its outcome;
     * `interrupted`: only what is in flight is waited for, the rest is counted
     * as pending. */
    bool (*finish)(struct sink *sink, bool interrupted, struct err *err);
    void (*free)(struct sink *sink);
};

#endif
