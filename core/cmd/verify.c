/* verify.c: `fastsync verify`: the same pipe into a sink that reads back. */
#include "sinks/verify.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "command.h"
#include "findings.h"
#include "job.h"
#include "journal/view.h"
#include "net/secrets.h"
#include "rejects/work.h"
#include "report/report.h"

enum { OWN_SAMPLE, OWN_EACH };

static bool read_sample(const char *text, uint64_t *sample, struct err *err)
{
    char *end = NULL;
    *sample = 0;
    if (text == NULL)
        return true;
    errno = 0;
    if (*text >= '0' && *text <= '9')
        *sample = strtoull(text, &end, 10);
    return (end != NULL && *end == '\0' && errno == 0 && *sample > 0) ||
           err_set(err, EXIT_USAGE,
                   "--sample: \"%s\" is not a number from 1 on", text);
}

/* One mapping of the script being verified. */
struct verification {
    struct job *job;
    struct view *view; /* of the journal */
    struct sink *sink;
    struct findings findings;
};

static bool open_sink(struct verification *v, struct err *err)
{
    struct job *job = v->job;
    char *const *own = job->arguments->own;
    struct config *config = &job->arguments->config;
    struct verify_options options = {.config = config,
                                     .mapping = job->mapping,
                                     .last = job->last,
                                     .each = own[OWN_EACH] != NULL,
                                     .visit = findings_add,
                                     .owner = &v->findings};
    /* The journal last: what is wrong with options, inputs or the
     * configuration is said without it. */
    if (!read_sample(own[OWN_SAMPLE], &options.sample, err) ||
        !job_inputs(job, true, err) || !config_connect(config, err) ||
        !view_open(job->state, &v->view, err))
        return false;
    options.view = v->view;
    v->sink = verify_new(&options, err);
    return v->sink != NULL;
}

static bool flow(struct verification *v, struct err *err)
{
    struct pipeline_options rows = job_rows(v->job);
    rows.sink = v->sink;
    return passes_run(&rows, v->job->last, err);
}

static void add_work(void *owner, const struct work *work)
{
    struct buf *paths = owner;
    if (work->edited)
        return;
    if (paths->len > 0)
        buf_puts(paths, ", ");
    buf_puts(paths, work->path);
}

/* How many, and where they are, as status has it. */
static void explain_rejected(const struct verification *v, uint64_t rejected)
{
    struct buf paths = {0}, text = {0};
    work_each(v->job->state, add_work, &paths);
    ledger_count(rejected, "row of the input is rejected, and not compared",
                 "rows of the input are rejected, and not compared", &text);
    if (paths.len > 0)
        log_note("%s; what is still to be corrected: %s", buf_text(&text),
                 buf_text(&paths));
    else
        log_note("%s; fastsync check says why", buf_text(&text));
    buf_release(&paths);
    buf_release(&text);
}

/* What the counts do not say by themselves. */
static void explain(const struct verification *v,
                    const struct verify_counts *counts)
{
    const struct mapping *mapping = v->job->mapping;
    const struct verify_counts none = {.unaccepted = counts->unaccepted,
                                       .rejected = counts->rejected};
    if (counts->rejected > 0)
        explain_rejected(v, counts->rejected);
    if (counts->gone > 0 && mapping->key != mapping->form->key)
        log_note("those without a valid row cannot be asked for: their %s is "
                 "not known",
                 mapping->form->fields[mapping->form->key].name);
    if (memcmp(counts, &none, sizeof none) == 0)
        log_note("%s: nothing that %s has accepted is known; fastsync run "
                 "comes first",
                 v->job->script_path, v->job->arguments->config.url);
}

static enum exit_code code_of(const struct verify_counts *counts, bool good,
                              const struct err *err)
{
    if (!good)
        return err->code;
    /* What was not sent, or was changed since, is no difference: it was never
     * said to be there. */
    uint64_t found = counts->differing + counts->missing + counts->unread +
                     counts->gone_missing + counts->gone_unread;
    return found > 0 ? EXIT_REJECTS : EXIT_DONE;
}

static enum exit_code verify_mapping(struct job *job, unsigned number,
                                     struct err *err)
{
    static const struct verify_counts none;
    struct verification v = {.job = job};
    double begun = clock_now();
    bool good = job_mapping(job, number, err);
    /* Also where the mapping could not be made ready: with --json there is
     * one object a mapping, whatever happens. */
    findings_begin(&v.findings, job->arguments->json, job->script_path,
                   job->mapping->form->name);
    good = good && open_sink(&v, err) && flow(&v, err);
    if (!good)
        secrets_scrub(err->text);
    struct findings_end end = {.counts = v.sink ? verify_counts(v.sink) : &none,
                               .seconds = clock_now() - begun,
                               .error = good ? NULL : err->text,
                               .quiet = job->arguments->log.hold};
    if (v.sink != NULL)
        end.requests = verify_requests(v.sink)->requests;
    end.exit = code_of(end.counts, good, err);
    if (good)
        explain(&v, end.counts);
    findings_end(&v.findings, &end);
    if (v.sink != NULL)
        v.sink->kind->free(v.sink);
    view_close(v.view);
    return end.exit;
}

/* What fails before any mapping is at hand. */
static enum exit_code fail(const struct arguments *arguments, struct err *err)
{
    secrets_scrub(err->text);
    static const struct verify_counts none;
    struct findings findings;
    const struct findings_end end = {
        .counts = &none, .exit = err->code, .error = err->text};
    findings_begin(&findings, arguments->json, arguments->operands[0], NULL);
    findings_end(&findings, &end);
    return err->code;
}

static bool begin(struct job *job, struct arguments *arguments, struct err *err)
{
    if (!job_begin(job, arguments, JOB_READS | JOB_CONNECTS, err))
        return false;
    return job_count(job) > 0 ||
           err_set(err, EXIT_SCRIPT,
                   "%s: returns a function; it leaves nothing to verify",
                   job->script_path);
}

static enum exit_code verify(struct arguments *arguments, struct err *err)
{
    struct job job;
    enum exit_code code, worst = EXIT_DONE;
    bool begun = begin(&job, arguments, err);
    if (!begun)
        worst = fail(arguments, err);
    for (unsigned i = 0; begun && i < job_count(&job); i++) {
        code = verify_mapping(&job, i, err);
        begun = code == EXIT_DONE || code == EXIT_REJECTS;
        /* What ends the list says how all of it ended. */
        worst = !begun || code > worst ? code : worst;
    }
    job_end(&job);
    return worst;
}

static const char *const options[] = {
    "server",      "concurrency", "state",      "jobs",
    "timeout",     "retry_for",   "strict",     "max_memory",
    "max_lookup",  "source",      "json",       "max_instructions",
    "max_seconds", "max_records", "no_confine", "cron",
    NULL};

static const struct own_option own[] = {
    [OWN_SAMPLE] = {"sample", "N", "compare N of the records only"},
    [OWN_EACH] = {"each", NULL, "ask for one record at a time"},
    {NULL, NULL, NULL},
};

const struct command command_verify = {
    .name = "verify",
    .usage = "fastsync verify MAPPING.lua [INPUT…]",
    .help = "read back what was accepted, compare field by field",
    .example = "fastsync verify khach-hang.lua --sample 100",
    .own = own,
    .options = options,
    .operands_min = 1,
    .operands_max = OPERANDS_MAX,
    .ends = ENDS_REJECTS | ENDS_INPUT | ENDS_SCRIPT | ENDS_RIGHTS |
            ENDS_PENDING | ENDS_BUSY | ENDS_INTERRUPTED,
    .body = verify,
};
