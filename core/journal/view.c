/* view.c: the number of the last run is taken down when it is opened: while it
 * stays the same, and nobody has the lock, nothing has changed. */
#include "view.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "inputs.h"
#include "lock.h"
#include "look.h"
#include "packed.h"
#include "posted.h"
#include "target.h"

struct view {
    struct db db;
    struct inputs inputs;
    int64_t target;    /* form and server; 0: nothing of them is there */
    uint64_t last_run; /* that there was */
};

static bool last_run(struct view *view, uint64_t *run, struct err *err)
{
    return db_number(&view->db, "SELECT ifnull(max(id), 0) FROM runs", 0, run,
                     err);
}

/* Who writes the journal has its lock. */
static bool is_free(const char *dir, struct err *err)
{
    long owner = lock_holder(dir);
    char number[32] = "";
    if (owner > 0)
        snprintf(number, sizeof number, " (process %ld)", owner);
    return owner == 0 ||
           err_set(err, EXIT_BUSY,
                   "%s: a run of this mapping is going on%s; wait for its end",
                   dir, number);
}

/* In this order: a run that begins in between is found later. */
static bool begin(struct view *view, const char *dir, struct err *err)
{
    return look_open(&view->db, err) && last_run(view, &view->last_run, err) &&
           is_free(dir, err);
}

/* No file is no journal, and nothing wrong. */
bool view_open(const char *dir, struct view **opened, struct err *err)
{
    struct view *view = mem_zero(1, sizeof *view);
    view->db.path = mem_format("%s/journal.db", dir);
    *opened = NULL;
    bool there = look_there(&view->db);
    bool good =
        there || errno == ENOENT || errno == ENOTDIR ||
        err_set(err, EXIT_USAGE, "%s: %s", view->db.path, strerror(errno));
    if (there)
        good = begin(view, dir, err);
    if (there && good)
        *opened = view;
    else
        view_close(view);
    return good;
}

void view_close(struct view *view)
{
    if (view == NULL)
        return;
    db_close(&view->db);
    inputs_release(&view->inputs);
    free(view);
}

bool view_unmoved(struct view *view, struct err *err)
{
    uint64_t now;
    if (!last_run(view, &now, err))
        return false;
    return now == view->last_run ||
           err_set(err, EXIT_BUSY,
                   "%s: another run finished meanwhile; run verify again",
                   view->db.path);
}

bool view_aim(struct view *view, const char *form, const char *url,
              struct err *err)
{
    return target_find(&view->db, form, url, &view->target, err);
}

/* A blob that breaks off has no more records; doctor is who says so. */
static bool visit_keys(const char *at, int len, view_key *visit, void *owner,
                       struct err *err)
{
    struct packed record;
    const char *end = at + len;
    while (packed_next(&at, end, &record))
        if (!visit(owner, record.key_hash, record.content, record.key,
                   record.key_len, err))
            return false;
    return true;
}

bool view_each_key(struct view *view, view_key *visit, void *owner,
                   struct err *err)
{
    int step;
    bool good = true;
    sqlite3_stmt *select = db_prepare(
        &view->db, "SELECT keys FROM batches WHERE target=? ORDER BY id", err);
    if (select == NULL)
        return false;
    sqlite3_bind_int64(select, 1, view->target);
    while (good && (step = sqlite3_step(select)) == SQLITE_ROW) {
        const char *blob = sqlite3_column_blob(select, 0);
        if (blob != NULL)
            good = visit_keys(blob, sqlite3_column_bytes(select, 0), visit,
                              owner, err);
    }
    if (good && step != SQLITE_DONE)
        good = db_fail(&view->db, err);
    sqlite3_finalize(select);
    return good;
}

bool view_oldest(struct view *view, int64_t *seconds, struct err *err)
{
    uint64_t found = 0;
    if (!db_number(&view->db,
                   "SELECT ifnull(min(CAST(strftime('%s', answered) AS"
                   " INTEGER)), 0)"
                   " FROM batches WHERE target=? AND refused=0",
                   view->target, &found, err))
        return false;
    *seconds = (int64_t)found;
    return true;
}

enum step view_next(struct view *view, int64_t after, struct batch *batch,
                    struct err *err)
{
    return posted_next(&view->db, &view->inputs, view->target, after, batch,
                       err);
}
