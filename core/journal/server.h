/* server.h: what the journal tells servers apart by. */
#ifndef FASTSYNC_JOURNAL_SERVER_H
#define FASTSYNC_JOURNAL_SERVER_H

/* Host, port and path of a URL; the caller frees it. */
char *journal_server(const char *url);

#endif
