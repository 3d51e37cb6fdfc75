/* explain.c: `fastsync explain`: one customer's whole story: the rows that
 * speak of it, what they become, what the server said to that, and what
 * the next run will do about it. */
#include <stdlib.h>
#include <string.h>

#include "age.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/screen/print.h"
#include "cmd/preview/side.h"
#include "command.h"
#include "journal/history.h"
#include "journal/server.h"
#include "walk.h"

struct story {
    const char *key;
    uint64_t hash[2];
    const struct form *form;
    uint64_t rows;       /* that speak of it */
    bool valid;          /* one of them makes a record that counts: the */
                         /* first of them, or the last */
    struct last *last;   /* duplicates = "last"; or NULL */
    uint64_t content;    /* of the record that counts */
    char *server;        /* that is configured; NULL: none */
    uint64_t told;       /* events that the journal knows of */
    uint64_t events;     /* those of the configured server */
    bool known, pending; /* an accepted content is known; a batch waits */
    bool discarded;      /* by hand, and nothing came after it */
    uint64_t accepted;   /* that content, 0: nobody knows what is there */
};

static bool same_key(const struct story *story, const char *key, size_t len)
{
    uint64_t hash[2];
    form_key_hash(key, len, hash);
    return hash[0] == story->hash[0] && hash[1] == story->hash[1];
}

/* What a row makes of the key. */
struct speech {
    bool speaks, conflicts, superseded;
    struct later later; /* by what */
};

static void take_record(struct story *story, const struct record *record,
                        struct speech *speech)
{
    struct later later;
    bool over = story->last != NULL && last_take(story->last, record, &later);
    if (record->key_hash[0] != story->hash[0] ||
        record->key_hash[1] != story->hash[1])
        return;
    speech->speaks = true;
    if (over) {
        speech->superseded = true;
        speech->later = later;
        return;
    }
    if (!story->valid)
        story->content = record->content;
    else if (record->content != story->content)
        speech->conflicts = true;
    story->valid = true;
}

/* Prints the row if any of what it became has the key. */
static void take_row(void *argument, const struct chunk *chunk,
                     const struct row *row)
{
    struct story *story = argument;
    struct speech speech = {.speaks = false};
    for (uint32_t i = 0; i < chunk->record_count; i++)
        take_record(story, &chunk->records[i], &speech);
    /* A row that was rejected may still have said its key. */
    for (uint32_t i = 0; i < chunk->reject_count; i++) {
        const char *key = chunk->rejects[i].key;
        speech.speaks |= key != NULL && same_key(story, key, strlen(key));
    }
    if (!speech.speaks)
        return;
    story->rows++;
    side_print(chunk, row);
    if (speech.superseded)
        side_superseded(&speech.later);
    if (speech.conflicts) {
        print_line("  and rejected all the same: an earlier row has the same "
                   "key and other content");
        print_end();
    }
}

static void take_event(void *argument, const struct history_event *event)
{
    static const char *const words[] = {
        [EVENT_ACCEPTED] = "accepted",
        [EVENT_REFUSED] = "refused alone",
        [EVENT_DISCARDED] = "discarded by hand",
        [EVENT_PENDING] = "pending",
    };
    struct story *story = argument;
    /* Put together first: numbers are written by the ledger, with blanks
     * between their thousands. */
    struct buf out = {0};
    buf_addf(&out, "%s  run %lld, batch %lld of ", event->when,
             (long long)event->run, (long long)event->batch);
    ledger_count(event->records, "record", "records", &out);
    buf_addf(&out, ", %s: %s", event->server, words[event->what]);
    if (*event->message != '\0')
        buf_addf(&out, ": %s", event->message);
    if (*event->fkey != '\0')
        buf_addf(&out, ", fkey %s (the server's own reference to this answer)",
                 event->fkey);
    print_line("%s", buf_text(&out));
    buf_release(&out);
    story->told++;
    if (story->server != NULL && strcmp(event->server, story->server) != 0)
        return; /* another server's story decides nothing here */
    story->events++;
    story->pending |= event->what == EVENT_PENDING;
    /* What is not known to have arrived changes nothing about what is known
     * to be there. */
    if (event->what == EVENT_PENDING)
        return;
    story->known = event->what == EVENT_ACCEPTED;
    story->discarded = event->what == EVENT_DISCARDED;
    story->accepted = event->content;
}

