/* reply.h: what an answer means: (transport, HTTP status, body) to a verdict.
 * Pure, and nothing else decides (design.md, "Verdicts").
 *
 * A readable body is a JSON object that says `success` or `code`; it decides
 * before the HTTP status does, except that nothing is accepted without a 2xx.
 * Any thread. */
#ifndef FASTSYNC_REPLY_H
#define FASTSYNC_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct auth;

enum verdict {
    VERDICT_ACCEPTED, /* write it down */
    VERDICT_REFUSED,  /* the batch holds a guilty record */
    VERDICT_LARGE,    /* too large, and nobody's fault: in smaller parts */
    VERDICT_RENEW,    /* the token is not taken: a new one, and again */
    VERDICT_FATAL,    /* stop with reply.exit: nothing else would pass */
    VERDICT_RETRY,    /* again later */
    VERDICT_UNKNOWN,  /* may have arrived: the identical bytes again */
};

/* What came back; all borrowed. */
struct exchange {
    int transport;        /* a CURLcode; 0: a whole answer came */
    const char *trouble;  /* curl's text about it, or NULL */
    bool sent;            /* the request had begun to go out */
    bool secret;          /* the answer may hold a token: it is not shown */
    bool proxy_untrusted; /* the certificate at fault is the proxy's */
    long tunnel; /* a proxy's HTTP status in the server's place, or 0 */
    long status; /* HTTP; 0: none came */
    const char *redirect; /* where a 3xx points, or NULL */
    const char *body;
    size_t len;
    unsigned records; /* records sent; 0: the answer is not about records */
};

enum { REPLY_TEXT = 320, REPLY_FKEY = 128 };

struct reply {
    enum verdict verdict;
    enum exit_code exit;      /* of VERDICT_FATAL */
    bool readable;            /* the body was one of Fast's */
    bool foreign;             /* it came from no Fast: a web page, no HTTP */
    bool pressed;             /* the server has too much to do: send less */
    int code;                 /* of the body, 0: none */
    uint64_t records;         /* of the body */
    char message[REPLY_TEXT]; /* one line: what was said, and what to do */
    char fkey[REPLY_FKEY];    /* "" where the body has none */
};

/* No text of the reply shows a secret of `auth` (NULL: there are none), whole
 * or in part, whatever the server echoes. */
void reply_judge(struct reply *reply, const struct exchange *exchange,
                 const struct auth *auth);
/* Appends text as one line: what does not print becomes a blank, and all is
 * cut behind `most` bytes, at a character's boundary. Answers the length. */
size_t reply_line(char *to, size_t most, const char *text, size_t len);

#endif
