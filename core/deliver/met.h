/* met.h: the inputs of a run by numbers, in the order in which rows of them
 * came: short enough for a table of keys (seen.h). One owner. */
#ifndef FASTSYNC_DELIVER_MET_H
#define FASTSYNC_DELIVER_MET_H

#include <stdbool.h>

struct input;

/* Zero is empty. */
struct met {
    const struct input **all; /* borrowed; may be NULL */
    unsigned count;
};

void met_release(struct met *met);
/* The input's number; *fresh: it is met for the first time. */
unsigned met_number(struct met *met, const struct input *input, bool *fresh);

#endif
