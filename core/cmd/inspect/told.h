/* told.h: what the top of the screen says of an input: a title and a text for
 * each fact. */
#ifndef FASTSYNC_CMD_INSPECT_TOLD_H
#define FASTSYNC_CMD_INSPECT_TOLD_H

#include "gather.h"

/* Each fact in turn; nothing is appended where there is nothing to say. */
struct told {
    const char *title;
    void (*put)(const struct gather *gather, struct buf *out);
};

extern const struct told told_facts[]; /* ends with title NULL */

/* Appends what else is to be said of it; nothing: there is nothing. */
void told_notes(const struct gather *gather, struct buf *out);
/* Appends where something stands: "line 17", "Sheet1!17". */
void told_place(const struct gather *gather, const struct place *place,
                struct buf *out);

#endif
