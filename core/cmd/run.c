/* run.c: `fastsync run`: the pipe into the sink that delivers; or, where the
 * script returned a function, that function, once. */
#include <stdlib.h>

#include "base/interrupt.h"
#include "base/screen/print.h"
#include "check.h"
#include "command.h"
#include "deliver.h"
#include "deliver/delivery.h"
#include "sandbox/sandbox.h"
#include "server/client.h"

enum { SHOWN_CUSTOMERS = 5 };

enum { OWN_SANDBOX, OWN_DRY_RUN };

static bool given(const struct arguments *arguments, int own)
{
    return arguments->own[own] != NULL;
}

/* The sandbox takes the place of whatever server is configured. */
static bool use_sandbox(struct sandbox **sandbox, struct config *config,
                        struct err *err)
{
    const struct sandbox_options defaults = {0};
    *sandbox = sandbox_start(&defaults, err);
    if (*sandbox == NULL)
        return false;
    /* As options, which nothing outranks: whatever a file or the environment
     * says of a server is out of the way. */
    const char *const said[][2] = {
        {"url", sandbox_url(*sandbox)},
        {"username", sandbox_username(*sandbox)},
        {"password", sandbox_password(*sandbox)},
        {"proxy", ""}, /* it is in this process */
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (!config_set(config, said[i][0], said[i][1], RANK_OPTION,
                        "--sandbox", err))
            return false;
    return true;
}

/* Shows what the sandbox has stored. */
static void show_sandbox(struct sandbox *sandbox)
{
    struct buf out = {0};
    buf_puts(&out, "\nthe sandbox has stored ");
    ledger_count(sandbox_customers(sandbox), "customer", "customers", &out);
    buf_putc(&out, '\n');
    sandbox_table(sandbox, SHOWN_CUSTOMERS, &out);
    print_lines(&out);
    buf_release(&out);
}

/* No pipeline and no journal: the function sends what it will, and answers
 * for it. */
static enum exit_code drive(struct job *job, struct err *err)
{
    struct config *config = &job->arguments->config;
    if (!config_connect(config, err))
        return err->code;
    struct script_client *client = client_new(config, err);
    if (client == NULL)
        return err->code;
    bool good = interrupt_begin(NULL, NULL, err);
    if (good) {
        good = script_drive(job->scripts[0], job->arguments->operands + 1,
                            client, err);
        interrupt_end();
    }
    client_free(client);
    return good ? EXIT_DONE : err->code;
}

static enum exit_code run_job(struct job *job, struct err *err)
{
    struct sandbox *sandbox = NULL;
    bool rehearsal = given(job->arguments, OWN_SANDBOX);
    struct deliver deliver = {.no_journal = rehearsal};
    struct execution execution = {.command = "run",
                                  .open = deliver_open,
                                  .begin = delivery_resume,
                                  .compare = deliver_compare,
                                  .close = deliver_close,
                                  .owner = &deliver};
    if (rehearsal && !use_sandbox(&sandbox, &job->arguments->config, err))
        return execute_failed(job, "run", err);
    job->keeps = !rehearsal && job->arguments->config.limit == 0;
    enum exit_code code =
        job_count(job) == 0 ? drive(job, err) : execute(job, &execution, err);
    /* Also after a failure, where something was stored before it. */
    bool sent = code == EXIT_DONE || code == EXIT_REJECTS;
    if (sandbox != NULL && !job->arguments->json &&
        !(job->arguments->log.hold && code == EXIT_DONE) &&
        (sent || sandbox_customers(sandbox) > 0))
        show_sandbox(sandbox);
    deliver_end(&deliver);
    sandbox_stop(sandbox);
    return code;
}

static enum exit_code run_body(struct arguments *arguments, struct err *err)
{
    if (given(arguments, OWN_DRY_RUN))
        return check_body(arguments, err);
    struct job job;
    enum exit_code code;
    unsigned use = JOB_READS | JOB_WRITES;
    if (!given(arguments, OWN_SANDBOX))
        use |= JOB_CONNECTS;
    if (job_begin(&job, arguments, use, err))
        code = run_job(&job, err);
    else
        code = execute_failed(&job, "run", err);
    job_end(&job);
    return code;
}

static const struct own_option own[] = {
    [OWN_SANDBOX] = {"sandbox", NULL,
                     "send to a private sandbox in this process"},
    [OWN_DRY_RUN] = {"dry-run", NULL, "the same as check: send nothing"},
    {NULL, NULL, NULL},
};

static const char *const options[] = {"allow_new_keys", "server",
                                      "bodies",         "rejects",
                                      "state",          "full",
                                      "warnings",       "strict",
                                      "limit",          "jobs",
                                      "batch",          "batch_bytes",
                                      "concurrency",    "rate",
                                      "retry_for",      "timeout",
                                      "max_rejected",   "max_skipped",
                                      "min_rows",       "max_shrink",
                                      "max_memory",     "max_lookup",
                                      "source",         "json",
                                      "cron",           "max_instructions",
                                      "max_seconds",    "max_records",
                                      "no_confine",     NULL};

const struct command command_run = {
    .name = "run",
    .usage = "fastsync run MAPPING.lua [INPUT…]",
    .help = "map, validate, send; account for every row",
    .example = "fastsync run khach-hang.lua --sandbox",
    .own = own,
    .options = options,
    .operands_min = 1,
    .operands_max = OPERANDS_MAX,
    .ends = ENDS_REJECTS | ENDS_INPUT | ENDS_SCRIPT | ENDS_RIGHTS |
            ENDS_PENDING | ENDS_GUARD | ENDS_BUSY | ENDS_INTERRUPTED,
    .body = run_body,
};
