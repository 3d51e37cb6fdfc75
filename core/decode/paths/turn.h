/* turn.h: the script says what page comes after a page. */
#ifndef FASTSYNC_DECODE_PATHS_TURN_H
#define FASTSYNC_DECODE_PATHS_TURN_H

#include "net/web/web.h"

/* A web_call whose owner is a struct option_function: it is called with
 * { url, number, headers, body, json }, and answers a URL, or nil after the
 * last page. `json` is there where the body is JSON: every digit is kept, and
 * null is nil. */
enum step turn_call(const void *function, const struct page *page,
                    struct buf *to, struct err *err);

#endif
