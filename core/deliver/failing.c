/* failing.c: what counts, and how often it must come. */
#include "failing.h"

#include <curl/curl.h>

struct failing_rules failing_rules = {.part = 3, .alone = 5, .seconds = 60};

/* A gateway's time-out: the server behind it may still be at work. */
static const long timed_out = 504, no_answer = 502;

static bool is_failure(long number)
{
    return number >= 500 && number <= 599 && number != timed_out;
}

/* An answer without a verdict is unreadable, or says too little. */
bool failing_is_answer(const struct http_call *call, const struct reply *reply)
{
    const struct exchange *exchange = &call->exchange;
    bool whole = (CURLcode)exchange->transport == CURLE_OK &&
                 exchange->tunnel == 0 && exchange->status != timed_out;
    bool again =
        reply->verdict == VERDICT_RETRY || reply->verdict == VERDICT_UNKNOWN;
    if (exchange->overflow)
        return again;
    if (!whole || !again || *call->after != '\0')
        return false;
    if (reply->code != 0)
        return is_failure(reply->code);
    return is_failure(exchange->status) ||
           (exchange->status >= 200 && exchange->status <= 299);
}

/* What is no answer of Fast's to a 2xx may come after all was stored; so may a
 * gateway's word that it got none. */
bool failing_is_known(const struct http_call *call, const struct reply *reply)
{
    const struct exchange *exchange = &call->exchange;
    if (reply->verdict != VERDICT_RETRY || exchange->status == timed_out ||
        reply->code == timed_out ||
        (exchange->status == no_answer && !reply->readable))
        return false;
    return exchange->tunnel != 0 || (CURLcode)exchange->transport != CURLE_OK ||
           reply->readable || exchange->status >= 300;
}

static bool is_alone(const struct batch *batch)
{
    return isolation_size(&batch->part) == 1;
}

bool failing_count(struct batch *batch, bool proven, int64_t now)
{
    if (is_alone(batch) && !proven && batch->failures > 0)
        return false;
    batch->failures++;
    if (batch->failing_since == 0)
        batch->failing_since = now;
    return true;
}

void failing_forget(struct batch *batch)
{
    batch->failures = 0;
    batch->failing_since = 0;
}

/* A clock that was set back only makes it wait longer. */
enum failing_step failing_next(const struct batch *batch, unsigned tries,
                               bool proven, int64_t now)
{
    const struct failing_rules *rules = &failing_rules;
    if (is_alone(batch)) {
        if (!proven)
            return tries < rules->part && !batch->resumed ? FAILING_AGAIN
                                                          : FAILING_TRIAL;
        return batch->failures < rules->alone ||
                       now - batch->failing_since < rules->seconds
                   ? FAILING_AGAIN
                   : FAILING_REJECT;
    }
    if (batch->failures < rules->part)
        return FAILING_AGAIN;
    return proven ? FAILING_SPLIT : FAILING_TRIAL;
}
