/* run.c: `fastsync run`: the pipe into the sink that delivers; or, where the
 * script returned a function, that function, once. */
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "deliver.h"
#include "deliver/delivery.h"
#include "sandbox/sandbox.h"
#include "server/client.h"

enum { SHOWN_CUSTOMERS = 5 };

/* The sandbox takes the place of whatever server is configured. */
static bool use_sandbox(struct sandbox **sandbox, struct config *config,
                        struct err *err)
{
    struct sandbox_plan plan = {0};
    *sandbox = sandbox_start(&plan, err);
    if (*sandbox == NULL)
        return false;
    const char *const said[][2] = {
        {"url", sandbox_url(*sandbox)},
        {"username", sandbox_username(*sandbox)},
        {"password", sandbox_password(*sandbox)},
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (!config_set(config, said[i][0], said[i][1], RANK_OPTION,
                        "--sandbox", err))
            return false;
    return true;
}

/* Says what the sandbox holds now. */
static void show_sandbox(struct sandbox *sandbox)
{
    struct buf out = {0};
    buf_puts(&out, "\nthe sandbox has stored ");
    ledger_count(sandbox_customers(sandbox), "customer", "customers", &out);
    buf_putc(&out, '\n');
    sandbox_table(sandbox, SHOWN_CUSTOMERS, &out);
    fwrite(out.at, 1, out.len, stdout);
    buf_release(&out);
}

static enum exit_code drive(struct job *job, struct err *err)
{
    struct config *config = &job->arguments->config;
    if (!config_connect(config, err))
        return err->code;
    struct script_client *client = client_new(config, err);
    if (client == NULL)
        return err->code;
    bool good = script_drive(job->scripts[0], job->arguments->operands + 1,
                             client, err);
    client_free(client);
    return good ? EXIT_DONE : err->code;
}

static enum exit_code run_job(struct job *job, struct err *err)
{
    struct sandbox *sandbox = NULL;
    struct deliver deliver = {.no_journal = job->arguments->sandbox};
    struct execution execution = {.command = "run",
                                  .open = deliver_open,
                                  .begin = delivery_resume,
                                  .close = deliver_close,
                                  .owner = &deliver};
    if (job->arguments->sandbox &&
        !use_sandbox(&sandbox, &job->arguments->config, err))
        return execute_failed(job, "run", err);
    enum exit_code code =
        job_count(job) == 0 ? drive(job, err) : execute(job, &execution, err);
    bool sent = code == EXIT_DONE || code == EXIT_REJECTS;
    if (sandbox != NULL && !job->arguments->json &&
        (sent || sandbox_customers(sandbox) > 0))
        show_sandbox(sandbox);
    deliver_end(&deliver);
    sandbox_stop(sandbox);
    return code;
}

static enum exit_code run_body(struct arguments *arguments, struct err *err)
{
    if (arguments->dry_run)
        return check_body(arguments, err);
    struct job job;
    enum exit_code code;
    if (job_begin(&job, arguments, err))
        code = run_job(&job, err);
    else
        code = execute_failed(&job, "run", err);
    job_end(&job);
    return code;
}

static const char *const options[] = {"server",     "sandbox",
                                      "dry-run",    "bodies",
                                      "rejects",    "state",
                                      "full",       "limit",
                                      "jobs",       "concurrency",
                                      "batch",      "batch_bytes",
                                      "rate",       "retry_for",
                                      "timeout",    "max_rejected",
                                      "min_rows",   "max_shrink",
                                      "source",     "json",
                                      "max_memory", "max_instructions",
                                      NULL};

const struct command command_run = {
    .name = "run",
    .usage = "fastsync run MAPPING.lua [INPUT…]",
    .help = "map, validate, send; account for every row",
    .example = "fastsync run khach-hang.lua --sandbox",
    .options = options,
    .operands_least = 1,
    .operands_most = OPERANDS_MAX,
    .body = run_body,
};
