/* posted.h: a batch as a row of the outbox, written and read back. For the
 * journal's files alone. */
#ifndef FASTSYNC_JOURNAL_POSTED_H
#define FASTSYNC_JOURNAL_POSTED_H

#include "batch/batch.h"
#include "inputs.h"

/* Binds how far the batch has got to five parameters from number `at` on. */
void posted_bind_part(sqlite3_stmt *statement, int at,
                      const struct isolation *part);
/* Binds its salt and what the server failed at to four parameters. */
void posted_bind_failing(sqlite3_stmt *statement, int at,
                         const struct batch *batch);
/* What is kept of the records, as one blob. */
bool posted_pack(struct buf *blob, struct inputs *inputs, struct db *db,
                 const struct batch *batch, struct err *err);
/* Looks for a key among the records [from, count) of such a blob. */
bool posted_find_key(const char *blob, size_t len, uint32_t from,
                     uint32_t count, const uint64_t key[2], uint64_t *content);

/* Fills an empty batch with the target's first one after number `after` that
 * may be sent. */
enum step posted_next(struct db *db, struct inputs *inputs, int64_t target,
                      int64_t after, struct batch *batch, struct err *err);
/* The outbox as a whole: does each of its batches add up? */
bool posted_check(struct db *db, struct inputs *inputs, struct err *err);

#endif
