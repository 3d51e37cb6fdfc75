/* job.h: what run, check and preview share: a mapping script opened, its
 * inputs opened, its state folder found.
 *
 * A job belongs to one command; `job_begin` opens the script once and says
 * its errors once. Each mapping of the script is then made ready by
 * `job_mapping`, which gives its preferences to the configuration, opens its
 * inputs and as many further states as there are mapper threads. */
#ifndef FASTSYNC_CMD_JOB_H
#define FASTSYNC_CMD_JOB_H

#include "../script.h"
#include "cmd.h"

enum { JOBS_MAX = 64 };

struct job {
    struct arguments *arguments;
    const char *script_path;
    struct script *scripts[JOBS_MAX];
    unsigned opened; /* scripts open so far */

    /* Of the mapping made ready last. */
    const struct mapping *mapping;
    unsigned number; /* from 0 */
    unsigned jobs;
    struct input **inputs;
    unsigned input_count;
    char *state;   /* folder: journal, rejects */
    char *rejects; /* path of the rejects file */
};

bool job_begin(struct job *job, struct arguments *arguments, struct err *err);
/* How many mappings the script returned; 0: a function. */
unsigned job_count(const struct job *job);
/* Makes mapping `number` ready. `describe`: says what each input is. */
bool job_mapping(struct job *job, unsigned number, bool describe,
                 struct err *err);
/* The state folder of a script's mapping, to be freed: `.fastsync/STEM` beside
 * the script, STEM.2 for its second mapping; --state takes its place. */
char *job_state(const struct config *config, const char *path, unsigned number);
/* Creates the state folder. */
bool job_make_state(const struct job *job, struct err *err);
void job_end(struct job *job);

#endif
