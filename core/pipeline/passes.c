/* passes.c: the same pipe over the same inputs; between the passes they are
 * rewound. */
#include "passes.h"

#include "sinks/keys.h"

static bool pass(struct pipeline_options options, const char *doing,
                 struct err *err)
{
    struct progress progress;
    progress_begin(&progress, &options.sink->ledger, options.inputs,
                   options.input_count);
    progress.doing = doing;
    options.progress = &progress;
    return pipeline_run(&options, err);
}

static bool rewind_inputs(const struct pipeline_options *options,
                          struct err *err)
{
    for (unsigned i = 0; i < options->input_count; i++)
        if (!input_rewind(options->inputs[i], err))
            return false;
    return true;
}

bool passes_first(const struct pipeline_options *options, struct last *last,
                  struct err *err)
{
    struct pipeline_options first = *options;
    if (last == NULL)
        return true;
    if (options->first != NULL)
        first.scripts = options->first;
    first.sink = keys_new(last);
    first.doubts = NULL;
    first.keep = true;
    bool good = pass(first, "looking for the last row of each key", err) &&
                rewind_inputs(options, err);
    first.sink->kind->free(first.sink);
    return good;
}

bool passes_run(const struct pipeline_options *options, struct last *last,
                struct err *err)
{
    struct err late;
    struct sink *sink = options->sink;
    if (!passes_first(options, last, err)) {
        sink->kind->finish(sink, true, &late);
        return false;
    }
    return pass(*options, NULL, err) &&
           (last == NULL || last_complete(last, err));
}
