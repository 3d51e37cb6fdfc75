/* report.h: what a run says: progress while it goes, and its result.
 *
 * Progress is a line on standard error, redrawn on a terminal and printed
 * every few seconds elsewhere. The result is the ledger, for people or as the
 * JSON object of --json, on standard output. */
#ifndef FASTSYNC_REPORT_H
#define FASTSYNC_REPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "decode/input.h"
#include "ledger.h"

struct progress {
    const struct ledger *ledger; /* borrowed: the sink's */
    const char *doing;           /* said before the figures, or NULL */
    uint64_t total;              /* bytes of all inputs, 0: not known */
    uint64_t done;               /* bytes of inputs finished before */
    const struct input *input;   /* the present one */
    uint64_t consumed;           /* bytes of it */
    double begun, next;          /* of clock_now */
};

void progress_begin(struct progress *progress, const struct ledger *ledger,
                    struct input *const *inputs, unsigned count);
/* So many bytes of an input have been read. Within one input that never falls,
 * whatever a format says of a chunk. */
void progress_at(struct progress *progress, const struct input *input,
                 uint64_t consumed);
/* Says how far the run is, when it is time to. */
void progress_tick(struct progress *progress);
void progress_end(struct progress *progress);

/* One finished run (or check) of one mapping. */
struct result {
    const char *command; /* "run", "check" */
    const char *mapping; /* the script's path */
    const char *form;
    struct input *const *inputs;
    unsigned input_count;
    struct ledger ledger;
    const struct ledger *resumed; /* of earlier runs' records; NULL: none */
    const char *rejects;          /* path, or NULL: none */
    char *const *files;           /* all of them, one a kind of columns */
    unsigned file_count;
    char *const *edited; /* by people, and not read yet: kept */
    unsigned edited_count;
    const char *warnings; /* the same */
    double seconds;
    int exit;
    const char *error; /* why it stopped, or NULL */
};

void report_text(const struct result *result);
void report_json(const struct result *result);

#endif
