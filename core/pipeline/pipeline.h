/* pipeline.h: bytes are decoded into rows, a script maps each row to a record,
 * the form validates and encodes it, records are batched, batches are
 * delivered to Fast, and every row's outcome is written down.
 *
 * One reader, N mappers, and the sender, which is the calling thread. Chunks
 * go round: the reader fills one, a mapper maps it, the sender takes it in the
 * order of the input and gives it back. There are a fixed number of them, and
 * that bounds the memory of a run whatever the input's size. Batches, and so
 * the bytes sent, depend on the input and the script alone, never on timing. */
#ifndef FASTSYNC_PIPELINE_H
#define FASTSYNC_PIPELINE_H

#include <stdatomic.h>

#include "base/err.h"
#include "decode/input.h"
#include "rejects/doubts.h"
#include "report/report.h"
#include "script/script.h"
#include "sink.h"

/* All borrowed. */
struct pipeline_options {
    struct input *const *inputs;
    unsigned input_count;
    struct script *const *scripts; /* one per mapper, the mapping in use */
    struct script *const *first;   /* of a first pass (passes.h), where rows */
                                   /* leave something in a script; else NULL */
    unsigned jobs;
    uint64_t limit; /* rows, 0: all; jobs is 1 then */
    bool keep;      /* the inputs are read once more after this: what comes */
                    /* through a pipe is spooled first */
    struct sink *sink;
    struct doubts *doubts; /* NULL: nobody asks for warnings */
    struct progress *progress;
};

/* Runs all inputs through the sink, and finishes it. False: err says why the
 * run stopped; what the sink had taken has its outcome in its ledger. An
 * interrupt (interrupt.h) ends it early: EXIT_INTERRUPTED. */
bool pipeline_run(const struct pipeline_options *options, struct err *err);

#endif
