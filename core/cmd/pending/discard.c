/* discard.c: `fastsync discard`: the way out by hand for records that stay
 * pending; it reaches no server. All mappings are looked at, then it asks once,
 * then takes them out: what is wrong with a key or an answer leaves everything
 * as it was. While a person thinks the outbox is free for a run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/screen/print.h"
#include "base/screen/show.h"
#include "cmd/command.h"
#include "cmd/job.h"
#include "cmd/job/outputs.h"
#include "deliver/discard.h"
#include "deliver/unreported.h"

enum { OWN_YES };

struct discarding {
    struct job *job;
    bool *met;           /* of the keys, in any mapping */
    uint64_t *agreed_to; /* what was found to be discarded, by mapping */
    uint64_t found;      /* records of all mappings */
    struct buf question;
    bool begun; /* something was taken out */

    /* One mapping's outbox. */
    struct journal *journal;
    struct rejects *rejects;
    struct batch_pool pool;
    struct discard what;
    const char *file; /* the rejects', or NULL */
};

static void close_outbox(struct discarding *d)
{
    rejects_free(d->rejects);
    journal_close(d->journal);
    seen_free(d->what.last);
    d->what.last = NULL;
    d->file = NULL;
    d->rejects = NULL;
    d->journal = NULL;
}

static bool open_outbox(struct discarding *d, struct err *err)
{
    const struct job *job = d->job;
    const struct config *config = &job->arguments->config;
    const char *form = job->mapping->form->name;
    batch_limits(&d->pool.limits, form, config->batch, config->batch_bytes);
    d->journal = journal_open(job->state, err);
    d->what = (struct discard){
        .journal = d->journal,
        .pool = &d->pool,
        .keys = job->arguments->operands + 1,
        .key_count = job->arguments->count - 1,
        .met = d->met,
        .last = seen_new(),
    };
    return d->journal != NULL &&
           journal_load(d->journal, form, config->url, NULL, err) &&
           discard_look(&d->what, err);
}

/* What is asked about: how many, which, and what the server may hold. */
static void put_question(struct discarding *d)
{
    struct buf *text = &d->question;
    const struct discard *what = &d->what;
    show_addf(text, "%s: ", d->job->arguments->config.url);
    ledger_count(what->records, "pending record", "pending records", text);
    buf_puts(text, ":");
    for (unsigned i = 0; i < what->records && i < DISCARD_NAMED; i++)
        show_addf(text, "%s %s", i > 0 ? "," : "", what->names[i]);
    buf_puts(text, what->records > DISCARD_NAMED ? " …\n" : "\n");
    if (what->unsure == 0) {
        buf_puts(text, "each request for them was answered with a failure, or "
                       "none was sent: the server should not hold them\n");
    } else {
        ledger_count(what->unsure, "of them", "of them", text);
        buf_puts(text, " may be at the server already, from an earlier "
                       "request\n");
    }
}

/* Only a plain yes is one. */
static bool agreed(struct discarding *d, struct err *err)
{
    char line[16] = "";
    print_question(&d->question);
    if (d->job->arguments->own[OWN_YES] != NULL)
        return true;
    if (!isatty(STDIN_FILENO))
        return err_set(err, EXIT_USAGE,
                       "discard asks first, and there is no terminal; --yes "
                       "answers it");
    buf_puts(&d->question, "take them out, into the rejects file? [y/N] ");
    print_question(&d->question);
    if (fgets(line, sizeof line, stdin) != NULL &&
        (strcmp(line, "y\n") == 0 || strcmp(line, "yes\n") == 0))
        return true;
    return err_set(err, EXIT_USAGE, "nothing was discarded");
}

/* What earlier runs have not reported yet comes into the same file: it is then
 * in its place with all that was refused. */
static bool fill(struct discarding *d, struct ledger *resumed, struct err *err)
{
    struct unreported_list earlier = {0};
    struct seen *none = seen_new();
    bool good = unreported_load(&earlier, d->journal, err);
    resumed->rows = d->what.records + earlier.count;
    resumed->pending = earlier.count + d->what.older;
    resumed->rejected = d->what.records - d->what.older;
    ledger_supersede(resumed, d->what.older);
    good = good &&
           unreported_report(&earlier, none, resumed, d->rejects, err) &&
           discard_all(&d->what, d->rejects, err);
    unreported_release(&earlier);
    seen_free(none);
    return good;
}

static bool take_out(struct discarding *d, struct err *err)
{
    const struct job *job = d->job;
    struct ledger none = {0}, resumed = {0};
    struct err late;
    d->rejects = rejects_open(job->rejects, job->mapping->form->name, err);
    if (d->rejects == NULL || !rejects_begin(d->rejects, err) ||
        !journal_run_begin(d->journal, job->script_path,
                           job->mapping->form->name, NULL, err))
        return false;
    rejects_keep(d->rejects);
    bool good = fill(d, &resumed, err);
    if (!good) /* all of them, or none */
        journal_undo(d->journal);
    good = good && journal_commit(d->journal, err) &&
           rejects_finish(d->rejects, &d->file, err);
    bool ended = journal_run_end(d->journal, &none, good ? &resumed : NULL,
                                 good ? EXIT_DONE : (int)err->code,
                                 good ? "discarded by hand" : err->text, good,
                                 good ? err : &late);
    return good && ended;
}

