/* table.h: stored customers as a table for people. */
#ifndef FASTSYNC_SANDBOX_TABLE_H
#define FASTSYNC_SANDBOX_TABLE_H

#include "store.h"

/* See sandbox_table; between store_begin and store_end. */
void fast_table(struct store *store, unsigned max, struct buf *out);

#endif
