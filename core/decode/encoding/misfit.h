/* misfit.h: does an input fit the encoding that it is read in? Told by its
 * first bytes. Pure; any thread. */
#ifndef FASTSYNC_DECODE_ENCODING_MISFIT_H
#define FASTSYNC_DECODE_ENCODING_MISFIT_H

#include <stdbool.h>
#include <stddef.h>

struct misfit {
    char *text;   /* why the encoding is doubtful; NULL: it is not */
    char *advice; /* what it looks like, and what to do: for what cannot be
                     read; never what it is read in already */
    bool plainly; /* it is another one; else some bytes are damaged */
};

/* `encoding`: it is read in; `declared`: what was said, or NULL; `marked`: a
 * mark of `encoding` stands before the head; `whole`: nothing follows it. */
struct misfit misfit_find(const char *head, size_t len, bool whole,
                          const char *encoding, const char *declared,
                          bool marked);
void misfit_release(struct misfit *misfit); /* a zero one is allowed */

#endif
