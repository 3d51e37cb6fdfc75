/* call.h: one call's easy handle: made, given a request, emptied. For the
 * files of http alone: http.c has the loop that lets it go on. */
#ifndef FASTSYNC_NET_CALL_H
#define FASTSYNC_NET_CALL_H

#include "http.h"

/* Makes the handle if there is none yet, forgets the last answer, and sets all
 * that the request says. False: libcurl is out of memory. */
bool call_prepare(struct http_call *call, const struct http_options *options,
                  const struct tls *tls, const struct http_request *request);
/* It is over, `result` being a CURLcode: fills its exchange and facts, and
 * wipes the request's headers. */
void call_end(struct http_call *call, int result);
/* Frees all; the handle is in no loop any more. */
void call_release(struct http_call *call);

#endif
