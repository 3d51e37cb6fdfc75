/* work.h: the rejects files of a state folder that are still people's work: no
 * run has read all their rows as they are now. Any thread. */
#ifndef FASTSYNC_REJECTS_WORK_H
#define FASTSYNC_REJECTS_WORK_H

#include <stdbool.h>
#include <stdint.h>

struct work {
    const char *path;
    bool edited;   /* people have corrected it, or begun to */
    uint64_t rows; /* as it was written; 0: not known */
};

/* By name; those of `check` are none. */
typedef void work_visit(void *owner, const struct work *work);
void work_each(const char *folder, work_visit *visit, void *owner);

#endif
