/* folder.c: the journal's history goes by once, newest run first; each part is
 * printed as it comes, into a buffer, so that a journal that cannot be read to
 * its end prints nothing. */
#include "folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "age.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/screen/print.h"
#include "base/screen/show.h"
#include "journal/history.h"
#include "journal/lock.h"
#include "rejects/work.h"

enum { SHOWN_RUNS = 5 };

/* One state folder being told of. */
struct status {
    const char *dir;
    long running; /* as lock_holder answers */
    bool json;
    unsigned runs;
    uint64_t pending_batches;
    uint64_t left; /* records that the last run called pending or held */
    char good[32]; /* when the last good run began, "": never */
    struct buf out;
};

static void add_field(struct buf *out, const char *name, const char *text)
{
    buf_addf(out, "\"%s\":", name);
    json_cstring(out, text);
    buf_putc(out, ',');
}

/* A run's ledger in a line: what it did itself, and what it resumed. */
static void print_ledgers(const struct history_run *run, struct buf *out)
{
    if (run->json == NULL)
        return;
    if (run->resumed.rows > 0) {
        buf_puts(out, "  ");
        ledger_print_resumed(&run->resumed, out);
    }
    if (run->ledger.rows > 0 || run->resumed.rows == 0) {
        buf_puts(out, "  ");
        ledger_print(&run->ledger, false, out);
    }
}

static void print_run(struct status *status, const struct history_run *run)
{
    struct buf *out = &status->out;
    if (status->runs == 0)
        show_linef(out, "%s (%s), state in %s", run->mapping, run->form,
                   status->dir);
    show_addf(out, "run %lld, %s (", (long long)run->id, run->begun);
    age_print(run->begun, out);
    if (run->ended != NULL)
        buf_addf(out, "): exit %d\n", run->exit);
    else if (status->runs == 0 && status->running > 0)
        buf_addf(out, "): going on, process %ld\n", status->running);
    else if (status->runs == 0 && status->running != 0)
        buf_puts(out, "): going on\n");
    else
        buf_puts(out, "): broken off; what it left pending goes first in the "
                      "next one\n");
    if (run->message != NULL)
        show_linef(out, "  %s", run->message);
    print_ledgers(run, out);
}

static void run_json(struct status *status, const struct history_run *run)
{
    struct buf *out = &status->out;
    if (status->runs == 0) {
        add_field(out, "mapping", run->mapping);
        add_field(out, "form", run->form);
        buf_puts(out, "\"runs\":[");
    }
    buf_addf(out, "%s{\"run\":%lld,", status->runs > 0 ? "," : "",
             (long long)run->id);
    add_field(out, "begun", run->begun);
    add_field(out, "ended", run->ended);
    if (run->message != NULL)
        add_field(out, "error", run->message);
    /* The journal keeps it as the JSON object that --json prints. */
    size_t len = run->json ? strlen(run->json) : 0;
    if (len > 2) /* its members without their braces */
        buf_addf(out, "%.*s,", (int)len - 2, run->json + 1);
    if (run->ended != NULL)
        buf_addf(out, "\"exit\":%d}", run->exit);
    else
        buf_puts(out, "\"exit\":null}");
}

static void take_run(void *argument, const struct history_run *run)
{
    struct status *status = argument;
    /* The newest run comes first. */
    if (status->runs == 0)
        status->left = run->ledger.pending + run->ledger.held;
    if (status->json)
        run_json(status, run);
    else
        print_run(status, run);
    status->runs++;
}

static void take_good(void *argument, const struct history_run *run)
{
    struct status *status = argument;
    snprintf(status->good, sizeof status->good, "%s", run->begun);
}

static void print_pending(struct status *status,
                          const struct history_pending *pending)
{
    struct buf *out = &status->out;
    buf_puts(out, "pending: ");
    ledger_count(pending->records, "record", "records", out);
    buf_puts(out, " in ");
    ledger_count(pending->batches, "batch", "batches", out);
    show_addf(out, " (%s) for %s, since %s (", pending->form, pending->server,
              pending->since);
    age_print(pending->since, out);
    buf_puts(out, status->running != 0
                      ? "); the run that is going on sends them\n"
                      : "); fastsync resume sends them, fastsync "
                        "discard takes them out\n");
}

