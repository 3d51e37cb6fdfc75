/* deliver.c: a run is written down before anything is sent, and its end after
 * everything. */
#include "deliver.h"

#include <stdlib.h>

#include "deliver/delivery.h"

/* What tells this run's inputs from another's: their paths, a line each. Empty
 * where they are not the whole of an export: a limit, corrected rejects. */
static void name_source(const struct job *job, struct buf *name)
{
    bool whole = job->arguments->config.limit == 0 && job->input_count > 0;
    for (unsigned i = 0; whole && i < job->input_count; i++) {
        whole = !job->inputs[i]->rejects_file;
        buf_puts(name, job->inputs[i]->path);
        buf_putc(name, '\n');
    }
    if (!whole)
        buf_clear(name);
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
    name_source(job, &name);
    /* The guard compares the whole of an export with the last whole one; a
     * part of it has no name there. */
    const char *source = name.len > 0 ? buf_text(&name) : NULL;
    struct sink *sink = open_sink(deliver, job, rejects, source, err);
    buf_release(&name);
    if (sink == NULL && deliver->journal != NULL) {
        /* Written down as a run without rows: status shows why it came to
         * nothing. */
        const struct sink none = {.kind = NULL};
        struct err late;
        deliver_close(deliver, &none, err->code, err->text, false, &late);
    }
    return sink;
}

bool deliver_close(void *owner, const struct sink *sink, enum exit_code code,
                   const char *message, bool told, struct err *err)
{
    struct deliver *deliver = owner;
    return deliver->journal == NULL ||
           journal_run_end(deliver->journal, &sink->ledger, sink->resumed,
                           (int)code, message, told, err);
}

void deliver_end(struct deliver *deliver)
{
    journal_close(deliver->journal);
    deliver->journal = NULL;
}
