/* http_facts.h: what libcurl tells of a connection. For http.c alone. */
#ifndef FASTSYNC_HTTP_FACTS_H
#define FASTSYNC_HTTP_FACTS_H

struct http_facts;

void facts_wanted(void *easy, struct http_facts *facts); /* before it starts */
void facts_take(void *easy, struct http_facts *facts);   /* when it is over */

#endif
