/* passes.c: the same pipe over the same inputs; between the passes they are
 * rewound. */
#include "passes.h"

#include "pipeline.h"
#include "report/report.h"
#include "sinks/keys.h"

static bool pass(struct job *job, struct pipeline_options *options,
                 const char *doing, struct err *err)
{
    struct progress progress;
    options->inputs = job->inputs;
    options->input_count = job->input_count;
    options->scripts = job->scripts;
    options->jobs = job->jobs;
    options->progress = &progress;
    progress_begin(&progress, &options->sink->ledger, job->inputs,
                   job->input_count);
    progress.doing = doing;
    return pipeline_run(options, err);
}

static bool rewind_inputs(struct job *job, struct err *err)
{
    for (unsigned i = 0; i < job->input_count; i++)
        if (!input_rewind(job->inputs[i], err))
            return false;
    return true;
}

static bool first(struct job *job, uint64_t limit, struct err *err)
{
    if (job->last == NULL)
        return true;
    struct sink *sink = keys_new(job->last);
    struct pipeline_options options = {
        .limit = limit, .keep = true, .sink = sink};
    bool good =
        pass(job, &options, "looking for the last row of each key", err) &&
        rewind_inputs(job, err);
    sink->kind->free(sink);
    return good;
}

bool passes_first(struct job *job, struct err *err)
{
    return first(job, 0, err);
}

bool passes_run(struct job *job, struct sink *sink, struct doubts *doubts,
                uint64_t limit, struct err *err)
{
    struct err late;
    struct pipeline_options options = {
        .limit = limit, .sink = sink, .doubts = doubts};
    if (!first(job, limit, err)) {
        sink->kind->finish(sink, true, &late);
        return false;
    }
    return pass(job, &options, NULL, err) &&
           (job->last == NULL || last_complete(job->last, err));
}
