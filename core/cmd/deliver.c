/* deliver.c: a run is written down before anything is sent, and its end after
 * everything. */
#include "deliver.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "deliver/delivery.h"

/* The newest file of a pattern has another name each time, and is the same
 * export. */
static void name_newest(const struct job *job, struct buf *name)
{
    buf_clear(name);
    for (unsigned i = 0; i < job->mapping->source_count; i++) {
        buf_puts(name, job->mapping->sources[i].path);
        buf_putc(name, '\n');
    }
}

static bool picks_newest(const struct job *job)
{
    bool newest = job->arguments->count == 1;
    for (unsigned i = 0; newest && i < job->mapping->source_count; i++)
        if (job->mapping->sources[i].newest)
            return true;
    return false;
}

/* What tells this run's inputs from another's: their paths, a line each. Empty
 * where they are not the whole of an export: a limit, corrected rejects, what
 * is new since a time. */
static void name_source(const struct job *job, struct buf *name)
{
    bool whole = job->arguments->config.limit == 0 && job->input_count > 0 &&
                 !job->marks.web.in_part;
    for (unsigned i = 0; whole && i < job->input_count; i++) {
        whole = !job->inputs[i]->rejects_file;
        buf_puts(name, job->inputs[i]->path);
        buf_putc(name, '\n');
    }
    if (!whole)
        buf_clear(name);
    else if (picks_newest(job))
        name_newest(job, name);
}

/* From here on the journal knows of a run; whatever happens now,
 * deliver_close writes its end. */
static bool open_journal(struct deliver *deliver, const struct job *job,
                         const char *source, struct err *err)
{
    if (deliver->no_journal)
        return true;
    deliver->journal = journal_open(job->state, err);
    return deliver->journal != NULL &&
           journal_run_begin(deliver->journal, job->script_path,
                             job->mapping->form->name, source, err);
}

static struct sink *open_sink(struct deliver *deliver, struct job *job,
                              struct rejects *rejects, const char *source,
                              struct err *err)
{
    struct config *config = &job->arguments->config;
    struct delivery_options options = {
        .config = config,
        .mapping = job->mapping,
        .source = source,
        .rejects = rejects,
        .state = deliver->no_journal ? NULL : job->state,
        .last = job->last,
        .only_resume = deliver->only_resume};
    if (!config_connect(config, err) ||
        !open_journal(deliver, job, source, err))
        return NULL;
    options.journal = deliver->journal;
    return delivery_new(&options, err);
}

struct sink *deliver_open(void *owner, struct job *job, struct rejects *rejects,
                          struct err *err)
{
    struct deliver *deliver = owner;
    struct buf name = {0};
    deliver_end(deliver); /* of the mapping before */
    deliver->marks = &job->marks;
    name_source(job, &name);
    /* The guard compares the whole of an export with the last whole one; a
     * part of it has no name there. */
    deliver->source = name.len > 0 ? mem_text(buf_text(&name)) : NULL;
    struct sink *sink = open_sink(deliver, job, rejects, deliver->source, err);
    buf_release(&name);
    if (sink == NULL && deliver->journal != NULL) {
        /* Written down as a run without rows: status shows why it came to
         * nothing. */
        const struct sink none = {.kind = NULL};
        struct err late;
        deliver_close(deliver, &none, rejects, err->code, err->text, false,
                      &late);
    }
    return sink;
}

static int by_number(const void *a, const void *b)
{
    uint64_t one, other;
    memcpy(&one, a, sizeof one);
    memcpy(&other, b, sizeof other);
    return one < other ? -1 : one > other;
}

/* Of the run's own rows, as the ledger counts them. */
static uint64_t count_new(const struct rejects *rejects, struct buf *before)
{
    size_t count, known = before->len / sizeof(uint64_t);
    uint64_t fresh = 0;
    const struct rejected *all = rejects_identities(rejects, &count);
    if (known > 0)
        qsort(before->at, known, sizeof(uint64_t), by_number);
    for (size_t i = 0; i < count; i++)
        fresh += !all[i].earlier &&
                 (known == 0 || !bsearch(&all[i].identity, before->at, known,
                                         sizeof(uint64_t), by_number));
    return fresh;
}

bool deliver_compare(void *owner, const struct rejects *rejects,
                     struct ledger *ledger, struct err *err)
{
    struct deliver *deliver = owner;
    struct buf before = {0};
    bool known = false;
    if (deliver->journal == NULL || ledger->rows == 0)
        return true;
    bool good = journal_last_rejects(deliver->journal, deliver->source, &before,
                                     &known, err);
    ledger->compared = good && known;
    if (ledger->compared)
        ledger->new_rejects = count_new(rejects, &before);
    buf_release(&before);
    return good;
}

/* Only of a run that saw its whole source: what another one did not come to is
 * not mended. */
static bool remember(struct deliver *deliver, const struct rejects *rejects,
                     struct err *err)
{
    size_t count;
    struct buf identities = {0};
    const struct rejected *all = rejects_identities(rejects, &count);
    rejects_taken(rejects);
    for (size_t i = 0; i < count; i++)
        buf_add(&identities, &all[i].identity, sizeof all[i].identity);
    bool good = deliver->source == NULL ||
                journal_keep_rejects(deliver->journal, deliver->source,
                                     &identities, err);
    buf_release(&identities);
    return good;
}

/* Only where every row has arrived: one that was rejected, or is pending, is
 * asked for again. */
static bool keep_marks(struct deliver *deliver, struct err *err)
{
    const struct web_marks *marks = &deliver->marks->web;
    return journal_fetched(deliver->journal, marks->learned, marks->count, err);
}

bool deliver_close(void *owner, const struct sink *sink,
                   const struct rejects *rejects, enum exit_code code,
                   const char *message, bool told, struct err *err)
{
    struct deliver *deliver = owner;
    bool whole =
        (code == EXIT_DONE || code == EXIT_REJECTS) && sink->ledger.rows > 0;
    if (deliver->journal == NULL)
        return true;
    return (!whole || remember(deliver, rejects, err)) &&
           (code != EXIT_DONE || keep_marks(deliver, err)) &&
           journal_run_end(deliver->journal, &sink->ledger, sink->resumed,
                           (int)code, message, told, err);
}

void deliver_end(struct deliver *deliver)
{
    journal_close(deliver->journal);
    free(deliver->source);
    deliver->source = NULL;
    deliver->journal = NULL;
}
