/* corrected.h: may a corrected row have the key that it has?
 *
 * A row of a rejects file says what key it was rejected with, and whether that
 * was what was wrong (carried.h). A key that another row has stays refused,
 * whatever people changed beside it; another key than before is refused unless
 * the reject was for it, or somebody allows it: spreadsheets change keys that
 * nobody meant to change. Sender's thread. */
#ifndef FASTSYNC_DELIVER_CORRECTED_H
#define FASTSYNC_DELIVER_CORRECTED_H

#include <stdbool.h>

#include "base/err.h"
#include "journal/seen.h"
#include "record.h"

struct known;

/* Whose keys are known, and what is allowed. Borrowed. */
struct corrections {
    const char *state; /* folder of the journal; NULL: nothing is known */
    const char *form;
    const char *url; /* NULL: whatever server */
    bool allow_new;  /* --allow-new-keys */

    struct known *known; /* opened when it is first asked */
    bool opened;
};

/* What is asked about. */
struct correction {
    const struct record *record;
    const char *key_name; /* of the mapping's key */
    const char *own_name; /* of the form's own, where it is another one */
    const struct seen *seen;
    const struct chunk *chunk; /* that it is in */
};

void corrections_release(struct corrections *corrections);
/* Why a record may not have its key. */
struct refusal {
    struct buf text; /* empty: it may */
    const char *field;
    enum reject_key about;
    struct buf key; /* that the reject is of */
};

/* The refusal is released by the caller; false: err. */
bool corrections_ask(struct corrections *corrections,
                     const struct correction *correction,
                     struct refusal *refusal, struct err *err);
void refusal_release(struct refusal *refusal);

#endif
