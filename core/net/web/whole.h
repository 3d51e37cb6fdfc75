/* whole.h: the page in an answer, whole and plain. */
#ifndef FASTSYNC_NET_WEB_WHOLE_H
#define FASTSYNC_NET_WEB_WHOLE_H

#include <stdbool.h>

#include "base/err.h"

struct fetch;

/* Sets fetch->page. What came packed and cut, or is too large, becomes a
 * failure of the exchange. False: it is none that can be read. */
bool whole_open(struct fetch *fetch, struct err *err);

#endif
