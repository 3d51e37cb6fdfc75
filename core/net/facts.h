/* facts.h: what libcurl tells of a call. For call.c alone. */
#ifndef FASTSYNC_NET_FACTS_H
#define FASTSYNC_NET_FACTS_H

#include "exchange.h"

/* How a call ended, less what came back. */
void facts_outcome(void *easy, int transport, struct exchange *exchange);

/* More than that, where it is wanted. */
void facts_wanted(void *easy, struct http_facts *facts); /* before it starts */
void facts_take(void *easy, struct http_facts *facts);   /* when it is over */

#endif
