/* failing.h: a server that fails at some records, and not because it is ill.
 *
 * An answer such as 500 says nothing about the records. But where the same
 * bytes get it again and again while the server takes others, it is these
 * records that it cannot take. They are then sent in parts, as those of a
 * refused batch are, and a record that it fails at alone is rejected. What
 * counts are answers: of a request without one nobody knows whether it still
 * arrives. Pure, but for the rules, which tests change. */
#ifndef FASTSYNC_DELIVER_FAILING_H
#define FASTSYNC_DELIVER_FAILING_H

#include "batch/batch.h"
#include "net/http.h"
#include "server/reply.h"

struct failing_rules {
    uint32_t part;   /* failures before a part of several is made smaller, */
                     /* or it is asked on a record's behalf */
    uint32_t alone;  /* failures before a record alone is rejected */
    int64_t seconds; /* and so long after the first of them */
};
extern struct failing_rules failing_rules;

enum failing_step {
    FAILING_AGAIN, /* it is too early: the same bytes again */
    FAILING_TRIAL, /* first it is asked whether the server is well */
    FAILING_SPLIT,
    FAILING_REJECT,
};

/* Whether it is an answer, and one that says that the server failed: 500 and
 * its like, in the status or in the body, or what nobody can read. A time-out
 * is none, wherever it is said, nor is a 503 that says when it is over. */
bool failing_is_answer(const struct http_call *call, const struct reply *reply);
/* Whether the request is known not to have been carried out: it never arrived,
 * or the answer says so. */
bool failing_is_known(const struct http_call *call, const struct reply *reply);
/* Counts it; `now`: seconds since 1970, `proven`: the server has taken others
 * since it failed at these last. Of a record alone, after the first, only that
 * counts: while the server is away for all, it collects nothing. */
/* False: it did not. */
bool failing_count(struct batch *batch, bool proven, int64_t now);
/* The part has got an answer about its records, or is another one now. */
void failing_forget(struct batch *batch);
/* `tries`: of the part, in this run; what an earlier run left is tried on a
 * record's behalf at once. */
enum failing_step failing_next(const struct batch *batch, unsigned tries,
                               bool proven, int64_t now);

#endif
