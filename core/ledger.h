/* ledger.h: every row accounted for.
 *
 *     rows + extra = skipped + rejected + duplicate + unchanged + accepted
 *                    + pending + held
 *
 * A run whose ledger does not balance has
 * failed, whatever else it says. The sender's thread alone writes it. */
#ifndef FASTSYNC_LEDGER_H
#define FASTSYNC_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "row.h"
#include "warning.h"

struct ledger {
    uint64_t rows;       /* rows of the inputs */
    uint64_t extra;      /* records beyond one that a row produced */
    uint64_t skipped;    /* left out by the mapping */
    uint64_t rejected;   /* in the rejects file */
    uint64_t duplicate;  /* the same record came before in this run */
    uint64_t unchanged;  /* accepted with this content by an earlier run */
    uint64_t accepted;   /* the server said so, for each of them */
    uint64_t superseded; /* of the duplicate: a later one differs (last.h) */
    uint64_t pending; /* valid, without an outcome; a check leaves all here */
    uint64_t held;    /* valid, and a guard kept them from being sent: they */
                      /* wait nowhere, and the next run maps them again */

    /* Beside the balance: those of the rejected that the last run over this
     * source did not have, where there was one. */
    uint64_t new_rejects;
    bool compared;
    /* Doubtful values of records that were taken, */
    uint64_t warnings[WARNING_KINDS];
    struct left_out left; /* and lines that are no rows. */
    bool unended;         /* an input ends in the middle of a line */

    /* Delivery. */
    uint64_t batches;  /* bodies made */
    uint64_t requests; /* SyncData requests sent */
    uint64_t retries;
    uint64_t splits;
    uint64_t tokens; /* getToken requests sent */
    uint64_t bytes;  /* of bodies made */
};

bool ledger_balances(const struct ledger *ledger);
/* So many of the pending are not sent: a later record of the key is instead. */
void ledger_supersede(struct ledger *ledger, uint64_t records);
/* A number with a blank before every three digits: "11 940". */
void ledger_number(uint64_t number, struct buf *out);
/* "1 request", "2 requests". */
void ledger_count(uint64_t number, const char *one, const char *many,
                  struct buf *out);
/* `12 000 rows = 11 940 accepted + 19 unchanged + 41 rejected + 0 skipped +
 * 0 pending`; extra, duplicate, superseded and held only where there are any;
 * after rejected ` (1 new)`, where they were compared. `check`: "valid" stands
 * for accepted, and unchanged and pending have no part. A line, with its end.
 */
void ledger_print(const struct ledger *ledger, bool check, struct buf *out);
/* `19 warnings: 12 phone, 7 mojibake`, the most first; a line with its end,
 * nothing where there are none. */
void ledger_print_warnings(const struct ledger *ledger, struct buf *out);
/* "warnings":{"phone":12,"mojibake":7}, in the same order. */
void ledger_json_warnings(const struct ledger *ledger, struct buf *out);
/* `1 000 records of earlier runs = 990 accepted + 10 rejected + 0 pending`;
 * those of the refused ones that came again are no part of it. */
void ledger_print_resumed(const struct ledger *resumed, struct buf *out);
/* "resumed":{…}; superseded, of `again`, only where there are any */
void ledger_json_resumed(const struct ledger *resumed, struct buf *out);
/* The two JSON objects: "ledger":{…},"delivery":{…}; held, and superseded,
 * which is no part of the sum, only where there are any. `check`: "valid"
 * stands for unchanged, accepted and pending. */
void ledger_json(const struct ledger *ledger, bool check, struct buf *out);
/* ,"new_rejects":1, where they were compared. */
void ledger_json_new(const struct ledger *ledger, struct buf *out);

#endif
