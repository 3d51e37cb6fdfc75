/* connection.h: what says which database is meant: the name of a data source
 * of odbc.ini, or a connection string.
 *
 * A string may come from anybody's script. It names its driver as odbcinst.ini
 * does, never a library; it says what leads to a server and nothing else, as
 * drivers also take orders to load libraries, run statements and write logs;
 * and it holds no password: one that does is refused, and noted as a secret.
 * The path of such a source is "odbc:" and that text. */
#ifndef FASTSYNC_DECODE_SQL_ODBC_CONNECTION_H
#define FASTSYNC_DECODE_SQL_ODBC_CONNECTION_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"

struct connection {
    char *dsn, *driver; /* one of them; owned, as all of it */
    char *host, *port;  /* where the driver goes to one; or NULL */
    char *user;         /* or NULL */
    char *database;     /* or NULL */
    char *grant;        /* what a script needs for it: "dsn:shop", a host, or
                           "driver:SQLite3" */
    struct buf text; /* what the driver manager is told: all but who we are */
};

/* Is it the path of a database? */
bool connection_is(const char *path);
/* `path` is one. False: EXIT_USAGE. */
bool connection_open(struct connection *connection, const char *path,
                     struct err *err);
/* What messages call it: "odbc:shop", "odbc:db.example.vn/shop"; the caller
 * frees. */
char *connection_name(const struct connection *connection);
void connection_close(struct connection *connection);
/* May a script read from it? `grants` stand one a line. EXIT_USAGE names the
 * one that is missing. */
bool connection_granted(const struct connection *connection, const char *grants,
                        struct err *err);
/* Appends what a driver of that name is to be told so that rows come one after
 * the other, not all at once. */
void connection_stream(struct buf *text, const char *driver);
/* Appends `Name=value;`, the value in braces where it must be. */
void connection_add(struct buf *text, const char *name, const char *value);

#endif
