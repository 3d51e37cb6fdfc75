/* query.h: does a query read, and is it one? What can be seen of that before a
 * server is asked, whichever it is. Pure. */
#ifndef FASTSYNC_DECODE_SQL_ODBC_QUERY_H
#define FASTSYNC_DECODE_SQL_ODBC_QUERY_H

#include <stdbool.h>

#include "base/err.h"

/* False: EXIT_USAGE. The server is asked for no more than reading as well, and
 * what a transaction has done is undone: this is said so that a person learns
 * of it before anything runs. `guarded`: the session can only read; where it
 * cannot be told so, more words are refused. */
bool query_reads(const char *query, bool guarded, struct err *err);

#endif
