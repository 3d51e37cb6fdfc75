/* confined.h: the end of a command's set-up, where it gives up what it needs no
 * more (confine.h): what it is granted follows from its options and operands.
 *
 * Called once, after the configuration is read and before anything is that
 * somebody else may have written: scripts, exports, journals, answers. With
 * --no-confine nothing is given up. */
#ifndef FASTSYNC_CMD_JOB_CONFINED_H
#define FASTSYNC_CMD_JOB_CONFINED_H

#include "base/confine.h"
#include "cmd/arguments.h"

/* What a command does with a script and its folder. */
enum job_use {
    JOB_READS = 1 << 0,    /* its operands behind the script are inputs */
    JOB_WRITES = 1 << 1,   /* state folder, rejects, bodies */
    JOB_CONNECTS = 1 << 2, /* to the server, with the credentials */
};

/* Of a command whose first operand is a script; `use` is of enum job_use. Makes
 * the folder of its state folders where it writes. password_command runs here,
 * as it cannot later: false, err. */
bool confined_job(struct arguments *arguments, unsigned use, struct err *err);
/* Of one that reads journals: the state folders of a script, or of this folder
 * where there is none. */
void confined_status(const struct arguments *arguments);
/* Of `fastsync doctor`, once the credentials are there: it connects, and tries
 * whether the script's state folder can be written or made. NULL: no script. */
void confined_doctor(const struct config *config, const char *script);
/* Of one that reads these files alone, or (count 0) none. `write`: a file that
 * SQLite keeps, with others beside it; or NULL. */
void confined_files(const struct config *config, const char *const *reads,
                    unsigned count, const char *write);

#endif
