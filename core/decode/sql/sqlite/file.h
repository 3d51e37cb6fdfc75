/* file.h: a source as the one file that SQLite reads.
 *
 * SQLite opens no path by itself: what a script may read was decided when the
 * source was opened, and a database in an archive or a pipe is read like any
 * other. The file says that nobody changes it, so no lock is taken and no
 * journal beside it is looked for; what is written (sorting) goes to temporary
 * files without a name. One owner, one thread at a time. */
#ifndef FASTSYNC_DECODE_SQL_SQLITE_FILE_H
#define FASTSYNC_DECODE_SQL_SQLITE_FILE_H

#include <sqlite3.h>
#include <stdint.h>

#include "source/source.h"

struct sqlite_file {
    struct source *source; /* spooled; borrowed */
    struct err failure;    /* why the last read failed; code 0: it did not */
    uint64_t next;         /* where the last read ended */
    uint64_t begin;        /* of what is read ahead, */
    size_t held;           /* and its bytes */
    char *ahead;
    sqlite3_vfs vfs;
    char name[32];
};

/* Opens the database that the source is. Answers what SQLite says; *db is to be
 * closed in any case, before sqlite_file_close. */
int sqlite_file_open(struct sqlite_file *file, struct source *source,
                     sqlite3 **db);
void sqlite_file_close(struct sqlite_file *file);

#endif
