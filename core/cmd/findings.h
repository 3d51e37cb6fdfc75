/* findings.h: what verify found, shown: for people the first differences as a
 * table and a line of counts; with --json all of them, as they are found, in
 * one object. */
#ifndef FASTSYNC_CMD_FINDINGS_H
#define FASTSYNC_CMD_FINDINGS_H

#include "base/buf.h"
#include "sinks/verify.h"

enum { FINDINGS_SHOWN = 50 };

/* A row of the table; texts are its own. */
struct shown {
    char *cells[4];
};

struct findings {
    bool json;
    uint64_t count;
    struct shown shown[FINDINGS_SHOWN];
    struct buf out;
};

/* How it ended. */
struct findings_end {
    const struct verify_counts *counts;
    uint64_t requests;
    double seconds;
    enum exit_code exit;
    const char *error; /* NULL: it went through */
    bool quiet;        /* in words nothing is said where all is well */
};

/* `form` NULL: not known yet. */
void findings_begin(struct findings *findings, bool json, const char *mapping,
                    const char *form);
void findings_add(void *findings, const struct finding *finding);
/* Says all, and releases what it owns. */
void findings_end(struct findings *findings, const struct findings_end *end);

#endif
