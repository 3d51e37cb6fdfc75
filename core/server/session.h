/* session.h: a conversation with Fast: http and auth, kept together.
 *
 * Gets the token, and a new one when it is due or refused. Getting one waits,
 * but whatever else is in flight goes on meanwhile, and its answers are found
 * in http_next afterwards; so one renewal serves all that were refused. Ends
 * early when the run is interrupted. One thread, but for http_wake. */
#ifndef FASTSYNC_SESSION_H
#define FASTSYNC_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "auth.h"
#include "config/config.h"
#include "ledger.h"
#include "net/http.h"
#include "reply.h"

struct session {
    const struct config *config; /* borrowed */
    struct ledger *ledger;       /* borrowed: counts tokens */
    struct http *http;
    struct auth auth;
    uint64_t chance; /* of retry_delay */
};

bool session_open(struct session *session, const struct config *config,
                  struct ledger *ledger, struct err *err);
void session_close(struct session *session);

/* Gets a token, trying for retry_for seconds; the first one, where nobody has
 * set retry_for and no server answers at all, for 15. EXIT_RIGHTS: refused;
 * EXIT_PENDING: no answer; EXIT_USAGE: not Fast; EXIT_INTERRUPTED. */
bool session_token(struct session *session, struct err *err);
/* What to do about an answer 401 to a request that carried token `number`:
 * nothing when there is a newer one already; otherwise it gets one. A token
 * that was never taken may not be known everywhere yet: another is asked for
 * after a short growing delay, three times in a row, and then it is
 * EXIT_RIGHTS. auth_taken, where one is taken, starts that anew. */
bool session_refused(struct session *session, unsigned number,
                     const char *message, struct err *err);
/* One request and its answer, waited for, with all that belongs to it. True:
 * there is an answer that trying again would not change, and `reply` says what
 * it means; VERDICT_LARGE also where `answer` would not hold it all. */
bool session_ask(struct session *session, const char *path,
                 const struct buf *body, unsigned records, struct buf *answer,
                 struct reply *reply, struct err *err);
/* The same where only an answer of Fast's will do, good or bad. */
bool session_call(struct session *session, const char *path,
                  const struct buf *body, unsigned records, struct buf *answer,
                  struct err *err);

#endif
