/* execute.c: a mapping from ready to reported. Whatever stops a run, what was
 * taken until then has its outcome, and the ledger is printed. */
#include "execute.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/log.h"
#include "cmd/job/outputs.h"
#include "journal/history.h"
#include "net/secrets.h"
#include "rejects/claims.h"
#include "rejects/doubts.h"
#include "report/report.h"

static enum exit_code code_of(const struct sink *sink, bool check, bool good,
                              const struct err *err)
{
    static const struct ledger none;
    const struct ledger *ledger = &sink->ledger;
    const struct ledger *resumed = sink->resumed ? sink->resumed : &none;
    /* Wrong configuration, and another run, say that nothing was sent. */
    if (!good && ((err->code == EXIT_USAGE &&
                   ledger->accepted + resumed->accepted > 0) ||
                  (err->code == EXIT_BUSY && ledger->requests > 0)))
        return EXIT_PENDING;
    if (!good)
        return err->code;
    /* A check leaves every valid record there: it has sent none. */
    if (ledger->pending + resumed->pending > 0 && !check)
        return EXIT_PENDING;
    return ledger->rejected + resumed->rejected > 0 ? EXIT_REJECTS : EXIT_DONE;
}

/* For who wants to hear only of what is new (-qq, --cron): a run that went
 * well, also one whose rejects the last run had, every one of them. */
static bool is_well(const struct result *result)
{
    const struct ledger *ledger = &result->ledger;
    uint64_t earlier = result->resumed ? result->resumed->rejected : 0;
    return result->exit == EXIT_DONE ||
           (result->exit == EXIT_REJECTS && ledger->compared &&
            ledger->new_rejects == 0 && earlier == 0);
}

static void report(const struct job *job, const struct result *result)
{
    bool quiet = job->arguments->log.hold && is_well(result);
    log_rows(!quiet);
    if (job->arguments->json)
        report_json(result);
    else if (!quiet)
        report_text(result);
}

/* A ledger that does not balance is a failed run, whatever else it says. */
static bool balanced(const struct ledger *ledger, bool good, struct err *err)
{
    if (!good || ledger_balances(ledger))
        return good;
    return err_set(err, EXIT_FAULT,
                   "the ledger does not balance; this is a fault of fastsync");
}

/* What a run writes for people. */
struct papers {
    struct rejects *rejects;
    struct doubts *doubts;
};

/* An encoding is doubtful once, for a whole input, before its rows are. */
static void doubt_inputs(const struct job *job, struct doubts *doubts,
                         struct ledger *ledger)
{
    struct chunk *chunk = chunk_new();
    for (unsigned i = 0; i < job->input_count; i++) {
        const char *text = job->inputs[i]->doubt;
        if (text == NULL)
            continue;
        chunk_clear(chunk);
        chunk->input = job->inputs[i];
        *chunk_add_doubt(chunk) = (struct doubt){
            .key = "", .warning = {WARNING_ENCODING, "", "", text}};
        doubts_take(doubts, chunk, ledger);
    }
    chunk_free(chunk);
}

/* Where that is strict nothing is sent: all rows would be rejects. */
static bool inputs_fit(const struct job *job, struct err *err)
{
    uint32_t strict = job->arguments->config.strict;
    for (unsigned i = 0; i < job->input_count; i++)
        if (job->inputs[i]->doubt != NULL &&
            (strict & warning_bit(WARNING_ENCODING)) != 0)
            return err_set(err, EXIT_INPUT, "%s: %s (strict encoding)",
                           job->inputs[i]->path, job->inputs[i]->doubt);
    return true;
}

/* Everything that comes to the sink, and its end. */
static bool flow(struct job *job, const struct execution *e, struct sink *sink,
                 const struct papers *papers, struct err *err)
{
    bool begun = rejects_begin(papers->rejects, err) &&
                 (e->begin == NULL || e->begin(sink, err));
    if (begun && !e->no_input && !job->unchanged) {
        struct pipeline_options rows = job_rows(job);
        rows.limit = job->arguments->config.limit;
        rows.sink = sink;
        rows.doubts = papers->doubts;
        doubt_inputs(job, papers->doubts, &sink->ledger);
        return passes_run(&rows, job->last, err);
    }
    /* No rows come: the sink is finished here, as the pipeline would. */
    struct err late;
    bool finished = sink->kind->finish(sink, !begun, &late);
    if (begun && !finished)
        *err = late;
    return begun && finished;
}

/* The files get their names. A run that read nothing has no rejects and no
 * warnings of its own: those of the last run stay. *told: the rejects are in
 * their place. */
static bool put_papers(const struct papers *papers, bool no_rows,
                       struct result *result, bool *told, struct err *err)
{
    struct err late;
    if (no_rows)
        rejects_keep(papers->rejects);
    *told = rejects_finish(papers->rejects, &result->rejects, err);
    result->file_count = rejects_files(papers->rejects, &result->files);
    result->edited_count = rejects_edited(papers->rejects, &result->edited);
    bool warned = doubts_finish(papers->doubts, no_rows, &result->warnings,
                                *told ? err : &late);
    return *told && warned;
}

/* The first failure is what the run ends with. */
static void and_then(bool done, bool *good, const struct err *late,
                     struct err *err)
{
    if (!done && *good)
        *err = *late;
    *good = *good && done;
}

