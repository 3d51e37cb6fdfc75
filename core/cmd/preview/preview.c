/* preview.c: `fastsync preview`: the first rows side by side: what stood in
 * the source, the record it becomes, and the verdict. */
#include "cmd/command.h"
#include "cmd/walk.h"
#include "side.h"

enum { PREVIEW_ROWS = 5 };

static void print(void *out, const struct chunk *chunk, const struct row *row)
{
    const struct job *job = out;
    struct later later;
    side_print(chunk, row);
    for (uint32_t i = 0; job->last && i < chunk->record_count; i++)
        if (last_take(job->last, &chunk->records[i], &later))
            side_superseded(&later);
}

/* Where the last row of a key counts, all rows are looked at first: what is
 * shown is what a run does. */
static bool preview_mapping(struct job *job, unsigned number, struct err *err)
{
    if (!job_mapping(job, number, err) || !job_inputs(job, true, err))
        return false;
    const struct pipeline_options rows = job_rows(job);
    return passes_first(&rows, job->last, err) &&
           walk_rows(job, job->arguments->config.limit, print, job, err);
}

static bool set_limit(struct arguments *arguments, struct err *err)
{
    struct config *config = &arguments->config;
    const char *said = arguments->own[0];
    if (said == NULL)
        config->limit = PREVIEW_ROWS;
    else if (!config_set(config, "limit", said, RANK_OPTION, "--limit", err))
        return false;
    /* For a run 0 is no limit; here a limit is always there. */
    if (config->limit == 0)
        config->limit = UINT64_MAX;
    return true;
}

static enum exit_code preview(struct arguments *arguments, struct err *err)
{
    struct job job;
    bool good =
        job_begin(&job, arguments, JOB_READS, err) && set_limit(arguments, err);
    for (unsigned i = 0; good && i < job_count(&job); i++)
        good = preview_mapping(&job, i, err);
    job_end(&job);
    return good ? EXIT_DONE : err->code;
}

static const char *const options[] = {
    "source",      "strict",           "max_memory",
    "max_lookup",  "max_instructions", "max_seconds",
    "max_records", "no_confine",       NULL};

static const struct own_option own[] = {
    {"limit", "N", "show N rows, 0: all (5)"},
    {NULL, NULL, NULL},
};

const struct command command_preview = {
    .name = "preview",
    .usage = "fastsync preview MAPPING.lua [INPUT…]",
    .help = "the first rows side by side: source row, record, verdict",
    .example = "fastsync preview khach-hang.lua --limit 2",
    .own = own,
    .options = options,
    .operands_min = 1,
    .operands_max = OPERANDS_MAX,
    .ends = ENDS_INPUT | ENDS_SCRIPT,
    .body = preview,
};
