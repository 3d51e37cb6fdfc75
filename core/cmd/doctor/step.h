/* step.h: a step of `fastsync doctor`.
 *
 * It looks at one thing, appends what it found, and what to do about it, to
 * `said`, and answers how it is. One that fails sets `code` and ends the later
 * ones of its chain. */
#ifndef FASTSYNC_CMD_DOCTOR_STEP_H
#define FASTSYNC_CMD_DOCTOR_STEP_H

#include "base/buf.h"
#include "base/err.h"
#include "config/config.h"
#include "server/probe.h"

enum finding {
    FOUND_NOTHING, /* nothing to say: no line */
    FOUND_GOOD,
    FOUND_DOUBT,
    FOUND_FAULT,
};

/* What steps share. */
struct doctor {
    struct config *config;
    struct probe probe;
    bool proxied;
    const char *mapping; /* NULL: none given */
    unsigned number;     /* of its mapping, from 0 */
    char *state;         /* that one's folder */
    struct buf said;
    enum exit_code code; /* of a fault */
};

struct doctor_step {
    const char *name;
    enum finding (*look)(struct doctor *doctor);
};

/* A line, now; of FOUND_NOTHING none. */
void doctor_line(enum finding finding, const char *name, const char *text);
/* Says something and answers FOUND_FAULT. */
enum finding doctor_fault(struct doctor *doctor, enum exit_code code,
                          const char *format, ...) PRINTF_LIKE(3, 4);
/* Says that everyone on this machine can read a file with a secret. */
void doctor_exposed(struct doctor *doctor, const char *path);

#endif
