/* delivery to a server that is pressed, and guards: how much is sent, and
 * when nothing is. */
#include "deliver_rules.h"

#include <math.h>

#include "net/pace.h"

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* Pressed while more than two requests are on their way, at first. */
static unsigned pressed, most_after, most_late;

static void narrow(struct mock *server, const struct mock_request *request,
                   struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (!is_sync(request))
        return;
    rules.syncs++;
    answer->delay_ms = 10;
    if (rules.syncs <= 8) {
        pressed++;
        mock_say(answer, 503, "");
    } else if (rules.syncs <= 14 && server->flying > most_after) {
        most_after = server->flying;
    } else if (rules.syncs > 100) {
        /* Slow until it is seen, for who sends slowly. */
        answer->delay_ms = most_late < 7 ? 200 : 10;
        if (server->flying > most_late)
            most_late = server->flying;
    }
}

START_TEST(down_and_up_again)
{
    pressed = most_after = most_late = 0;
    serve(narrow);
    config.concurrency = 8;
    config.retry_for = 60;
    run_of(0, 1500, 1, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 1500);
    ck_assert_uint_eq(pressed, 8);
    ck_assert_uint_le(most_after, 5);
    ck_assert_uint_ge(most_late, 7);
    ck_assert_uint_le(mock->most_flying, 8);
}
END_TEST

/* How many requests it costs to learn that nothing works. */
START_TEST(everything_fails)
{
    serve(by_rules);
    rules.fails = "K";
    config.concurrency = 4;
    config.retry_for = 8;
    double begun = seconds();
    run_of(0, 60, 1, EXIT_PENDING);
    ck_assert_uint_eq(ended.pending, 60);
    ck_assert(seconds() - begun >= 7);
    /* Eight open the circuit; one tries behind five seconds; each of the four
     * has a last try. */
    ck_assert_uint_ge(syncs(), PACE_FAILURES + 1);
    ck_assert_uint_le(syncs(), PACE_FAILURES + 1 + 4 + 4);
    heal();
    run_of(0, 60, 1, EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.accepted + ended.accepted, 60);
}
END_TEST

/* The one request that tries for all needs a new token: then it tries again
 * with that. */
static unsigned tries_refused;

static void expires_meanwhile(struct mock *server,
                              const struct mock_request *request,
                              struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (!is_sync(request))
        return;
    if (++rules.syncs <= PACE_FAILURES) {
        mock_say(answer, 500, "");
    } else if (strcmp(request->token, "token-1") == 0) {
        tries_refused++;
        mock_say(answer, 401, "");
    }
}

START_TEST(a_try_without_a_token)
{
    serve(expires_meanwhile);
    tries_refused = 0;
    config.retry_for = 40;
    config.concurrency = 1; /* none is on its way when the circuit opens */
    double begun = seconds();
    run_of(0, 12, 1, EXIT_DONE);
    ck_assert_uint_eq(tries_refused, 1);
    ck_assert(seconds() - begun >= PACE_PAUSE_FIRST);
}
END_TEST

/* Asks for two seconds, once. */
static double asked_at, heard_at;

static void asks(struct mock *server, const struct mock_request *request,
                 struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (!is_sync(request))
        return;
    if (++rules.syncs > 1) {
        heard_at = fmin(heard_at, seconds());
        return;
    }
    asked_at = seconds();
    mock_say(answer, 503, "");
    strcpy(answer->headers, rules.headers);
}

/* Not before; and if much later, it would have been given up. */
static void asked_for(const char *header, double least)
{
    serve(asks);
    heard_at = INFINITY;
    config.concurrency = 3;
    config.retry_for = 30;
    snprintf(rules.headers, sizeof rules.headers, "Retry-After: %s\r\n",
             header);
    begin();
    rows(0, 4, 1); /* the first batch goes, and one row is left */
    ck_assert(take());
    while (syncs() == 0)
        ck_assert(sink->kind->wait(sink, &err));
    ck_assert(sink->kind->wait(sink, &err));
    rows(4, 20, 1); /* what comes behind waits as well */
    ck_assert(take());
    end(false, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 24);
    ck_assert(heard_at - asked_at >= least);
}

