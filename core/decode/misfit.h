/* misfit.h: does an input fit the encoding that it is read in? Told by its
 * first bytes. Pure; any thread. */
#ifndef FASTSYNC_DECODE_MISFIT_H
#define FASTSYNC_DECODE_MISFIT_H

#include <stdbool.h>
#include <stddef.h>

struct misfit {
    char *text;   /* why the encoding is doubtful; NULL: it is not */
    bool plainly; /* it is another one; else some bytes are damaged */
};

/* `encoding`: it is read in; `declared`: what was said, or NULL; `marked`: the
 * head begins with the mark of `encoding`. */
struct misfit misfit_find(const char *head, size_t len, const char *encoding,
                          const char *declared, bool marked);
void misfit_release(struct misfit *misfit); /* a zero one is allowed */

#endif
