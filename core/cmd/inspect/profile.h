/* profile.h: the statistics of one column, in bounded memory. One owner. */
#ifndef FASTSYNC_CMD_INSPECT_PROFILE_H
#define FASTSYNC_CMD_INSPECT_PROFILE_H

#include <stdint.h>

#include "base/mem.h"
#include "cell.h"
#include "distinct.h"
#include "row.h"

enum { PROFILE_SAMPLES = 5, PROFILE_EXCERPT = 60, PROFILE_DIGITS = 24 };

/* A value that is kept to be shown. */
struct profile_text {
    const char *text; /* in the arena; shortened; NULL: none yet */
    uint32_t units;   /* UTF-16 units of the whole value, as Fast counts */
};

/* The first value of its kind. */
struct profile_first {
    struct place place;
    const char *text; /* in the arena; shortened */
};

/* Whole numbers by how many digits they have; more than fit count as the most.
 */
struct profile_digits {
    uint64_t plain[PROFILE_DIGITS + 1];             /* without a leading zero */
    uint64_t zero[PROFILE_DIGITS + 1];              /* with one */
    struct profile_first first[PROFILE_DIGITS + 1]; /* of those without */
    uint64_t phones; /* that are telephone numbers of Vietnam, */
    uint64_t taxes;  /* tax codes, */
    uint64_t bits;   /* 0 or 1 */
};

enum { PROFILE_MET = 32 };

struct profile {
    uint64_t filled, blank;
    /* Values that were met lately, by their hashes, and their kinds: what comes
     * again and again is looked at once. */
    uint64_t met[PROFILE_MET];
    uint8_t met_kind[PROFILE_MET];
    uint64_t kinds[CELL_KINDS];
    struct profile_first first[CELL_KINDS]; /* of each kind */
    struct place first_blank;
    uint64_t typed; /* the input says itself what type they have */
    struct distinct distinct;
    struct profile_text shortest, longest;
    struct profile_text samples[PROFILE_SAMPLES]; /* different ones */
    unsigned sample_count;
    struct profile_digits *digits; /* in the arena; NULL: there were none */
};

void profile_init(struct profile *profile, unsigned distinct_bits);
void profile_release(struct profile *profile);
void profile_blank(struct profile *profile, const struct place *place);
/* A text that is not empty, without white space at its ends. Answers its kind.
 */
enum cell_kind profile_add(struct profile *profile, struct arena *arena,
                           const struct place *place, const char *text,
                           size_t len, bool wide);

/* How many different values there are, an estimate where not *exact. */
uint64_t profile_distinct(const struct profile *profile, bool *exact);
/* What type the values have: "text", "integer", "digits" (which have leading
 * zeros, and are no numbers), "number", "date", "mixed", "empty". */
const char *profile_type(const struct profile *profile);
/* Is at least that share of the values, in hundredths, of this kind? */
bool profile_mostly(const struct profile *profile, uint64_t some,
                    unsigned hundredths);

#endif