/* What the next run will do about it. */
static const char *verdict(const struct story *story)
{
    bool same =
        story->valid && story->known && story->content == story->accepted;
    if (story->pending)
        return "it is pending: the server has not said that it took it, and "
               "the next run sends the same bytes first";
    if (same)
        return "the server accepted it as it is; the next run does not send "
               "it again";
    if (story->valid && story->known)
        return "it has changed since the server accepted it; the next run "
               "sends it";
    if (story->valid && story->events > 0)
        return story->discarded
                   ? "it was discarded by hand; the next run sends it again"
                   : "the server refused it; the next run sends it again";
    if (story->valid && story->told > 0)
        return "it was never sent to this server; the next run sends it";
    if (story->valid)
        return "it was never sent; the next run sends it";
    if (story->rows > 0 && story->known)
        return "its row here is rejected, and not sent until it is corrected "
               "here; the server keeps what it accepted of another row";
    if (story->rows > 0)
        return "its row is rejected, and not sent until it is corrected";
    if (story->events > 0)
        return "no row makes it any more; the server keeps what it accepted";
    return "no row makes it any more, and it was never sent to this server";
}

/* No journal is no failure: a mapping that never ran has a story as well. */
static bool tell_journal(struct job *job, struct story *story, struct err *err)
{
    struct history *history = history_open(job->state, err);
    if (history == NULL)
        return *err->text == '\0';
    bool good = history_key(history, story->form->name, story->hash, take_event,
                            story, err);
    history_close(history);
    return good;
}

/* An export that cannot be read leaves what the journal knows. */
static bool tell_source(struct job *job, struct story *story)
{
    struct err err;
    bool good = job_inputs(job, false, &err);
    const struct pipeline_options rows = job_rows(job);
    if (good && passes_first(&rows, job->last, &err) &&
        walk_rows(job, UINT64_MAX, take_row, story, &err))
        return true;
    log_warn("the source cannot be read now: %s", err.text);
    return false;
}

static bool explain_mapping(struct job *job, unsigned number, const char *key,
                            uint64_t *found, struct err *err)
{
    struct story story = {.key = key};
    if (!job_mapping(job, number, err))
        return false;
    story.form = job->mapping->form;
    const char *url = job->arguments->config.url;
    story.last = job->last;
    story.server = url ? journal_server(url) : NULL;
    form_key_hash(key, strlen(key), story.hash);
    bool read = tell_source(job, &story);
    bool told = tell_journal(job, &story, err);
    free(story.server);
    if (!told)
        return false;
    *found += story.rows + story.told;
    if (story.rows + story.told > 0 && (read || story.pending))
        print_line("%s: %s", key, verdict(&story));
    return true;
}

static bool explain_all(struct job *job, const char *key, struct err *err)
{
    uint64_t found = 0;
    for (unsigned i = 0; i < job_count(job); i++)
        if (!explain_mapping(job, i, key, &found, err))
            return false;
    return found > 0 ||
           err_set(err, EXIT_USAGE,
                   "%s: no row has this key, and the journal does not know it",
                   key);
}

/* MAPPING KEY [INPUT…] becomes MAPPING [INPUT…]. */
static const char *take_key(struct arguments *arguments)
{
    const char *key = arguments->operands[1];
    arguments->count--;
    for (unsigned i = 1; i < arguments->count; i++)
        arguments->operands[i] = arguments->operands[i + 1];
    return key;
}

static enum exit_code explain(struct arguments *arguments, struct err *err)
{
    struct job job;
    const char *key = take_key(arguments);
    bool good = job_begin(&job, arguments, JOB_READS, err) &&
                explain_all(&job, key, err);
    job_end(&job);
    return good ? EXIT_DONE : err->code;
}

static const char *const options[] = {
    "profile",     "config",      "state",      "source",
    "strict",      "max_memory",  "max_lookup", "max_instructions",
    "max_seconds", "max_records", "no_confine", NULL};

const struct command command_explain = {
    .name = "explain",
    .usage = "fastsync explain MAPPING.lua KEY [INPUT…]",
    .help = "one customer's whole story: row, record, verdict, batch, answer",
    .example = "fastsync explain khach-hang.lua KH00123",
    .options = options,
    .operands_min = 2,
    .operands_max = OPERANDS_MAX,
    .ends = ENDS_INPUT | ENDS_SCRIPT,
    .body = explain,
};
