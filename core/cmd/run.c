/* run.c: `fastsync run`: the pipe into the sink that delivers; or, where the
 * script returned a function, that function, once. */
#include <stdio.h>
#include <stdlib.h>

#include "../delivery.h"
#include "../journal.h"
#include "../log.h"
#include "../sandbox/sandbox.h"
#include "execute.h"

enum { SHOWN_CUSTOMERS = 5 };

struct run {
    struct sandbox *sandbox; /* --sandbox, else NULL */
    struct journal *journal; /* NULL with --sandbox */
};

/* The sandbox takes the place of whatever server is configured. */
static bool use_sandbox(struct run *run, struct config *config, struct err *err)
{
    struct sandbox_plan plan = {0};
    run->sandbox = sandbox_start(&plan, err);
    if (run->sandbox == NULL)
        return false;
    const char *const said[][2] = {
        {"url", sandbox_url(run->sandbox)},
        {"username", sandbox_username(run->sandbox)},
        {"password", sandbox_password(run->sandbox)},
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

static bool open_journal(struct run *run, const struct job *job,
                         struct err *err)
{
    if (run->sandbox != NULL)
        return true;
    run->journal = journal_open(job->state, err);
    return run->journal != NULL &&
           journal_run_begin(run->journal, job->script_path,
                             job->mapping->form->name, err);
}

static struct sink *open_sink(void *owner, struct job *job,
                              struct rejects *rejects, struct err *err)
{
    struct run *run = owner;
    struct config *config = &job->arguments->config;
    if (!config_connect(config, err) || !open_journal(run, job, err))
        return NULL;
    struct delivery_plan plan = {.config = config,
                                 .mapping = job->mapping,
                                 .journal = run->journal,
                                 .rejects = rejects};
    struct sink *sink = delivery_new(&plan, err);
    if (sink == NULL && run->journal != NULL) {
        struct ledger none = {0};
        struct err late;
        journal_run_end(run->journal, &none, (int)err->code, err->text, &late);
        journal_close(run->journal);
        run->journal = NULL;
    }
    return sink;
}

static bool close_run(void *owner, const struct ledger *ledger,
                      enum exit_code code, const char *message, struct err *err)
{
    struct run *run = owner;
    if (run->journal == NULL)
        return true;
    bool good = journal_run_end(run->journal, ledger, (int)code, message, err);
    journal_close(run->journal);
    run->journal = NULL;
    return good;
}

static enum exit_code drive(struct job *job, struct err *err)
{
    struct config *config = &job->arguments->config;
    if (!config_connect(config, err))
        return err->code;
    struct script_client *client = delivery_client(config, err);
    if (client == NULL)
        return err->code;
    bool good = script_drive(job->scripts[0], job->arguments->operands + 1,
                             client, err);
    delivery_client_free(client);
    return good ? EXIT_DONE : err->code;
}

static enum exit_code run_job(struct run *run, struct job *job, struct err *err)
{
    struct execution execution = {
        .command = "run", .open = open_sink, .close = close_run, .owner = run};
    if (job->arguments->sandbox &&
        !use_sandbox(run, &job->arguments->config, err))
        return execute_failed(job, "run", err);
    enum exit_code code =
        job_count(job) == 0 ? drive(job, err) : execute(job, &execution, err);
    bool sent = code == EXIT_DONE || code == EXIT_REJECTS;
    if (run->sandbox != NULL && !job->arguments->json &&
        (sent || sandbox_customers(run->sandbox) > 0))
        show_sandbox(run->sandbox);
    sandbox_stop(run->sandbox);
    return code;
}

static enum exit_code run_body(struct arguments *arguments, struct err *err)
{
    if (arguments->dry_run)
        return check_body(arguments, err);
    struct run run = {0};
    struct job job;
    enum exit_code code;
    if (job_begin(&job, arguments, err))
        code = run_job(&run, &job, err);
    else
        code = execute_failed(&job, "run", err);
    job_end(&job);
    return code;
}

static const char *const options[] = {"server",
                                      "sandbox",
                                      "dry-run",
                                      "bodies",
                                      "rejects",
                                      "state",
                                      "full",
                                      "limit",
                                      "jobs",
                                      "concurrency",
                                      "batch",
                                      "batch_bytes",
                                      "rate",
                                      "retry_for",
                                      "timeout",
                                      "source",
                                      "json",
                                      "max_memory",
                                      "max_instructions",
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
