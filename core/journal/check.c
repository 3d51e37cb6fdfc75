/* check.c: SQLite's own quick_check, over a connection that may only read, and
 * then our own look at the outbox, as SQLite knows nothing of what our blobs
 * mean. */
#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "inputs.h"
#include "own.h"
#include "posted.h"
#include "schema.h"

enum cure { MOVE, OWN, SPACE, WAIT };

/* What helps. %s is the folder. */
#define CURE_MOVE                                                              \
    "move it away (mkdir %s/broken && mv %s/journal.db* %s/broken/) and run "  \
    "with the whole export: all of it is sent again, what was pending, too, "  \
    "which Fast takes as an update"
#define CURE_OWN                                                               \
    "give it back to the user who runs fastsync (chown -R USER %s; chmod -R "  \
    "u+rwX %s), or name another folder than %s with --state"

static const char *const cures[] = {
    [MOVE] = CURE_MOVE,
    [OWN] = CURE_OWN,
    [SPACE] = "look for room (df -h %s) and for a failing disk (dmesg)",
    [WAIT] = "look again when the run that holds it has ended",
};

/* What SQLite says, by its primary code: first row that fits. */
static const struct failure {
    int code;
    enum exit_code exit;
    const char *said;
    enum cure cure;
} failures[] = {
    /* clang-format off */
    {SQLITE_NOTADB,   EXIT_USAGE, "is no journal, or a corrupt one", MOVE},
    {SQLITE_CORRUPT,  EXIT_FAULT, "is corrupt",                      MOVE},
    {SQLITE_ERROR,    EXIT_USAGE, "is no journal of fastsync",       MOVE},
    {SQLITE_CANTOPEN, EXIT_USAGE, "cannot be opened",                OWN},
    {SQLITE_READONLY, EXIT_USAGE, "cannot be written",               OWN},
    {SQLITE_PERM,     EXIT_USAGE, "may not be read",                 OWN},
    {SQLITE_BUSY,     EXIT_BUSY,  "is held by another process",      WAIT},
    {SQLITE_FULL,     EXIT_FAULT, "finds the disk full",             SPACE},
    {SQLITE_IOERR,    EXIT_FAULT, "cannot be read",                  SPACE},
    {0,               EXIT_FAULT, "cannot be used",                  SPACE},
    /* clang-format on */
};

/* `detail`: SQLite's own words. */
static bool broken(const char *dir, int code, const char *detail,
                   struct err *err)
{
    const struct failure *failure = failures;
    while (failure->code != 0 && failure->code != (code & 0xff))
        failure++;
    err_set(err, failure->exit, "%s/journal.db: %s (%s)", dir, failure->said,
            detail);
    struct buf text = {0};
    buf_addf(&text, "%s; ", err->text);
    for (const char *at = cures[failure->cure]; *at != '\0';) {
        size_t len = strcspn(at, "%");
        buf_add(&text, at, len);
        at += len;
        if (*at == '%') {
            buf_puts(&text, dir);
            at += 2;
        }
    }
    err_set(err, failure->exit, "%s", buf_text(&text));
    buf_release(&text);
    return false;
}

/* The one value of a statement; false: err. It is a copy, as SQLite's text ends
 * with its statement. */
static bool ask(sqlite3 *db, const char *dir, const char *sql, struct buf *out,
                struct err *err)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    buf_clear(out);
    if (code == SQLITE_ROW)
        buf_puts(out, (const char *)sqlite3_column_text(statement, 0));
    bool good =
        code == SQLITE_ROW || broken(dir, code, sqlite3_errmsg(db), err);
    sqlite3_finalize(statement);
    return good;
}

static bool outbox_is_sound(sqlite3 *file, const char *dir, struct err *err)
{
    struct err why;
    struct buf text = {0};
    struct inputs inputs = {0};
    struct db db = {.path = mem_format("%s/journal.db", dir), .file = file};
    bool old = !ask(file, dir, "PRAGMA user_version", &text, &why) ||
               strtoull(buf_text(&text), NULL, 10) < schema_version();
    bool good = old || posted_check(&db, &inputs, &why);
    inputs_release(&inputs);
    free(db.path);
    buf_release(&text);
    return good || broken(dir, SQLITE_CORRUPT, why.text, err);
}

/* In this order: is it ours at all, is it not too new, is SQLite content. */
static bool look(sqlite3 *db, const char *dir, struct buf *text,
                 struct err *err)
{
    if (!ask(db, dir, "PRAGMA user_version", text, err))
        return false;
    if (strtoull(buf_text(text), NULL, 10) > schema_version())
        return err_set(err, EXIT_USAGE,
                       "%s/journal.db: written by a newer fastsync; use that "
                       "one, or another --state",
                       dir);
    if (!ask(db, dir, schema_foreign, text, err))
        return false;
    if (strcmp(buf_text(text), "0") != 0)
        return broken(dir, SQLITE_ERROR, "triggers or views stand in it", err);
    if (!ask(db, dir, "SELECT count(*) FROM runs", text, err) ||
        !ask(db, dir, "PRAGMA quick_check(1)", text, err))
        return false;
    if (strcmp(buf_text(text), "ok") != 0)
        return broken(dir, SQLITE_CORRUPT, buf_text(text), err);
    return outbox_is_sound(db, dir, err);
}

bool journal_check(const char *dir, struct err *err)
{
    sqlite3 *db = NULL;
    struct buf text = {0};
    char *path = mem_format("%s/journal.db", dir);
    bool good = own_state(dir, err);
    if (good && access(path, F_OK) == 0) {
        int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL);
        good = code == SQLITE_OK ? look(db, dir, &text, err)
                                 : broken(dir, code, sqlite3_errmsg(db), err);
        sqlite3_close(db);
    }
    buf_release(&text);
    free(path);
    return good;
}
