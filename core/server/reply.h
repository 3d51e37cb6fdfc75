/* reply.h: what an answer means: (transport, HTTP status, body) to a verdict.
 * Pure, and nothing else decides.
 *
 * A readable body is a JSON object that says `success` or `code`; it decides
 * before the HTTP status does, except that nothing is accepted without a 2xx.
 * Any thread. */
#ifndef FASTSYNC_SERVER_REPLY_H
#define FASTSYNC_SERVER_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "net/exchange.h"

struct auth;

enum verdict {
    VERDICT_ACCEPTED, /* write it down */
    VERDICT_REFUSED,  /* the batch holds a bad record */
    VERDICT_LARGE,    /* too large, and nobody's fault: in smaller parts */
    VERDICT_RENEW,    /* the token is not taken: a new one, and again */
    VERDICT_FATAL,    /* stop with reply.exit: nothing else would pass */
    VERDICT_RETRY,    /* again later */
    VERDICT_UNKNOWN,  /* may have arrived: the identical bytes again */
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

/* `records`: how many were sent; 0: the answer is not about records. No text of
 * the reply shows a secret of `auth` (NULL: there are none), whole or in part,
 * whatever the server echoes. */
void reply_decide(struct reply *reply, const struct exchange *exchange,
                  unsigned records, const struct auth *auth);

#endif
