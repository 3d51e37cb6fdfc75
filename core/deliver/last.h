/* last.h: duplicates = "last": which record is the last one of its key.
 *
 * Only that one is sent, as a field that an older one alone has would stay on
 * the server. A later row may always come, so the inputs are read and mapped
 * twice: a first pass notes the keys (last_note, last_ready), and in the second
 * one each record is asked for (last_take). What is no valid record supersedes
 * nothing. Both passes must give the same keys in the same order: of each chunk
 * a hash of these is kept and compared (last_follow), so that a second pass
 * that differs is found before anything from there on is sent.
 *
 * In the first pass it takes at most 40 bytes a key, and as many for a key that
 * comes again; the latter stay, and a bit a record. Sender's thread. */
#ifndef FASTSYNC_DELIVER_LAST_H
#define FASTSYNC_DELIVER_LAST_H

#include <stdbool.h>

#include "base/err.h"
#include "ledger.h"
#include "record.h"

struct last;

struct last *last_new(void);
void last_free(struct last *last); /* NULL is allowed */

/* The first pass: its chunks in their order; then no more come, and this is
 * what was counted. */
void last_note(struct last *last, const struct chunk *chunk);
void last_ready(struct last *last, const struct ledger *counted);
/* Rows, skipped and rejected ones of the whole; NULL before last_ready. */
const struct ledger *last_counted(const struct last *last);

/* The second pass: a chunk, before its records. False: it has failed, or
 * (EXIT_INPUT) it is not the one of the first pass. */
bool last_follow(struct last *last, const struct chunk *chunk, struct err *err);
/* False (EXIT_INPUT): the second pass has ended, and lacks something. */
bool last_complete(const struct last *last, struct err *err);

/* The last record of a key. */
struct later {
    const struct input *input; /* NULL: its place is not known */
    struct place place;
    bool same; /* it has the content of the record asked for */
};

/* The next record in the order of the first pass. True: a later one has its
 * key, *later, and it is not sent. */
bool last_take(struct last *last, const struct record *record,
               struct later *later);
/* Appends `kh.csv:9`, or "a later row". */
void later_put(struct buf *out, const struct later *later);

#endif