/* How it ended, as far as it did. */
static void conclude(const struct execution *e, struct sink *sink,
                     const struct papers *papers, bool good,
                     struct result *result, struct err *err)
{
    bool check = strcmp(e->command, "check") == 0, told;
    struct err late;
    if (e->compare != NULL)
        and_then(e->compare(e->owner, papers->rejects, &sink->ledger, &late),
                 &good, &late, err);
    result->ledger = sink->ledger;
    /* Before the journal's end is written, which says whether the rejects are
     * in their place: those that are not are told again by the next run. */
    bool put = put_papers(papers, sink->ledger.rows == 0, result, &told, &late);
    and_then(put, &good, &late, err);
    good = balanced(&sink->ledger, good, err);
    if (!good)
        secrets_scrub(err->text);
    result->exit = (int)code_of(sink, check, good, err);
    const char *why = good ? NULL : err->text;
    if (e->close != NULL &&
        !e->close(e->owner, sink, papers->rejects, (enum exit_code)result->exit,
                  why, told && !sink->unreported, &late) &&
        good) {
        *err = late;
        good = false;
        result->exit = (int)late.code;
    }
    result->error = good ? NULL : err->text;
}

/* The report comes last: it has the exit code, and every failure that is still
 * to be told. */
static enum exit_code go_through(struct job *job, const struct execution *e,
                                 struct sink *sink, const struct papers *papers,
                                 struct err *err)
{
    double begun = clock_now();
    bool good = flow(job, e, sink, papers, err);
    struct result result = {.command = e->command,
                            .mapping = job->script_path,
                            .form = job->mapping->form->name,
                            .inputs = job->inputs,
                            .input_count = job->input_count,
                            .resumed = sink->resumed};
    conclude(e, sink, papers, good, &result, err);
    result.seconds = clock_now() - begun;
    report(job, &result);
    return (enum exit_code)result.exit;
}

/* A signal at the very end does not take the ledger away, which is still to be
 * flushed then: the signals are taken until the next mapping, or main, ends. */
static enum exit_code settle(struct job *job, const struct execution *e,
                             struct sink *sink, const struct papers *papers,
                             bool *taken, struct err *err)
{
    *taken = interrupt_begin(NULL, NULL, err);
    if (!*taken)
        return execute_failed(job, e->command, err);
    return go_through(job, e, sink, papers, err);
}

enum exit_code execute_failed(const struct job *job, const char *command,
                              struct err *err)
{
    secrets_scrub(err->text);
    struct result result = {
        .command = command,
        .mapping = job->script_path,
        .form = job->mapping ? job->mapping->form->name : NULL,
        .exit = (int)err->code,
        .error = err->text,
    };
    if (job->arguments->json)
        report_json(&result);
    return err->code;
}

/* A run over corrected rows, or over the first ones, tells nothing of the rest
 * of an export: its rejects file stays. */
static void name_part(const struct job *job, struct rejects *rejects)
{
    bool corrected = job->input_count > 0;
    for (unsigned i = 0; i < job->input_count; i++) {
        rejects_input(rejects, job->inputs[i]);
        corrected = corrected && job->inputs[i]->rejects_file;
    }
    corrected = corrected && !job->dry; /* a check's file is only its own */
    if (corrected || job->arguments->config.limit > 0)
        rejects_part(rejects, corrected);
}

/* What was rejected or is pending in one mapping is no reason not to run the
 * next; any other code ends the list: a wrong configuration would be wrong
 * again. */
static bool goes_on(enum exit_code code)
{
    return code == EXIT_DONE || code == EXIT_REJECTS || code == EXIT_PENDING;
}

static bool open_papers(const struct job *job, struct papers *papers,
                        struct err *err)
{
    *papers = (struct papers){
        .rejects = rejects_open(job->rejects, job->mapping->form->name, err)};
    if (papers->rejects == NULL)
        return false;
    name_part(job, papers->rejects);
    papers->doubts = doubts_open(job->warnings, err);
    return papers->doubts != NULL;
}

/* An export that ends in the middle of a line is doubtful where the last one
 * did not. A journal that cannot be read is told by who writes to it. */
static void expect_line_ends(struct job *job)
{
    struct err err;
    bool line_end = false;
    struct history *history = history_open(job->state, &err);
    if (history != NULL && history_line_end(history, &line_end, &err))
        for (unsigned i = 0; i < job->input_count; i++)
            job->inputs[i]->ends_lines = line_end;
    history_close(history);
}

static enum exit_code execute_one(struct job *job, unsigned number,
                                  const struct execution *e, bool *taken,
                                  struct err *err)
{
    if (!job_mapping(job, number, err) ||
        !(e->no_input ||
          (job_inputs(job, true, err) && inputs_fit(job, err))) ||
        !outputs_check(job, err) || !job_make_state(job, err) ||
        !outputs_check(job, err))
        return execute_failed(job, e->command, err);
    expect_line_ends(job);
    enum exit_code code;
    struct sink *sink = NULL;
    struct papers papers;
    if (open_papers(job, &papers, err))
        sink = e->open(e->owner, job, papers.rejects, err);
    code = sink ? settle(job, e, sink, &papers, taken, err)
                : execute_failed(job, e->command, err);
    if (sink != NULL)
        sink->kind->free(sink);
    rejects_free(papers.rejects);
    doubts_free(papers.doubts);
    return code;
}

enum exit_code execute(struct job *job, const struct execution *e,
                       struct err *err)
{
    enum exit_code worst = EXIT_DONE;
    bool taken = false;
    interrupt_tidy(claims_abandon);
    if (!outputs_begin(job, err))
        return execute_failed(job, e->command, err);
    for (unsigned i = 0; i < job_count(job); i++) {
        if (taken)
            interrupt_end();
        taken = false;
        enum exit_code code = execute_one(job, i, e, &taken, err);
        if (!goes_on(code))
            return code;
        if (code > worst)
            worst = code;
    }
    return worst;
}
