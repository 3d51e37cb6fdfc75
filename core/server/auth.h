/* auth.h: who we are to Fast: credentials, the token, and its age.
 *
 * Pure: it makes the request for a token and takes the answer; session sends
 * them. Times are seconds of a clock that never jumps, `now`; only a token's
 * `expires` is compared with the calendar, once, to learn how long it lives.
 * Tokens are numbered, so that an answer 401 to a request that carried an
 * older one asks for nothing; and the one before is still known, so that such
 * an answer does not show it. Secrets are wiped. One thread. */
#ifndef FASTSYNC_AUTH_H
#define FASTSYNC_AUTH_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/buf.h"

struct auth {
    const char *username, *password; /* borrowed from the configuration */
    const char *scheme;              /* in front of the token: "Bearer ", "" */
    char *token;                     /* NULL: none yet */
    char *earlier;                   /* the one before: some may carry it */
    unsigned number;                 /* of the token; 0: none yet */
    bool fixed;                      /* a token of the configuration */
    bool proven;                     /* the server has taken this token */
    unsigned distrusted; /* tokens in a row that it has given, and not taken */
    double renew_at;     /* 0: when it is refused */
    double life;         /* seconds it was given for; 0: not said, or over */
};

struct config;

void auth_init(struct auth *auth, const struct config *config);
void auth_release(struct auth *auth);
/* Appends getToken's body; the caller wipes it. */
void auth_request(const struct auth *auth, struct buf *body);
/* Takes the answer to it: false where no token is in it. */
bool auth_answer(struct auth *auth, const char *body, size_t len, double now,
                 time_t today);
/* True when the token should be renewed ahead of its end: a tenth of its life
 * before, at most a minute. */
bool auth_due(const struct auth *auth, double now);
/* The server has taken what carried token `number`. */
void auth_taken(struct auth *auth, unsigned number);
/* Appends the Authorization header's line. */
void auth_header(const struct auth *auth, struct buf *line);
/* Puts "***" wherever a secret stands in a text; for what a server says. */
void auth_scrub(const struct auth *auth, char *text);

/* An ISO 8601 time ("2025-04-24T10:02:42Z", with a fraction, an offset, or
 * neither, which is taken as UTC); -1 where it is none. */
time_t auth_time(const char *text, size_t len);

#endif
