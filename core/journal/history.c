/* history.c: questions to the journal. A journal of an older version is not
 * brought up to date for asking: the next run does that. Keys stand packed in
 * blobs, so that what happened to one of them is found by walking them all. */
#include "history.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "look.h"
#include "net/web/mark.h"
#include "packed.h"
#include "posted.h"

struct history {
    struct db db;
};

struct history *history_open(const char *dir, struct err *err)
{
    struct history *history = mem_zero(1, sizeof *history);
    struct db *db = &history->db;
    db->path = mem_format("%s/journal.db", dir);
    err->text[0] = '\0';
    bool there = look_there(db);
    if (there && look_open(db, err))
        return history;
    if (!there && errno != ENOENT)
        err_set(err, EXIT_USAGE, "%s: %s", db->path, strerror(errno));
    history_close(history);
    return NULL;
}

void history_close(struct history *history)
{
    if (history == NULL)
        return;
    db_close(&history->db);
    free(history);
}

static const char *text_of(sqlite3_stmt *row, int column)
{
    return (const char *)sqlite3_column_text(row, column);
}

static uint64_t number_of(sqlite3_stmt *row, int column)
{
    return (uint64_t)sqlite3_column_int64(row, column);
}

#define OF(part, name) ", ifnull(json_extract(ledger, '$." part "." name "'),0)"

static const char runs_sql[] =
    "SELECT id, mapping, form, begun, ended, message, ledger, exit"
    /* clang-format off */
    OF("ledger", "rows") OF("ledger", "extra") OF("ledger", "skipped")
    OF("ledger", "rejected") OF("ledger", "duplicate") OF("ledger", "unchanged")
    OF("ledger", "accepted") OF("ledger", "pending")
    OF("resumed", "records") OF("resumed", "accepted") OF("resumed", "rejected")
    OF("resumed", "again") OF("resumed", "pending")
    OF("ledger", "superseded") OF("ledger", "held")
    OF("resumed", "superseded")
    /* clang-format on */
    ", json_extract(ledger, '$.new_rejects')"
    " FROM runs WHERE ?1=0 OR (exit IN (0, 3) AND rows>0) ORDER BY id DESC "
    "LIMIT ?2";

/* The ledger's numbers are taken out of its JSON by the query itself. */
static void read_run(sqlite3_stmt *row, struct history_run *run)
{
    *run = (struct history_run){
        .id = sqlite3_column_int64(row, 0),
        .mapping = text_of(row, 1),
        .form = text_of(row, 2),
        .begun = text_of(row, 3),
        .ended = text_of(row, 4),
        .message = text_of(row, 5),
        .json = text_of(row, 6),
        .exit = sqlite3_column_int(row, 7),
        .ledger = {.rows = number_of(row, 8),
                   .extra = number_of(row, 9),
                   .skipped = number_of(row, 10),
                   .rejected = number_of(row, 11),
                   .duplicate = number_of(row, 12),
                   .unchanged = number_of(row, 13),
                   .accepted = number_of(row, 14),
                   .pending = number_of(row, 15),
                   .superseded = number_of(row, 21),
                   .held = number_of(row, 22),
                   .new_rejects = number_of(row, 24),
                   .compared = sqlite3_column_type(row, 24) != SQLITE_NULL},
        .resumed = {.rows = number_of(row, 16),
                    .accepted = number_of(row, 17),
                    .rejected = number_of(row, 18),
                    .duplicate = number_of(row, 19),
                    .superseded = number_of(row, 23),
                    .pending = number_of(row, 20)},
    };
}

bool history_runs(struct history *history, unsigned max, bool good,
                  history_visit_run *visit, void *out, struct err *err)
{
    int step;
    struct history_run run;
    sqlite3_stmt *select = db_prepare(&history->db, runs_sql, err);
    if (select == NULL)
        return false;
    sqlite3_bind_int(select, 1, good);
    sqlite3_bind_int64(select, 2, max);
    while ((step = sqlite3_step(select)) == SQLITE_ROW) {
        read_run(select, &run);
        visit(out, &run);
    }
    return db_end(&history->db, select, step, err);
}

bool history_line_end(struct history *history, bool *line_end, struct err *err)
{
    uint64_t found = 0;
    bool good = db_number(&history->db,
                          "SELECT json_extract(ledger, '$.line_end') FROM runs"
                          " WHERE source IS NOT NULL AND exit IN (0, 3, 7)"
                          " AND json_extract(ledger, '$.line_end') IS NOT NULL"
                          " ORDER BY id DESC LIMIT 1",
                          0, &found, err);
    *line_end = good && found != 0;
    return good;
}