static void take_pending(void *argument, const struct history_pending *pending)
{
    struct status *status = argument;
    struct buf *out = &status->out;
    if (status->json) {
        buf_puts(out, status->pending_batches > 0 ? ",{" : "{");
        add_field(out, "form", pending->form);
        add_field(out, "server", pending->server);
        add_field(out, "since", pending->since);
        buf_addf(out, "\"batches\":%llu,\"records\":%llu}",
                 (unsigned long long)pending->batches,
                 (unsigned long long)pending->records);
    } else {
        print_pending(status, pending);
    }
    status->pending_batches += pending->batches;
}

static void print_work(void *argument, const struct work *work)
{
    struct buf *out = argument;
    if (work->edited) {
        show_linef(out, "edited, and read by no run yet: %s", work->path);
        return;
    }
    show_addf(out, "rejected rows: %s (", work->path);
    ledger_count(work->rows, "row", "rows", out);
    buf_puts(out, ")\n");
}

/* The files of one kind, as an array. */
struct listing {
    struct buf paths;
    bool edited;
};

static void list_work(void *argument, const struct work *work)
{
    struct listing *listing = argument;
    if (work->edited != listing->edited)
        return;
    if (listing->paths.len > 0)
        buf_putc(&listing->paths, ',');
    json_cstring(&listing->paths, work->path);
}

static void add_listing(struct status *status, const char *name, bool edited)
{
    struct listing listing = {.edited = edited};
    work_each(status->dir, list_work, &listing);
    buf_addf(&status->out, "\"%s\":[%s],", name, buf_text(&listing.paths));
    buf_release(&listing.paths);
}

/* The first of them by itself, for programs that know of one alone. */
static void take_first(void *argument, const struct work *work)
{
    char **first = argument;
    if (*first == NULL && !work->edited)
        *first = mem_text(work->path);
}

static void tell_rejects(struct status *status)
{
    char *first = NULL;
    if (!status->json) {
        work_each(status->dir, print_work, &status->out);
        return;
    }
    work_each(status->dir, take_first, &first);
    add_field(&status->out, "rejects", first);
    add_listing(status, "rejects_files", false);
    add_listing(status, "rejects_edited", true);
    free(first);
}

static bool tell(struct status *status, struct history *history,
                 struct err *err)
{
    struct buf *out = &status->out;
    /* The last good one by itself: it may be older than all that are shown. */
    if (!history_runs(history, 1, true, take_good, status, err) ||
        !history_runs(history, SHOWN_RUNS, false, take_run, status, err))
        return false;
    if (status->json)
        buf_puts(out, status->runs > 0 ? "],\"pending\":["
                                       : "\"runs\":[],\"pending\":[");
    if (!history_pending(history, take_pending, status, err))
        return false;
    if (status->json)
        buf_puts(out, "],");
    else if (status->runs == 0)
        show_linef(out, "%s: no run yet", status->dir);
    else if (status->pending_batches == 0)
        buf_puts(out, status->left == 0
                          ? "nothing is pending\n"
                          : "nothing waits in the journal; the next run maps "
                            "again what the last one did not send\n");
    tell_rejects(status);
    return true;
}

static void tell_good(struct status *status)
{
    struct buf *out = &status->out;
    if (status->json) {
        add_field(out, "last_good", *status->good ? status->good : NULL);
        buf_addf(out, "\"running\":%s}\n",
                 status->running != 0 ? "true" : "false");
    } else if (*status->good != '\0') {
        show_addf(out, "last run that went through: %s (", status->good);
        age_print(status->good, out);
        buf_puts(out, ")\n");
    } else if (status->runs > 0) {
        buf_puts(out, "no run has gone through yet\n");
    }
}

bool folder_tell(const char *dir, bool json, bool *found, struct err *err)
{
    struct history *history = history_open(dir, err);
    struct status status = {.dir = dir, .json = json};
    *found = history != NULL;
    if (history == NULL)
        return *err->text == '\0';
    status.running = lock_holder(dir);
    if (json) {
        buf_putc(&status.out, '{');
        add_field(&status.out, "state", dir);
    }
    bool good = tell(&status, history, err);
    tell_good(&status);
    if (good && json)
        print_json(&status.out);
    else if (good)
        print_lines(&status.out);
    buf_release(&status.out);
    history_close(history);
    return good;
}
