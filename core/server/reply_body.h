/* reply_body.h: what an answer's body says, as far as a verdict needs it. For
 * reply.c alone. */
#ifndef FASTSYNC_SERVER_REPLY_BODY_H
#define FASTSYNC_SERVER_REPLY_BODY_H

#include "reply.h"

/* What a body says; the reader's memory holds its texts no longer. */
struct reply_body {
    const struct auth *auth;
    bool whole;    /* it is JSON, whatever it says */
    bool twice;    /* but for this: an object has a name twice */
    bool odd_code; /* or this: success, and a code that is no number */
    bool has_success, success, has_records;
    int code;
    uint64_t records;
    char message[REPLY_TEXT / 2];
    char fkey[REPLY_FKEY];
};

/* False where this is no whole JSON object that says success or code. */
bool reply_read(struct reply_body *body, const char *text, size_t len);
/* one_line of a text from outside, without the secrets in it. */
void reply_show(const struct auth *auth, char *to, size_t max, const char *text,
                size_t len);

#endif