START_TEST(asked_in_seconds)
{
    asked_for("2", 1.95);
}
END_TEST

START_TEST(asked_by_a_date)
{
    char date[64];
    time_t then = time(NULL) + 3;
    struct tm utc;
    gmtime_r(&then, &utc);
    strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &utc);
    asked_for(date, 1);
}
END_TEST

/* Too large for the server: in smaller parts, and nobody is blamed. */
static unsigned largest_taken;

static void small_door(struct mock *server, const struct mock_request *request,
                       struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (is_sync(request) && request->records > 10)
        mock_say(answer, 413, "<html>413 Request Entity Too Large</html>");
    else if (is_sync(request) && request->records > largest_taken)
        largest_taken = request->records;
}

START_TEST(too_large)
{
    serve(small_door);
    largest_taken = 0;
    config.batch = 60;
    run_of(0, 600, 1, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 600);
    ck_assert_uint_eq(ended.rejected, 0);
    ck_assert_uint_eq(largest_taken, 7);
    /* 60, 30, 15, 7: learnt once, by each of two that wait already. */
    ck_assert_uint_ge(ended.splits, 3);
    ck_assert_uint_le(ended.splits, 6);
    ck_assert_str_eq(content("r.csv"), "");
}
END_TEST

/* Guards. */

static void bad_row(void)
{
    static const struct fault fault = {"Email", "bad"};
    struct reject *reject = chunk_add_reject(chunk);
    *reject = (struct reject){.place = {.line = chunk->first.index + 1,
                                        .index = ++chunk->first.index},
                              .origin = origin_text("bad", 3),
                              .faults = &fault,
                              .count = 1};
    chunk->rows++;
}

static void guarded(const char *name, const char *value)
{
    ck_assert(config_set(&config, name, value, RANK_OPTION, "x", &err));
}

START_TEST(nothing_is_sent_while_it_waits)
{
    serve(by_rules);
    guarded("max_rejected", "10%");
    begin();
    for (unsigned i = 0; i < 9; i++) {
        rows(100 * i, 100, 1);
        ck_assert(take());
    }
    ck_assert_uint_eq(syncs(), 0);
    rows(900, 100, 1);
    ck_assert(take());
    rows(1000, 50, 1);
    ck_assert(take());
    ck_assert_uint_gt(syncs(), 0);
    end(false, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 1050);
    ck_assert_uint_eq(known(), 1050);
}
END_TEST

START_TEST(most_are_rejected)
{
    serve(by_rules);
    guarded("max_rejected", "10%");
    begin();
    rows(0, 80, 1);
    for (unsigned i = 0; i < 20; i++)
        bad_row();
    ck_assert(take()); /* it cannot be told yet */
    end(false, EXIT_GUARD);
    ck_assert_ptr_nonnull(strstr(err.text, "20 of 100 rows were rejected"));
    ck_assert_ptr_nonnull(
        strstr(err.text, "; nothing of this input was sent;"));
    ck_assert_uint_eq(syncs(), 0);
    ck_assert_uint_eq(ended.held, 80);
    ck_assert_uint_eq(ended.pending, 0);
    ck_assert_uint_eq(known(), 0);
    guarded("max_rejected", "100%");
    run_of(0, 80, 1, EXIT_DONE); /* and nothing was left in the outbox */
    ck_assert_uint_eq(ended_resumed.rows, 0);
    ck_assert_uint_eq(ended.accepted, 80);
}
END_TEST

START_TEST(later_they_are_too_many)
{
    serve(by_rules);
    guarded("max_rejected", "10%");
    config.batch = 100;
    rules.delay_ms = 100; /* one flies, and one waits for it */
    begin();
    rows(0, 1000, 1);
    ck_assert(take());
    for (unsigned i = 0; i < 200; i++)
        bad_row();
    ck_assert(!take());
    ck_assert_int_eq(err.code, EXIT_GUARD);
    ck_assert_ptr_nonnull(strstr(err.text, "nothing more was sent"));
    end(false, EXIT_GUARD);
    ck_assert_uint_ge(ended.accepted, 100);
    ck_assert_uint_eq(ended.accepted, known());
    ck_assert_uint_eq(ended.pending, 0);
    ck_assert_uint_eq(ended.held, 1000 - ended.accepted);
    unsigned before_it = syncs();
    resume_alone(EXIT_DONE); /* what waited is not sent later, either */
    ck_assert_uint_eq(ended_resumed.rows, 0);
    ck_assert_uint_eq(syncs(), before_it);
}
END_TEST

