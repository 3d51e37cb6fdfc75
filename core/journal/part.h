/* part.h: the journal that writes, as its own files see it. */
#ifndef FASTSYNC_JOURNAL_PART_H
#define FASTSYNC_JOURNAL_PART_H

#include "db.h"
#include "inputs.h"
#include "posted.h"

struct journal {
    struct db db;
    int lock;       /* the lock's file descriptor, -1: none */
    uint64_t syncs; /* waits for the disk so far */
    int64_t run;    /* 0: none begun */
    int64_t target; /* form and server; 0: not known yet */
    struct buf packed, titles;
    struct inputs inputs;
};

#endif
