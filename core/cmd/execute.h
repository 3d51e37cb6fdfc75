/* execute.h: runs each mapping of a job through the pipeline into a sink, and
 * reports. `run`, `check` and `resume` differ by what stands in a
 * struct execution. */
#ifndef FASTSYNC_CMD_EXECUTE_H
#define FASTSYNC_CMD_EXECUTE_H

#include "job.h"
#include "rejects/rejects.h"
#include "sink.h"

/* What makes the difference between a run and a check. */
struct execution {
    const char *command; /* "run", "check" or "resume" */
    /* Opens the sink of the mapping made ready, before any row is read. */
    struct sink *(*open)(void *owner, struct job *job, struct rejects *rejects,
                         struct err *err);
    /* What the sink does before any row comes; may be NULL. */
    bool (*begin)(struct sink *sink, struct err *err);
    /* Counts the rejects that are new; may be NULL. */
    bool (*compare)(void *owner, const struct rejects *rejects,
                    struct ledger *ledger, struct err *err);
    /* Writes down how it ended; may be NULL. `told`: the rejects are in their
     * place. */
    bool (*close)(void *owner, const struct sink *sink,
                  const struct rejects *rejects, enum exit_code code,
                  const char *message, bool told, struct err *err);
    void *owner; /* of `open`, `compare` and `close` */
    /* No row comes: what the sink does at its beginning is all. */
    bool no_input;
};

/* All mappings in order; stops at the first that stops. The worst exit code
 * of those that ran to their end: pending over rejects over done. */
enum exit_code execute(struct job *job, const struct execution *execution,
                       struct err *err);

/* A job that failed before any row was read: with --json that is an object as
 * well. Answers the exit code. */
enum exit_code execute_failed(const struct job *job, const char *command,
                              struct err *err);

#endif
