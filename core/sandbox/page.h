/* page.h: what is stored and what was asked, as a page for people. */
#ifndef FASTSYNC_SANDBOX_PAGE_H
#define FASTSYNC_SANDBOX_PAGE_H

#include "store.h"

/* Appends the page; takes the store for that time. */
void fast_page(struct store *store, struct buf *out);

#endif
