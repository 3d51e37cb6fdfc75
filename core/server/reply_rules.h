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
/* What TLS has against a certificate, the server's, ours or the proxy's, or
 * against what is no TLS, in curl's words; NULL: nothing. */
const char *certificate_hint(const char *trouble, bool proxy);

/* What a body's `code` means, whatever the HTTP status is; NULL: nothing. */
struct code_rule {
    int code;
    enum verdict verdict;
    enum exit_code exit;
    const char *hint;
};

const struct code_rule *code_rule(int code);

/* What an HTTP status means: first row that fits, and one always does. */
struct status_rule {
    long first, last;
    enum verdict verdict;
    enum exit_code exit;
    const char *hint;
};

/* Of the server, where no body says more. */
const struct status_rule *status_rule(long status);
/* Of a proxy that makes no tunnel to the server: nothing has arrived there. */
const struct status_rule *tunnel_rule(long status);

#endif
