/* deliver_rules.h: a server that fails as the test's rules say, over runs in
 * a row. */
#ifndef FASTSYNC_TESTS_DELIVER_RULES_H
#define FASTSYNC_TESTS_DELIVER_RULES_H

#include "deliver_run.h"

#include "deliver/failing.h"

/* A server whose answer to a body depends on what the test has set. */
static struct {
    const char *fails;    /* with 500, what holds this */
    const char *guilty;   /* refused, what holds this */
    unsigned stops_after; /* SyncData requests; then 500 for all; 0: never */
    unsigned delay_ms;
    int status; /* of a failure */
    char headers[128];
    unsigned syncs;
} rules;

static inline void by_rules(struct mock *server,
                            const struct mock_request *request,
                            struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (!is_sync(request))
        return;
    rules.syncs++;
    answer->delay_ms = rules.delay_ms;
    bool stopped = rules.stops_after > 0 && rules.syncs > rules.stops_after;
    if (stopped || (rules.fails && strstr(request->body, rules.fails))) {
        mock_say(answer, rules.status, "");
        strcpy(answer->headers, rules.headers);
    } else if (rules.guilty && strstr(request->body, rules.guilty)) {
        mock_say(answer, 200,
                 "{\"success\":false,\"messages\":\"bad\",\"code\":601}");
    }
}

static inline void prepare(void)
{
    setup();
    memset(&rules, 0, sizeof rules);
    rules.status = 500;
    config.retry_for = 1;
    config.concurrency = 1;
}

/* The server's failures are its own, however often they come: for tests that
 * count requests. */
static inline void blame_no_record(void)
{
    failing_rules.part = failing_rules.alone = UINT32_MAX;
}

/* Another server behaviour, from here on. */
static inline void heal(void)
{
    pthread_mutex_lock(&mock->lock);
    memset(&rules, 0, sizeof rules);
    rules.status = 500;
    pthread_mutex_unlock(&mock->lock);
}

static inline unsigned syncs(void)
{
    return mock_count(mock, "/api/SyncData");
}

static inline void run_of(unsigned from, unsigned count, unsigned version,
                          enum exit_code code)
{
    begin();
    rows(from, count, version);
    take();
    end(false, code);
}

static inline void resume_alone(enum exit_code code)
{
    begin();
    end(false, code);
}

/* What the journal holds as accepted, when it is opened anew. */
static inline size_t known(void)
{
    struct seen *seen = seen_new();
    struct journal *opened = journal_open(".", &err);
    ck_assert_msg(opened != NULL, "%s", err.text);
    ck_assert_msg(journal_load(opened, "setCustomer", config.url, seen, &err),
                  "%s", err.text);
    size_t count = seen_count(seen);
    seen_free(seen);
    journal_close(opened);
    return count;
}

/* Two batches and a row; both answers are there when they are looked for. */
static inline void two_at_once(void)
{
    static const struct timespec both = {0, 400 * 1000000L};
    config.concurrency = 2;
    rules.delay_ms = 200;
    begin();
    rows(0, 7, 1);
    ck_assert(take());
    nanosleep(&both, NULL);
}

#endif
