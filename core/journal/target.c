/* target.c: servers are told apart by host, port and path, without the scheme:
 * a server that moves from http to https holds what it held before. */
#include "target.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "server.h"

char *journal_server(const char *url)
{
    const char *start = strstr(url, "://");
    char *server = mem_text(start ? start + 3 : url);
    for (char *c = server; *c != '\0' && *c != '/'; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
    size_t len = strlen(server);
    while (len > 0 && server[len - 1] == '/')
        server[--len] = '\0';
    return server;
}

/* A statement about a form and the URL's server; NULL: err. */
static sqlite3_stmt *prepare(struct db *db, const char *sql, const char *form,
                             const char *url, struct err *err)
{
    sqlite3_stmt *statement = db_prepare(db, sql, err);
    if (statement == NULL)
        return NULL;
    sqlite3_bind_text(statement, 1, form, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, journal_server(url), -1, free);
    return statement;
}

bool target_claim(struct db *db, const char *form, const char *url,
                  int64_t *target, struct err *err)
{
    sqlite3_stmt *insert =
        prepare(db,
                "INSERT INTO targets (form, server) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET form=form RETURNING id",
                form, url, err);
    if (insert == NULL)
        return false;
    bool good = sqlite3_step(insert) == SQLITE_ROW;
    if (good)
        *target = sqlite3_column_int64(insert, 0);
    good = good && sqlite3_step(insert) == SQLITE_DONE;
    if (!good)
        db_fail(db, err);
    sqlite3_finalize(insert);
    return good;
}

bool target_find(struct db *db, const char *form, const char *url,
                 int64_t *target, struct err *err)
{
    sqlite3_stmt *select = prepare(
        db, "SELECT id FROM targets WHERE form=? AND server=?", form, url, err);
    if (select == NULL)
        return false;
    int step = sqlite3_step(select);
    *target = step == SQLITE_ROW ? sqlite3_column_int64(select, 0) : 0;
    bool good = db_stepped(db, step, err);
    sqlite3_finalize(select);
    return good;
}
