/* job.h: what run, check and preview share: a mapping script opened, its
 * inputs opened, its state folder found.
 *
 * A job belongs to one command; `job_begin` opens the script once and says
 * its errors once. Each mapping of the script is then taken by `job_mapping`,
 * which gives its preferences to the configuration, and made ready by
 * `job_inputs`. */
#ifndef FASTSYNC_CMD_JOB_H
#define FASTSYNC_CMD_JOB_H

#include "arguments.h"
#include "cmd/job/confined.h"
#include "cmd/job/marks.h"
#include "cmd/job/state.h"
#include "cmd/job/web.h"
#include "decode/input.h"
#include "pipeline/passes.h"
#include "script/script.h"
#include "source/reach.h"

enum { JOBS_MAX = 64 };

/* Where one mapping's files go. */
struct places {
    char *state;    /* folder: journal, rejects */
    char *rejects;  /* path of the rejects file */
    char *warnings; /* and of the warnings' */
};

struct job {
    struct arguments *arguments;
    const char *script_path;
    struct grants grants; /* what its scripts may read besides */
    struct web web;       /* how what they name is fetched */
    struct script *scripts[JOBS_MAX];
    unsigned opened;         /* scripts open so far */
    bool watched;            /* how long they take is looked at */
    struct lookups *lookups; /* of all of them */
    struct script *first;    /* one more, for a first pass whose rows leave */
                             /* something in it; or NULL */

    /* Of the mapping made ready last. */
    const struct mapping *mapping;
    unsigned number; /* from 0 */
    unsigned jobs;
    struct last *last; /* duplicates = "last"; or NULL */
    struct input **inputs;
    unsigned input_count;
    bool keeps;     /* what is fetched is remembered (marks.h) */
    bool unchanged; /* nothing is new in its one source, which is left out */
    struct marks marks;
    bool dry;    /* nothing is sent: its rejects go to rejects.check.csv */
    char *state; /* as of its places */
    char *rejects;
    char *warnings;
};

/* `use` is of enum job_use. From here on the process is confined. */
bool job_begin(struct job *job, struct arguments *arguments, unsigned use,
               struct err *err);
/* How many mappings the script returned; 0: a function. */
unsigned job_count(const struct job *job);
/* Takes mapping `number`: its preferences, its state folder. */
bool job_mapping(struct job *job, unsigned number, struct err *err);
/* Opens its inputs, and a state a thread. `describe`: says what each is. */
bool job_inputs(struct job *job, bool describe, struct err *err);
/* Its rows, for pipeline_run or passes_run: all of them, into no sink yet. */
struct pipeline_options job_rows(const struct job *job);
/* Of the script's mapping `number`, made ready or not. */
struct places job_places(const struct job *job, unsigned number);
void places_release(struct places *places);
/* Creates the state folder; EXIT_USAGE also where it is not ours (own.h). */
bool job_make_state(const struct job *job, struct err *err);
void job_end(struct job *job);

#endif
