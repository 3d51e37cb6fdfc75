/* failing.c: what counts, and how often it must come. */
#include "failing.h"

#include <curl/curl.h>

struct failing_rules failing_rules = {.part = 3, .alone = 5, .seconds = 60};

/* What gateways and proxies say where they got no answer: the server behind
 * them may have done the work, and after a time-out may still be at it.
 * Sources: RFC 9110 section 15.6 (502 to 504); 520 to 524, 598 and 599 are
 * those of content networks and proxies. */
static const struct {
    long number;
    bool timed_out;
} gateways[] = {
    {502, false}, {503, false}, {504, true}, {520, false}, {521, false},
    {522, true},  {523, false}, {524, true}, {598, true},  {599, true},
};

static bool is_gateways(long number)
{
    for (size_t i = 0; i < sizeof gateways / sizeof *gateways; i++)
        if (gateways[i].number == number)
            return true;
    return false;
}

static bool is_time_out(long number)
{
    for (size_t i = 0; i < sizeof gateways / sizeof *gateways; i++)
        if (gateways[i].number == number)
            return gateways[i].timed_out;
    return false;
}

static bool is_failure(long number)
{
    return number >= 500 && number <= 599 && !is_time_out(number);
}

/* The status that says when the server is back, where it says so. */
static bool is_away(const struct http_call *call, const struct reply *reply)
{
    static const long away = 503;
    long number = reply->code != 0 ? reply->code : call->exchange.status;
    return *call->after != '\0' && (number == away || !is_failure(number));
}

/* An answer without a verdict is unreadable, or says too little. */
bool failing_is_answer(const struct http_call *call, const struct reply *reply)
{
    const struct exchange *exchange = &call->exchange;
    bool whole = (CURLcode)exchange->transport == CURLE_OK &&
                 exchange->tunnel == 0 && !is_time_out(exchange->status);
    bool again =
        reply->verdict == VERDICT_RETRY || reply->verdict == VERDICT_UNKNOWN;
    if (exchange->overflow)
        return again;
    if (!whole || !again || is_away(call, reply))
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
    if (reply->verdict != VERDICT_RETRY || is_time_out(exchange->status) ||
        is_time_out(reply->code) ||
        (is_gateways(exchange->status) && !reply->readable))
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
