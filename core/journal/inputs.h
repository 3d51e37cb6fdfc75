/* inputs.h: inputs as the outbox knows them, by numbers. For the journal's
 * files alone. */
#ifndef FASTSYNC_JOURNAL_INPUTS_H
#define FASTSYNC_JOURNAL_INPUTS_H

#include "db.h"

struct input;

struct known_input {
    const struct input *input; /* the run's, or `restored` */
    struct input *restored;    /* read back; owned */
    int64_t id;
};

/* Zero is empty. */
struct inputs {
    struct known_input *all;
    unsigned count;
    uint64_t undone; /* db->undone as of then */
};

void inputs_release(struct inputs *inputs);

/* The number of an input (NULL: of none), which is written down when first
 * asked for. The input stays where it is as long as the journal is open. */
bool inputs_number(struct inputs *inputs, struct db *db,
                   const struct input *input, int64_t *id, struct err *err);
/* The input of a number, which lives as long as `inputs`; NULL: err. */
const struct input *inputs_find(struct inputs *inputs, struct db *db,
                                int64_t id, struct err *err);

#endif