static void report(const struct discarding *d)
{
    struct buf text = {0};
    const struct discard *what = &d->what;
    unsigned long long left = what->pending - what->records;
    if (d->job->arguments->json) {
        buf_addf(&text, "{\"discarded\":%llu,\"unsure\":%llu,\"pending\":%llu,",
                 (unsigned long long)what->records,
                 (unsigned long long)what->unsure, left);
        buf_puts(&text, "\"rejects\":");
        json_cstring(&text, d->file);
        buf_puts(&text, "}\n");
        print_json(&text);
    } else if (what->pending == 0) {
        print_line("nothing is pending for this server");
    } else {
        ledger_count(what->records, "record", "records", &text);
        buf_puts(&text, " discarded");
        if (d->file != NULL)
            buf_addf(&text, ", into %s", d->file);
        buf_puts(&text, "; ");
        ledger_number(left, &text);
        buf_puts(&text, " still pending");
        print_line("%s", buf_text(&text));
    }
    buf_release(&text);
}

static bool open_mapping(struct discarding *d, unsigned number, struct err *err)
{
    return job_mapping(d->job, number, err) &&
           config_check_url(&d->job->arguments->config, err) &&
           job_make_state(d->job, err) && outputs_check(d->job, err) &&
           open_outbox(d, err);
}

static bool look(struct discarding *d, unsigned number, struct err *err)
{
    bool good = open_mapping(d, number, err);
    if (good && d->what.records > 0)
        put_question(d);
    d->agreed_to[number] = d->what.which;
    d->found += d->what.records;
    close_outbox(d);
    return good;
}

/* Each key must be pending in one of the mappings. */
static bool check_keys(const struct discarding *d, struct err *err)
{
    const struct arguments *arguments = d->job->arguments;
    for (unsigned i = 1; i < arguments->count; i++)
        if (!d->met[i - 1])
            return err_set(err, EXIT_USAGE,
                           "%s: it is not pending for %s; nothing was "
                           "discarded",
                           arguments->operands[i], arguments->config.url);
    return true;
}

/* What was agreed to, and nothing else: a run may have come between. */
static bool discard(struct discarding *d, unsigned number, struct err *err)
{
    bool good = open_mapping(d, number, err);
    if (good && d->what.which != d->agreed_to[number])
        good = err_set(err, EXIT_BUSY,
                       "%s: other records are pending by now; nothing%s was "
                       "discarded",
                       d->job->arguments->config.url, d->begun ? " more" : "");
    good = good && (d->what.records == 0 || take_out(d, err));
    if (good)
        report(d);
    d->begun |= good && d->what.records > 0;
    close_outbox(d);
    return good;
}

static bool discard_each(struct discarding *d, struct err *err)
{
    bool good = true;
    unsigned count = job_count(d->job);
    d->agreed_to = mem_zero(count, sizeof *d->agreed_to);
    for (unsigned i = 0; good && i < count; i++)
        good = look(d, i, err);
    good = good && check_keys(d, err) && (d->found == 0 || agreed(d, err));
    for (unsigned i = 0; good && i < count; i++)
        good = discard(d, i, err);
    return good;
}

static enum exit_code body(struct arguments *arguments, struct err *err)
{
    struct job job;
    struct discarding d = {.job = &job,
                           .met = mem_zero(arguments->count, sizeof *d.met)};
    bool good = job_begin(&job, arguments, JOB_WRITES, err);
    if (good && job_count(&job) == 0)
        good = err_set(err, EXIT_SCRIPT,
                       "%s: returns a function; it leaves nothing to discard",
                       job.script_path);
    good = good && outputs_begin(&job, err) && discard_each(&d, err);
    batch_pool_release(&d.pool);
    buf_release(&d.question);
    free(d.agreed_to);
    free(d.met);
    job_end(&job);
    return good ? EXIT_DONE : err->code;
}

static const struct own_option own[] = {
    [OWN_YES] = {"yes", NULL, "do not ask first"},
    {NULL, NULL, NULL},
};

static const char *const options[] = {
    "profile",     "config",      "url",        "rejects",
    "state",       "json",        "max_memory", "max_instructions",
    "max_seconds", "max_records", "no_confine", NULL};

const struct command command_discard = {
    .name = "discard",
    .usage = "fastsync discard MAPPING.lua [KEY…]",
    .help = "take pending records out, into the rejects file; asks first",
    .example = "fastsync discard khach-hang.lua KH0417",
    .own = own,
    .options = options,
    .operands_min = 1,
    .operands_max = OPERANDS_MAX,
    .ends = ENDS_SCRIPT | ENDS_BUSY,
    .body = body,
};
