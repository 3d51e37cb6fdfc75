/* history.h: the journal, read by those that only ask: status, explain.
 *
 * Takes no lock and changes nothing; a run may be going on beside it. Texts
 * handed to a visitor live for its call. Any one thread. */
#ifndef FASTSYNC_JOURNAL_HISTORY_H
#define FASTSYNC_JOURNAL_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "ledger.h"

struct history;
struct web_mark;

/* NULL without an error (err->text empty): there is no journal in DIR. */
struct history *history_open(const char *dir, struct err *err);
void history_close(struct history *history); /* NULL is allowed */

/* Fills in what is known of mark->source; *found: something is. */
bool history_fetched(struct history *history, struct web_mark *mark,
                     bool *found, struct err *err);

struct history_run {
    int64_t id;
    const char *mapping, *form, *begun;
    const char *ended;   /* NULL: it never came to its end */
    const char *message; /* why it stopped, or NULL */
    const char *json;    /* its ledgers as members of an object, or NULL */
    int exit;
    struct ledger ledger;  /* balance alone */
    struct ledger resumed; /* rows 0: nothing was */
};

typedef void history_visit_run(void *out, const struct history_run *run);
/* The newest first. `good`: only those that had rows and ended with exit 0 or
 * 3. */
bool history_runs(struct history *history, unsigned max, bool good,
                  history_visit_run *visit, void *out, struct err *err);

/* Did the last whole export that was read to its end have a line end there?
 * Where no run tells, it is false. */
bool history_line_end(struct history *history, bool *line_end, struct err *err);

struct history_pending {
    const char *form, *server;
    uint64_t batches, records;
    const char *since; /* when the oldest was posted */
};

typedef void history_visit_pending(void *out,
                                   const struct history_pending *pending);
bool history_pending(struct history *history, history_visit_pending *visit,
                     void *out, struct err *err);

/* One thing that happened to a record. */
struct history_event {
    enum {
        EVENT_ACCEPTED,
        EVENT_REFUSED,
        EVENT_DISCARDED, /* by hand, while it was pending */
        EVENT_PENDING,
    } what;
    int64_t run; /* 0: not known */
    int64_t batch;
    const char *server, *when;
    uint64_t records; /* of the answer, or of the batch */
    const char *fkey, *message;
    uint64_t content;
};

typedef void history_visit_event(void *out, const struct history_event *event);
/* All about a key of a form, the oldest first; what is pending last. */
bool history_key(struct history *history, const char *form,
                 const uint64_t key[2], history_visit_event *visit, void *out,
                 struct err *err);

#endif
