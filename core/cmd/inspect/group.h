/* group.h: inputs one after the other that one mapping reads: it is said once,
 * after the last of them. One owner. */
#ifndef FASTSYNC_CMD_INSPECT_GROUP_H
#define FASTSYNC_CMD_INSPECT_GROUP_H

#include "paste.h"

struct group {
    struct paste paste; /* what all of them make */
    char **paths;       /* as they were given; none: nothing is to be said */
    unsigned count;
    unsigned added; /* of the operand that is looked at */
};

/* Prints the mapping that is to be said, if there is one, and forgets it. */
void group_end(struct group *group);
/* Before an input's screen: another mapping than it makes is printed first.
 * Then the input belongs to the group. */
void group_take(struct group *group, const struct gather *gather);
/* An operand begins; and it has ended, of so many inputs: where all belong to
 * the group, the operand, a folder or a pattern, stands for them. */
void group_begin_operand(struct group *group);
void group_end_operand(struct group *group, const char *operand,
                       unsigned inputs);

#endif
