/* check.c: `fastsync check`: the same pipe into a sink that sends nothing. */
#include "check.h"

#include "command.h"
#include "execute.h"
#include "sinks/check.h"

static struct sink *open_sink(void *owner, struct job *job,
                              struct rejects *rejects, struct err *err)
{
    (void)owner;
    const struct config *config = &job->arguments->config;
    /* Bodies of a second mapping are added to the file that the first one has
     * begun. */
    return check_new(config, job->mapping, job->last, rejects, job->state,
                     config->bodies, job->number > 0, err);
}

static bool begin(struct job *job, struct arguments *arguments, struct err *err)
{
    if (!job_begin(job, arguments, JOB_READS | JOB_WRITES, err))
        return false;
    job->dry = true;
    return job_count(job) > 0 ||
           err_set(err, EXIT_SCRIPT,
                   "%s: returns a function; only fastsync run can call it",
                   job->script_path);
}

enum exit_code check_body(struct arguments *arguments, struct err *err)
{
    /* Neither `begin` nor `close`: a check writes nothing into the journal. */
    struct job job;
    struct execution check = {.command = "check", .open = open_sink};
    enum exit_code code = EXIT_DONE;
    if (!begin(&job, arguments, err))
        code = execute_failed(&job, check.command, err);
    else
        code = execute(&job, &check, err);
    job_end(&job);
    return code;
}

static const char *const options[] = {
    "profile",     "config",         "bodies",
    "rejects",     "warnings",       "strict",
    "state",       "limit",          "jobs",
    "batch",       "allow_new_keys", "batch_bytes",
    "source",      "json",           "max_memory",
    "max_lookup",  "cron",           "max_instructions",
    "max_seconds", "max_records",    "no_confine",
    NULL};

const struct command command_check = {
    .name = "check",
    .usage = "fastsync check MAPPING.lua [INPUT…]",
    .help = "map and validate every row, send nothing",
    .example = "fastsync check khach-hang.lua -o bodies.ndjson",
    .options = options,
    .operands_min = 1,
    .operands_max = OPERANDS_MAX,
    .ends =
        ENDS_REJECTS | ENDS_INPUT | ENDS_SCRIPT | ENDS_BUSY | ENDS_INTERRUPTED,
    .body = check_body,
};
