/* marks.h: what a run knows of its sources from the last one (net/web/mark.h),
 * out of the state folder's journal. Only `run` keeps them, and only over the
 * whole of an export; what it has learned is written with its end. */
#ifndef FASTSYNC_CMD_JOB_MARKS_H
#define FASTSYNC_CMD_JOB_MARKS_H

#include "config/config.h"
#include "net/web/mark.h"

struct history;

struct marks {
    struct web_marks web;
    struct history *history;
};

/* `script`: the mapping's file, whose text is a part of what a mark is of, as
 * the server and the form are. With --full nothing is known. */
void marks_begin(struct marks *marks, const struct config *config,
                 const char *state, const char *script, const char *form);
/* All sources are open: nobody asks any more. */
void marks_asked(struct marks *marks);
void marks_end(struct marks *marks); /* a zeroed one as well */

#endif
