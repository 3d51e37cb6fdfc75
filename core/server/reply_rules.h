/* reply_rules.h: the tables that turn what came back into a verdict, a row a
 * case. For reply.c alone: it decides which of them is asked. */
#ifndef FASTSYNC_SERVER_REPLY_RULES_H
#define FASTSYNC_SERVER_REPLY_RULES_H

#include "reply.h"

/* What became of the transport. `detail`: curl's own text says more. */
struct transport_rule {
    int transport; /* a CURLcode */
    enum verdict verdict;
    bool detail;
    const char *hint;
};

/* NULL: nothing is known of this one. */
const struct transport_rule *transport_rule(int transport);
/* What TLS has against a certificate, the server's, ours or the proxy's, in
 * curl's words; NULL: nothing. */
const char *certificate_hint(const char *trouble, bool proxy);

/* What an HTTP status means, or a body's `code`: the first row that fits. */
struct answer_rule {
    long first, last;
    enum { OF_STATUS = 1, OF_BODY = 2, OF_BOTH = 3 } of;
    enum verdict verdict;
    enum exit_code exit;
    bool pressed; /* it has too much to do: send less */
    const char *hint;
};

/* NULL: nothing is known of this code, and the HTTP status is asked. */
const struct answer_rule *code_rule(long code);
/* Where no body says more; one row always fits. */
const struct answer_rule *status_rule(long status);
/* Of a proxy that makes no tunnel to the server: nothing has arrived there. */
const struct answer_rule *tunnel_rule(long status);

#endif