bool history_fetched(struct history *history, struct web_mark *mark,
                     bool *found, struct err *err)
{
    sqlite3_stmt *select = db_prepare(
        &history->db,
        "SELECT etag, modified, since FROM fetched WHERE source=?", err);
    *found = false;
    if (select == NULL)
        return false;
    sqlite3_bind_int64(select, 1, (int64_t)mark->source);
    int step = sqlite3_step(select);
    *found = step == SQLITE_ROW;
    if (*found) {
        snprintf(mark->etag, sizeof mark->etag, "%s", text_of(select, 0));
        snprintf(mark->modified, sizeof mark->modified, "%s",
                 text_of(select, 1));
        mark->since = sqlite3_column_int64(select, 2);
    }
    bool good = db_stepped(&history->db, step, err);
    sqlite3_finalize(select);
    return good;
}

bool history_pending(struct history *history, history_visit_pending *visit,
                     void *out, struct err *err)
{
    int step;
    sqlite3_stmt *select = db_prepare(
        &history->db,
        "SELECT form, server, count(*), sum(records - done), min(posted)"
        " FROM outbox JOIN targets ON targets.id = target WHERE held=0"
        " GROUP BY target ORDER BY target",
        err);
    if (select == NULL)
        return false;
    while ((step = sqlite3_step(select)) == SQLITE_ROW) {
        struct history_pending pending = {.form = text_of(select, 0),
                                          .server = text_of(select, 1),
                                          .batches = number_of(select, 2),
                                          .records = number_of(select, 3),
                                          .since = text_of(select, 4)};
        visit(out, &pending);
    }
    return db_end(&history->db, select, step, err);
}

/* Is the key among the answer's? Then with this content. */
static bool in_answer(sqlite3_stmt *row, int column, const uint64_t key[2],
                      uint64_t *content)
{
    struct packed record;
    const char *at = sqlite3_column_blob(row, column);
    const char *stop = at + sqlite3_column_bytes(row, column);
    while (at != NULL && packed_next(&at, stop, &record))
        if (record.key_hash[0] == key[0] && record.key_hash[1] == key[1]) {
            *content = record.content;
            return true;
        }
    return false;
}

/* Answers about the form at any server: the visitor is told which. */
static bool tell_answers(struct db *db, const char *form, const uint64_t key[2],
                         history_visit_event *visit, void *out, struct err *err)
{
    /* As answer_write has them. */
    static const unsigned answers[] = {EVENT_ACCEPTED, EVENT_REFUSED,
                                       EVENT_DISCARDED};
    int step;
    sqlite3_stmt *select = db_prepare(
        db,
        "SELECT batches.id, run, server, answered, records, fkey, message,"
        " refused, keys FROM batches JOIN targets ON targets.id = target"
        " WHERE form=? ORDER BY batches.id",
        err);
    if (select == NULL)
        return false;
    sqlite3_bind_text(select, 1, form, -1, SQLITE_STATIC);
    while ((step = sqlite3_step(select)) == SQLITE_ROW) {
        uint64_t content;
        if (!in_answer(select, 8, key, &content))
            continue;
        struct history_event event = {
            .what = answers[sqlite3_column_int(select, 7) % 3],
            .batch = sqlite3_column_int64(select, 0),
            .run = sqlite3_column_int64(select, 1),
            .server = text_of(select, 2),
            .when = text_of(select, 3),
            .records = number_of(select, 4),
            .fkey = text_of(select, 5),
            .message = text_of(select, 6),
            .content = content,
        };
        visit(out, &event);
    }
    return db_end(db, select, step, err);
}

/* What of a batch is done has been told as an answer already. */
static bool tell_pending(struct db *db, const char *form, const uint64_t key[2],
                         history_visit_event *visit, void *out, struct err *err)
{
    int step;
    sqlite3_stmt *select = db_prepare(
        db,
        "SELECT outbox.id, run, server, posted, records, done, entries"
        " FROM outbox JOIN targets ON targets.id = target"
        " WHERE form=? AND held=0 ORDER BY outbox.id",
        err);
    if (select == NULL)
        return false;
    sqlite3_bind_text(select, 1, form, -1, SQLITE_STATIC);
    while ((step = sqlite3_step(select)) == SQLITE_ROW) {
        struct history_event event = {.what = EVENT_PENDING,
                                      .batch = sqlite3_column_int64(select, 0),
                                      .run = sqlite3_column_int64(select, 1),
                                      .server = text_of(select, 2),
                                      .when = text_of(select, 3),
                                      .records = number_of(select, 4),
                                      .fkey = "",
                                      .message = ""};
        const char *blob = sqlite3_column_blob(select, 6);
        if (posted_find_key(blob, (size_t)sqlite3_column_bytes(select, 6),
                            (uint32_t)number_of(select, 5),
                            (uint32_t)event.records, key, &event.content))
            visit(out, &event);
    }
    return db_end(db, select, step, err);
}

bool history_key(struct history *history, const char *form,
                 const uint64_t key[2], history_visit_event *visit, void *out,
                 struct err *err)
{
    struct db *db = &history->db;
    return tell_answers(db, form, key, visit, out, err) &&
           tell_pending(db, form, key, visit, out, err);
}
