/* resume.c: `fastsync resume`: sends what the journal still holds as pending,
 * and nothing else. It needs no input, and the server only if there is
 * something to send. */
#include "cmd/command.h"
#include "cmd/deliver.h"
#include "deliver/delivery.h"

static enum exit_code resume(struct arguments *arguments, struct err *err)
{
    struct job job;
    struct deliver deliver = {.only_resume = true};
    struct execution execution = {.command = "resume",
                                  .open = deliver_open,
                                  .begin = delivery_resume,
                                  .close = deliver_close,
                                  .owner = &deliver,
                                  .no_input = true};
    /* The script is read for its mappings' forms and options alone; no row is
     * mapped. */
    enum exit_code code = EXIT_SCRIPT;
    if (!job_begin(&job, arguments, JOB_WRITES | JOB_CONNECTS, err))
        code = execute_failed(&job, execution.command, err);
    else if (job_count(&job) > 0)
        code = execute(&job, &execution, err);
    else
        err_set(err, code,
                "%s: returns a function; it leaves nothing to resume",
                job.script_path);
    deliver_end(&deliver);
    job_end(&job);
    return code;
}

static const char *const options[] = {"server",
                                      "rejects",
                                      "state",
                                      "concurrency",
                                      "rate",
                                      "retry_for",
                                      "timeout",
                                      "json",
                                      "cron",
                                      "max_memory",
                                      "max_instructions",
                                      "max_seconds",
                                      "max_records",
                                      "no_confine",
                                      NULL};

const struct command command_resume = {
    .name = "resume",
    .usage = "fastsync resume MAPPING.lua",
    .help = "send what the journal still holds as pending; needs no input",
    .example = "fastsync resume khach-hang.lua",
    .options = options,
    .operands_min = 1,
    .operands_max = 1,
    .ends = ENDS_REJECTS | ENDS_SCRIPT | ENDS_RIGHTS | ENDS_PENDING |
            ENDS_BUSY | ENDS_INTERRUPTED,
    .body = resume,
};