/* What waits in the outbox behind a batch that pends is not sent either. */
START_TEST(too_many_while_some_wait)
{
    serve(by_rules);
    rules.fails = "K";
    rules.status = 504; /* so that nothing newer goes instead */
    run_of(0, 3, 1, EXIT_PENDING);
    heal();
    rules.status = 504;
    rules.fails = "\"n\":1}";
    config.batch = 2;
    guarded("max_rejected", "10%");
    begin();
    rows(3, 1000, 2);
    ck_assert(take());
    rows(0, 3, 2); /* two of them fill a batch */
    ck_assert(take());
    for (unsigned i = 0; i < 200; i++)
        bad_row();
    ck_assert(!take());
    end(false, EXIT_GUARD);
    ck_assert_uint_eq(ended.pending,
                      0); /* those of the first run are not its */
    ck_assert_uint_eq(ended.held, 1003 - ended.accepted);
    heal();
    resume_alone(EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.rows, 3);
    ck_assert_uint_eq(ended_resumed.accepted, 3);
}
END_TEST

/* What was sent and has no outcome is no guard's: it pends, as the next run
 * finds it. */
START_TEST(too_many_while_one_pends)
{
    serve(by_rules);
    rules.fails = "\"K0\"";
    config.batch = 10;
    guarded("max_rejected", "10%");
    begin();
    rows(0, 1000, 1);
    ck_assert(take());
    for (unsigned i = 0; i < 200; i++)
        bad_row();
    ck_assert(!take());
    end(false, EXIT_GUARD);
    uint64_t pending = ended.pending;
    ck_assert_uint_eq(pending, 10);
    ck_assert_uint_eq(ended.held, 990 - ended.accepted);
    heal();
    resume_alone(EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.rows, pending);
}
END_TEST

START_TEST(shrunk)
{
    serve(by_rules);
    source = "kh.csv\n";
    guarded("max_shrink", "50%");
    guarded("min_rows", "1");
    run_of(0, 100, 1, EXIT_DONE);
    unsigned before_it = syncs();
    run_of(0, 49, 2, EXIT_GUARD);
    ck_assert_uint_eq(syncs(), before_it);
    run_of(0, 0, 2, EXIT_GUARD);
    ck_assert_ptr_nonnull(strstr(err.text, "min_rows"));
    run_of(0, 50, 2, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 50);
    ck_assert_uint_eq(ended_resumed.rows, 0);
    source = NULL; /* a part: nobody can say what it should have */
    run_of(0, 1, 3, EXIT_DONE);
}
END_TEST

/* A run that holds its batches, dies, and leaves nothing that was not sent. */
START_TEST(killed_while_it_waits)
{
    serve(by_rules);
    guarded("max_rejected", "10%");
    begin();
    rows(0, 30, 1);
    ck_assert(take());
    sink->kind->free(sink);
    rejects_free(rejects);
    journal_close(journal);
    resume_alone(EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.rows, 0);
    ck_assert_uint_eq(syncs(), 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("delivery_pace");
    TCase *c = tcase_create("delivery_pace");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, prepare, teardown);
    tcase_add_test(c, down_and_up_again);
    tcase_add_test(c, everything_fails);
    tcase_add_test(c, a_try_without_a_token);
    tcase_add_test(c, asked_in_seconds);
    tcase_add_test(c, asked_by_a_date);
    tcase_add_test(c, too_large);
    tcase_add_test(c, nothing_is_sent_while_it_waits);
    tcase_add_test(c, most_are_rejected);
    tcase_add_test(c, later_they_are_too_many);
    tcase_add_test(c, too_many_while_some_wait);
    tcase_add_test(c, too_many_while_one_pends);
    tcase_add_test(c, shrunk);
    tcase_add_test(c, killed_while_it_waits);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
