/* passes.c: the same pipe over the same inputs; between the passes they are
 * rewound. */
#include "passes.h"

#include "pipeline.h"
#include "report/report.h"
#include "sinks/keys.h"

static bool pass(struct job *job, struct sink *sink, uint64_t limit, bool first,
                 struct err *err)
{
    struct progress progress;
    const struct pipeline_options options = {
        .inputs = job->inputs,
        .input_count = job->input_count,
        .scripts = job->scripts,
        .jobs = job->jobs,
        .limit = limit,
        .keep = first,
        .sink = sink,
        .progress = &progress,
    };
    progress_begin(&progress, &sink->ledger, job->inputs, job->input_count);
    if (first)
        progress.doing = "looking for the last row of each key";
    return pipeline_run(&options, err);
}

static bool rewind_inputs(struct job *job, struct err *err)
{
    for (unsigned i = 0; i < job->input_count; i++)
        if (!input_rewind(job->inputs[i], err))
            return false;
    return true;
}

bool passes_first(struct job *job, uint64_t limit, struct err *err)
{
    if (job->last == NULL)
        return true;
    struct sink *sink = keys_new(job->last);
    bool good = pass(job, sink, limit, true, err) && rewind_inputs(job, err);
    sink->kind->free(sink);
    return good;
}

bool passes_run(struct job *job, struct sink *sink, uint64_t limit,
                struct err *err)
{
    struct err late;
    if (!passes_first(job, limit, err)) {
        sink->kind->finish(sink, true, &late);
        return false;
    }
    return pass(job, sink, limit, false, err) &&
           (job->last == NULL || last_complete(job->last, err));
}
