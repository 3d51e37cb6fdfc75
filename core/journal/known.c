/* known.c: all keys are read in one scan; titles only of those asked for, the
 * newest first. */
#include "known.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "look.h"
#include "packed.h"
#include "row.h"
#include "seen.h"
#include "server.h"
#include "titles.h"

struct known {
    struct db db;
    char *form, *server; /* NULL: any */
    struct seen *keys;
};

#define OF_TARGET                                                              \
    " WHERE target IN (SELECT id FROM targets WHERE form=?1"                   \
    " AND (?2 IS NULL OR server=?2)) "

static sqlite3_stmt *select_of(struct known *known, const char *sql,
                               struct err *err)
{
    sqlite3_stmt *select = db_prepare(&known->db, sql, err);
    if (select == NULL)
        return NULL;
    sqlite3_bind_text(select, 1, known->form, -1, SQLITE_STATIC);
    sqlite3_bind_text(select, 2, known->server, -1, SQLITE_STATIC);
    return select;
}

static bool load(struct known *known, struct err *err)
{
    int step;
    sqlite3_stmt *select = select_of(
        known, "SELECT keys FROM batches" OF_TARGET "ORDER BY id", err);
    if (select == NULL)
        return false;
    while ((step = sqlite3_step(select)) == SQLITE_ROW) {
        struct packed record;
        const char *at = sqlite3_column_blob(select, 0);
        const char *end = at + sqlite3_column_bytes(select, 0);
        while (at != NULL && packed_next(&at, end, &record))
            seen_accept(known->keys, record.key_hash, record.content);
    }
    return db_end(&known->db, select, step, err);
}

struct known *known_open(const char *dir, const char *form, const char *url,
                         struct err *err)
{
    struct known *known = mem_zero(1, sizeof *known);
    known->db.path = mem_format("%s/journal.db", dir);
    known->form = mem_text(form);
    known->server = url ? journal_server(url) : NULL;
    known->keys = seen_new();
    err->text[0] = '\0';
    bool there = look_there(&known->db);
    if (there && look_open(&known->db, err) && load(known, err))
        return known;
    known_close(known);
    return NULL;
}

void known_close(struct known *known)
{
    if (known == NULL)
        return;
    db_close(&known->db);
    seen_free(known->keys);
    free(known->form);
    free(known->server);
    free(known);
}

bool known_find(const struct known *known, const uint64_t key[2],
                uint64_t *content)
{
    bool met;
    return seen_find(known->keys, key, content, &met);
}

bool known_title(struct known *known, const uint64_t key[2], struct buf *title,
                 struct buf *place, struct err *err)
{
    int step;
    bool found = false;
    sqlite3_stmt *select = select_of(known,
                                     "SELECT titles FROM batches" OF_TARGET
                                     "AND titles IS NOT NULL ORDER BY id DESC",
                                     err);
    if (select == NULL)
        return false;
    while (!found && (step = sqlite3_step(select)) == SQLITE_ROW) {
        struct title kept;
        const char *blob = sqlite3_column_blob(select, 0);
        found = blob != NULL &&
                titles_find(blob, (size_t)sqlite3_column_bytes(select, 0), key,
                            &kept);
        if (!found)
            continue;
        buf_add(title, kept.text, kept.len);
        if (kept.place.line > 0)
            buf_addf(place, "%s:%llu", kept.path,
                     (unsigned long long)kept.place.line);
    }
    if (found)
        step = SQLITE_DONE;
    return db_end(&known->db, select, step, err);
}
