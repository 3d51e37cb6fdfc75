/* delivery: chunks in, requests out, every record with its outcome; and
 * check, the same without sending. */
#include "deliver_run.h"

#include "deliver/failing.h"
#include "server/client.h"
#include "sinks/check.h"

static char path_other[] = "other.csv";
static struct input other = {.path = path_other,
                             .dialect = {',', '"', '"'},
                             .columns = {.all = columns, .count = 1}};

START_TEST(all_accepted)
{
    serve(mock_fast);
    config.concurrency = 1;
    begin();
    rows(0, 5, 1);
    ck_assert(take());
    rows(5, 2, 1);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "7 rows = 7 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 0 pending");
    ck_assert_str_eq(body(0),
                     "{\"form\":\"setCustomer\",\"data\":[{\"c\":\"K0\",\"n\":"
                     "1},{\"c\":\"K1\",\"n\":1},{\"c\":\"K2\",\"n\":1}]}");
    ck_assert_str_eq(body(2), "{\"form\":\"setCustomer\",\"data\":[{\"c\":"
                              "\"K6\",\"n\":1}]}");
    ck_assert_str_eq(mock->requests[1].token, "token-1");
    ck_assert_uint_eq(mock->count, 4);
}
END_TEST

START_TEST(nothing_at_all)
{
    serve(mock_fast);
    begin();
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "0 rows = 0 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 0 pending");
    ck_assert_uint_eq(mock_count(mock, "/api/SyncData"), 0);
}
END_TEST

START_TEST(only_what_changed)
{
    serve(mock_fast);
    begin();
    rows(0, 6, 1);
    ck_assert(take());
    end(false, EXIT_DONE);
    begin();
    rows(0, 5, 1);
    rows(5, 1, 2);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "6 rows = 1 accepted + 5 unchanged + 0 rejected + 0 "
                     "skipped + 0 pending");
    config.full = true;
    begin();
    rows(0, 6, 1);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "6 rows = 6 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 0 pending");
    config.full = false;
    begin(); /* --full has remembered, too */
    rows(0, 6, 1);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "6 rows = 0 accepted + 6 unchanged + 0 rejected + 0 "
                     "skipped + 0 pending");
}
END_TEST

START_TEST(repeated_keys)
{
    serve(mock_fast);
    begin();
    row("A", 1);
    row("A", 1);
    row("A", 2);
    ck_assert(take());
    chunk->input = &other;
    row("A", 3);
    struct reject *reject = chunk_add_reject(chunk);
    static const struct fault fault = {"Email", "bad"};
    *reject = (struct reject){.place = {.line = 2, .index = 1},
                              .origin = origin_text("early", 5),
                              .faults = &fault,
                              .count = 1};
    chunk->rows++;
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "5 rows = 1 accepted + 0 unchanged + 1 duplicate + 3 "
                     "rejected + 0 skipped + 0 pending");
    ck_assert_str_eq(
        content("r.csv"),
        "\xef\xbb\xbf"
        "Code,_key,_line,_field,_reason\n"
        "A,taken A,3,CustomerCode,\"same CustomerCode as line 1 (A), with "
        "another Number: \"\"1\"\" there, \"\"2\"\" here\"\n"
        "early,,2,Email,bad\n"
        "A,taken A,4,CustomerCode,\"same CustomerCode as line 1 of kh.csv "
        "(A), with another Number: \"\"1\"\" there, \"\"3\"\" here\"\n");
}
END_TEST

/* Fails when two requests in flight hold the same key. */
static unsigned clashes;

static void one_key_at_a_time(struct mock *server,
                              const struct mock_request *request,
                              struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    answer->delay_ms = 20;
    if (is_sync(request) && strstr(request->body, "\"S\"") != NULL)
        clashes += server->flying > 1;
}

/* Six rows of one customer, five versions of it. */
static void six_rows(void)
{
    for (unsigned i = 1; i <= 5; i++)
        row("S", i);
    row("S", 5);
}

START_TEST(only_the_last_row)
{
    serve(one_key_at_a_time);
    config.batch = 1;
    clashes = 0;
    begin_first_pass();
    six_rows();
    note();
    end_first_pass(NULL);
    begin();
    six_rows();
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "6 rows = 1 accepted + 0 unchanged + 5 duplicate (4 "
                     "superseded) + 0 rejected + 0 skipped + 0 pending");
    ck_assert_uint_eq(clashes, 0);
    ck_assert(strstr(body(0), "\"n\":5") != NULL);
    ck_assert_str_eq(body(1), "");
}
END_TEST

/* The one that counts came in an earlier run: nothing is sent, though other
 * rows of its key come before it. */
START_TEST(the_last_row_is_unchanged)
{
    serve(mock_fast);
    begin();
    row("S", 5);
    ck_assert(take());
    end(false, EXIT_DONE);
    begin_first_pass();
    six_rows();
    note();
    end_first_pass(NULL);
    begin();
    six_rows();
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "6 rows = 0 accepted + 1 unchanged + 5 duplicate (4 "
                     "superseded) + 0 rejected + 0 skipped + 0 pending");
    ck_assert_str_eq(body(1), "");
}
END_TEST

static void four_rows(void)
{
    row("A", 1);
    row("B", 1);
    row("A", 2);
    row("C", 1);
}

START_TEST(in_the_last_row_s_place)
{
    serve(mock_fast);
    config.batch = 100;
    begin_first_pass();
    four_rows();
    note();
    end_first_pass(NULL);
    begin();
    four_rows();
    ck_assert(take());
    end(false, EXIT_DONE);
    ck_assert(strstr(body(0), "[{\"c\":\"B\",\"n\":1},{\"c\":\"A\",\"n\":2},"
                              "{\"c\":\"C\",\"n\":1}]"));
}
END_TEST

/* A key more, or a row less, than in the first pass. */
START_TEST(another_second_pass)
{
    serve(mock_fast);
    begin_first_pass();
    four_rows();
    note();
    row("D", 1);
    note();
    end_first_pass(NULL);
    begin();
    four_rows();
    ck_assert(take());
    row(_i == 0 ? "E" : "D", 1);
    if (_i == 1)
        row("F", 1);
    ck_assert(!take());
    ck_assert_str_eq(end(false, EXIT_INPUT),
                     _i == 0
                         ? "5 rows = 0 accepted + 0 unchanged + 1 duplicate (1 "
                           "superseded) + 0 rejected + 0 skipped + 4 pending"
                         : "6 rows = 0 accepted + 0 unchanged + 1 duplicate (1 "
                           "superseded) + 0 rejected + 0 skipped + 5 pending");
    ck_assert_msg(strstr(err.text, "kh.csv") != NULL, "%s", err.text);
    ck_assert(!last_complete(last_rows, &err));
    for (unsigned i = 0; i < 3; i++)
        ck_assert(strstr(body(i), "\"E\"") == NULL);
}
END_TEST

static void slow(struct mock *server, const struct mock_request *request,
                 struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    answer->delay_ms = is_sync(request) ? 50 : 0;
}

START_TEST(never_more_in_flight)
{
    serve(slow);
    begin();
    rows(0, 60, 1);
    ck_assert(take());
    end(false, EXIT_DONE);
    ck_assert_uint_eq(mock->most_flying, 4);
    ck_assert_uint_eq(mock_count(mock, "/api/SyncData"), 20);
    ck_assert_uint_le(mock->connections, 5);
}
END_TEST

START_TEST(paced)
{
    serve(mock_fast);
    config.rate = 30;
    struct timespec begun, now;
    begin();
    clock_gettime(CLOCK_MONOTONIC, &begun);
    rows(0, 12, 1);
    ck_assert(take());
    end(false, EXIT_DONE);
    clock_gettime(CLOCK_MONOTONIC, &now);
    double spent = (double)(now.tv_sec - begun.tv_sec) +
                   (double)(now.tv_nsec - begun.tv_nsec) * 1e-9;
    ck_assert(spent >= 0.29); /* the last batch waits for three before it */
}
END_TEST

static void guilty(struct mock *server, const struct mock_request *request,
                   struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (is_sync(request) && strstr(request->body, "\"K4\"") != NULL)
        mock_say(answer, 200,
                 "{\"success\":false,\"messages\":\"Data structure "
                 "error\",\"code\":601}");
    if (is_sync(request) && strstr(request->body, "\"K6\"") != NULL)
        mock_say(answer, 200,
                 "{\"success\":true,\"messages\":\"SUCCESS\",\"records\":0,"
                 "\"code\":200}");
}

START_TEST(refused)
{
    serve(guilty);
    config.concurrency = 1;
    begin();
    rows(0, 7, 1);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "7 rows = 5 accepted + 0 unchanged + 2 rejected + 0 "
                     "skipped + 0 pending");
    ck_assert_uint_eq(ended.splits, 1);
    ck_assert_str_eq(
        content("r.csv"),
        "\xef\xbb\xbf"
        "Code,_key,_line,_field,_reason\n"
        "K4,key K4,5,,refused: Data structure error (code 601)\n"
        "K6,key K6,7,,refused: the server says success and stored 0 of "
        "1 records (HTTP 200)\n");
    begin(); /* what was refused is not remembered as accepted */
    rows(0, 7, 1);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "7 rows = 0 accepted + 5 unchanged + 2 rejected + 0 "
                     "skipped + 0 pending");
}
END_TEST

static void expired(struct mock *server, const struct mock_request *request,
                    struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (is_sync(request) && strcmp(request->token, "token-1") == 0) {
        mock_say(answer, 401, "");
        answer->delay_ms = 20;
    }
}

START_TEST(one_renewal_for_all)
{
    serve(expired);
    begin();
    rows(0, 12, 1);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "12 rows = 12 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 0 pending");
    ck_assert_uint_eq(mock_count(mock, "/api/getToken"), 2);
}
END_TEST

/* K1's answer makes the token a new one before K0's comes, which tells of the
 * token that it was asked with. */
static void tells(struct mock *server, const struct mock_request *request,
                  struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (strcmp(request->token, "token-1") != 0)
        return;
    mock_say(answer, 401, "");
    if (strstr(request->body, "\"K0\"") != NULL) {
        mock_say(answer, 200,
                 "{\"success\":false,\"code\":400,"
                 "\"messages\":\"no, Authorization: token-1\"}");
        answer->delay_ms = 500;
    }
}

START_TEST(no_token_is_told_of)
{
    serve(tells);
    config.batch = 1;
    config.concurrency = 2;
    begin();
    rows(0, 2, 1);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "2 rows = 1 accepted + 0 unchanged + 1 rejected + 0 "
                     "skipped + 0 pending");
    ck_assert_uint_eq(mock_count(mock, "/api/getToken"), 2);
    ck_assert_uint_eq(mock_count(mock, "/api/SyncData"), 3);
    ck_assert_ptr_nonnull(strstr(content("r.csv"), "no, Authorization: ***"));
}
END_TEST

static void short_lived(struct mock *server, const struct mock_request *request,
                        struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (!is_sync(request)) {
        time_t soon = time(NULL) + 2;
        struct tm utc;
        gmtime_r(&soon, &utc);
        buf_clear(&answer->body);
        buf_addf(&answer->body,
                 "{\"success\":true,\"code\":200,\"token\":{\"accesstoken\":"
                 "\"t%u\",\"expires\":\"%04d-%02d-%02dT%02d:%02d:%02dZ\"}}",
                 server->tokens, utc.tm_year + 1900, utc.tm_mon + 1,
                 utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
    } else {
        answer->delay_ms = 600;
    }
}

START_TEST(renewed_ahead_of_its_end)
{
    serve(short_lived);
    config.concurrency = 1;
    config.batch = 1;
    begin();
    rows(0, 5, 1);
    ck_assert(take());
    end(false, EXIT_DONE);
    ck_assert_uint_ge(mock_count(mock, "/api/getToken"), 2);
    ck_assert_uint_eq(mock_count(mock, "/api/SyncData"), 5);
}
END_TEST

static void locked_out(struct mock *server, const struct mock_request *request,
                       struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (is_sync(request))
        mock_say(
            answer, 200,
            "{\"success\":false,\"messages\":\"no token-1\",\"code\":401}");
}

START_TEST(refused_again)
{
    serve(locked_out);
    begin();
    rows(0, 30, 1);
    ck_assert(!take());
    ck_assert_int_eq(err.code, EXIT_RIGHTS);
    ck_assert_str_eq(end(false, EXIT_RIGHTS),
                     "30 rows = 0 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 30 pending");
    ck_assert_uint_eq(mock_count(mock, "/api/getToken"), 4);
}
END_TEST

static void forbidden(struct mock *server, const struct mock_request *request,
                      struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (is_sync(request) && server->count > 4)
        mock_say(answer, 403, "");
}

START_TEST(stopped_in_the_middle)
{
    serve(forbidden);
    config.concurrency = 2;
    begin();
    rows(0, 60, 1);
    ck_assert(!take());
    ck_assert_int_eq(err.code, EXIT_RIGHTS);
    ck_assert_str_eq(end(false, EXIT_RIGHTS),
                     "60 rows = 9 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 51 pending");
}
END_TEST

static void no_form(struct mock *server, const struct mock_request *request,
                    struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (is_sync(request))
        mock_say(answer, 200,
                 "{\"success\":false,\"messages\":\"Form\",\"code\":201}");
}

START_TEST(wrong_configuration)
{
    serve(no_form);
    begin();
    rows(0, 2, 1);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_USAGE),
                     "2 rows = 0 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 2 pending");
    ck_assert(strstr(err.text, "Form (code 201); the server has no such form"));
}
END_TEST

/* Every request fails in another way twice, and is answered the third time;
 * the same bytes each time. Those of a run are too few to open the circuit. */
static unsigned troubles;

static void trouble(struct mock *server, const struct mock_request *request,
                    struct mock_answer *answer)
{
    unsigned times = 0;
    mock_fast(server, request, answer);
    if (!is_sync(request))
        return;
    for (unsigned i = 0; i < server->count; i++)
        times += strcmp(server->requests[i].body, request->body) == 0;
    if (times > 2)
        return;
    switch (troubles++ % 6) {
    case 0:
        mock_say(answer, 503, "");
        strcpy(answer->headers, "Retry-After: 0\r\n");
        break;
    case 1:
        mock_say(answer, 200, "gar\x01\xff bage");
        break;
    case 2:
        answer->drop = true;
        break;
    case 3:
        answer->truncate = true;
        break;
    case 4:
        mock_say(answer, 200, "");
        break;
    default:
        mock_say(answer, 200, "{\"success\":false,\"code\":500}");
    }
}

START_TEST(tried_until_it_works)
{
    serve(trouble);
    troubles = 0;
    for (unsigned i = 0; i < 4; i++) {
        begin();
        rows(9 * i, 9, 1);
        ck_assert_msg(take(), "%s", err.text);
        ck_assert_str_eq(end(false, EXIT_DONE),
                         "9 rows = 9 accepted + 0 unchanged + 0 rejected + 0 "
                         "skipped + 0 pending");
    }
    ck_assert_uint_eq(troubles, 24);
    ck_assert_uint_eq(mock_count(mock, "/api/SyncData"), 36);
}
END_TEST

static void hang(struct mock *server, const struct mock_request *request,
                 struct mock_answer *answer)
{
    static unsigned syncs;
    mock_fast(server, request, answer);
    if (!is_sync(request))
        syncs = 0;
    else if (++syncs == 1)
        answer->delay_ms = 4000;
}

START_TEST(time_out_then_again)
{
    serve(hang);
    config.timeout = 3;
    begin();
    rows(0, 2, 1);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "2 rows = 2 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 0 pending");
    ck_assert_uint_eq(mock_count(mock, "/api/SyncData"), 2);
    ck_assert_str_eq(body(0), body(1));
}
END_TEST

static void overloaded(struct mock *server, const struct mock_request *request,
                       struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (is_sync(request))
        mock_say(answer, 503, "");
}

START_TEST(given_up)
{
    serve(overloaded);
    config.retry_for = 1;
    begin();
    rows(0, 30, 1);
    ck_assert(!take());
    ck_assert_int_eq(err.code, EXIT_PENDING);
    ck_assert(strstr(err.text, "an empty answer (HTTP 503); given up after 1 "
                               "s") != NULL);
    ck_assert_str_eq(end(false, EXIT_PENDING),
                     "30 rows = 0 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 30 pending");
    begin(); /* and comes again, all of it */
    rows(0, 2, 1);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_PENDING),
                     "2 rows = 0 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 2 pending");
}
END_TEST

static void poison(struct mock *server, const struct mock_request *request,
                   struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    answer->delay_ms = is_sync(request) ? 100 : 0;
    if (is_sync(request) && strstr(request->body, "\"K1\"") != NULL)
        mock_say(answer, 500, "");
}

START_TEST(one_batch_given_up)
{
    serve(poison);
    failing_rules.part = UINT32_MAX; /* in time it would be isolated */
    config.retry_for = 1;
    config.concurrency = 2;
    begin();
    rows(0, 90, 1);
    ck_assert_msg(take(), "%s", err.text);
    ck_assert_str_eq(end(false, EXIT_PENDING),
                     "90 rows = 87 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 3 pending");
    ck_assert(strstr(err.text, "3 records are left pending") != NULL);
}
END_TEST

static void far_off(struct mock *server, const struct mock_request *request,
                    struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (!is_sync(request))
        return;
    mock_say(answer, 429, "");
    strcpy(answer->headers, "Retry-After: 3600\r\n");
}

START_TEST(retry_after_too_far_off)
{
    serve(far_off);
    begin();
    rows(0, 2, 1);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_PENDING),
                     "2 rows = 0 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 2 pending");
    ck_assert_uint_eq(mock_count(mock, "/api/SyncData"), 1);
}
END_TEST

static void interrupt_it(struct mock *server,
                         const struct mock_request *request,
                         struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (!is_sync(request))
        return;
    answer->delay_ms = 100;
    atomic_store(&interrupted, true);
}

START_TEST(interrupted_in_flight)
{
    serve(interrupt_it);
    config.concurrency = 1;
    begin();
    rows(0, 10, 1);
    ck_assert(!take());
    ck_assert_int_eq(err.code, EXIT_INTERRUPTED);
    ck_assert_str_eq(end(true, EXIT_INTERRUPTED),
                     "10 rows = 3 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 7 pending");
    ck_assert_uint_eq(ended.batches, 4); /* three of them wait in the outbox */
    ck_assert_uint_eq(mock_count(mock, "/api/SyncData"), 1);
}
END_TEST

START_TEST(interrupted_at_the_end)
{
    serve(overloaded);
    begin();
    rows(0, 2, 1);
    ck_assert(take());
    atomic_store(&interrupted, true);
    ck_assert_str_eq(end(true, EXIT_INTERRUPTED),
                     "2 rows = 0 accepted + 0 unchanged + 0 rejected + 0 "
                     "skipped + 2 pending");
    ck_assert_uint_eq(mock_count(mock, "/api/SyncData"), 0);
}
END_TEST

static void *wake_sink(void *argument)
{
    struct sink *sleeping = argument;
    sleeping->kind->wake(sleeping);
    return NULL;
}

START_TEST(woken)
{
    serve(mock_fast);
    begin();
    pthread_t thread;
    pthread_create(&thread, NULL, wake_sink, sink);
    ck_assert(sink->kind->wait(sink, &err));
    pthread_join(thread, NULL);
    end(false, EXIT_DONE);
}
END_TEST

static void no_entry(struct mock *server, const struct mock_request *request,
                     struct mock_answer *answer)
{
    (void)server;
    (void)request;
    mock_say(answer, 401, "");
}

START_TEST(not_let_in)
{
    serve(no_entry);
    begin();
    ck_assert_ptr_null(sink);
    ck_assert_int_eq(err.code, EXIT_RIGHTS);
    rejects_free(rejects);
    journal_close(journal);
}
END_TEST

START_TEST(through_a_client)
{
    serve(guilty);
    struct buf reply = {0};
    struct script_client *client = client_new(&config, &err);
    ck_assert_ptr_nonnull(client);
    ck_assert(client->sync(client->client, &form, "{\"a\":1},{}", 10, 2, &reply,
                           &err));
    static const char all[] =
        "{\"form\":\"setCustomer\",\"data\":[{\"a\":1},{}]";
    ck_assert_int_eq(strncmp(body(0), all, strlen(all)), 0);
    ck_assert(strstr(buf_text(&reply), "\"records\":2") != NULL);
    /* A refusal is an answer, too. */
    ck_assert(client->sync(client->client, &form, "{\"a\":\"K4\"}", 10, 1,
                           &reply, &err));
    ck_assert(strstr(buf_text(&reply), "601") != NULL);
    ck_assert(client->get(client->client, &form, "KH\"1", 4, &reply, &err));
    ck_assert_str_eq(mock->requests[3].path, "/api/GetData");
    ck_assert_str_eq(mock->requests[3].body,
                     "{\"form\":\"getCustomer\",\"Id\":\"KH\\\"1\"}");
    buf_release(&reply);
    client_free(client);
    client_free(NULL);
}
END_TEST

/* check */

static void begin_check(const char *bodies)
{
    rejects = rejects_open("r.csv", "setCustomer", &err);
    journal = NULL;
    sink = check_new(&config, &mapping, last_rows, rejects, NULL, bodies, false,
                     &err);
}

START_TEST(a_check)
{
    begin_check("bodies");
    rows(0, 2, 1);
    row("K1", 1);
    row("K1", 2);
    ck_assert(take());
    rows(2, 3, 1);
    ck_assert(take());
    ck_assert_str_eq(end(false, EXIT_DONE),
                     "7 rows = 0 accepted + 0 unchanged + 1 duplicate + 1 "
                     "rejected + 0 skipped + 5 pending");
    ck_assert_str_eq(content("bodies"),
                     "{\"form\":\"setCustomer\",\"data\":[{\"c\":\"K0\",\"n\":"
                     "1},{\"c\":\"K1\",\"n\":1},{\"c\":\"K2\",\"n\":1}]}\n"
                     "{\"form\":\"setCustomer\",\"data\":[{\"c\":\"K3\",\"n\":"
                     "1},{\"c\":\"K4\",\"n\":1}]}\n");
}
END_TEST

/* Hands over the same rows, in chunks of that many. */
static void hand(unsigned step, bool (*over)(void))
{
    for (unsigned i = 0; i < 400; i++) {
        static char keys[400][8];
        snprintf(keys[i], sizeof keys[i], "K%u", i * 7 % 97);
        row(keys[i], i % 5);
        if (i % step == step - 1)
            ck_assert(over());
    }
    ck_assert(over());
}

static void first_pass(unsigned step)
{
    begin_first_pass();
    hand(step, note);
    end_first_pass(NULL);
}

START_TEST(the_same_bodies_as_a_run)
{
    static const unsigned steps[] = {1, 7, 50, 400};
    static char first[64 * 1024];
    config.batch = 20;
    config.batch_bytes = 1024;
    config.concurrency = 1;
    serve(mock_fast);
    if (_i == 1)
        first_pass(50);
    begin();
    hand(50, take);
    end(false, EXIT_DONE);
    struct buf sent = {0};
    for (unsigned i = 0; *body(i) != '\0'; i++)
        buf_addf(&sent, "%s\n", body(i));
    for (size_t i = 0; i < 4; i++) {
        if (_i == 1)
            first_pass(steps[i]);
        begin_check("bodies");
        hand(steps[i], take);
        uint64_t bytes = sink->ledger.bytes;
        end(false, EXIT_DONE);
        snprintf(first, sizeof first, "%s", content("bodies"));
        ck_assert_str_eq(first, buf_text(&sent));
        ck_assert_uint_le(bytes, sent.len);
    }
    if (_i == 1)
        first_pass(50);
    begin_check(NULL);
    hand(50, take);
    struct ledger ledger = sink->ledger;
    ck_assert(sink->kind->finish(sink, false, &err));
    ledger = sink->ledger;
    end(false, EXIT_DONE);
    unsigned lines = 0;
    for (size_t i = 0; i < sent.len; i++)
        lines += sent.at[i] == '\n';
    ck_assert_uint_eq(ledger.batches, lines);
    ck_assert_uint_eq(ledger.bytes + lines, sent.len);
    buf_release(&sent);
}
END_TEST

START_TEST(bodies_that_cannot_be_written)
{
    begin_check("nowhere/bodies");
    ck_assert_ptr_null(sink);
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_str_eq(err.text, "nowhere/bodies: No such file or directory");
    rejects_free(rejects);
    begin_check("/dev/full");
    rows(0, 5, 1);
    ck_assert(take());
    end(false, EXIT_FAULT);
    ck_assert_str_eq(err.text, "/dev/full: No space left on device");
}
END_TEST

START_TEST(check_woken)
{
    begin_check(NULL);
    pthread_t thread;
    pthread_create(&thread, NULL, wake_sink, sink);
    ck_assert(sink->kind->wait(sink, &err));
    pthread_join(thread, NULL);
    end(true, EXIT_DONE);
}
END_TEST

static void add_checks(Suite *s)
{
    TCase *c = tcase_create("check");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, a_check);
    tcase_add_loop_test(c, the_same_bodies_as_a_run, 0, 2);
    tcase_add_test(c, bodies_that_cannot_be_written);
    tcase_add_test(c, check_woken);
    suite_add_tcase(s, c);
}

static Suite *suite(void)
{
    Suite *s = suite_create("delivery");
    TCase *c = tcase_create("delivery");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, all_accepted);
    tcase_add_test(c, nothing_at_all);
    tcase_add_test(c, only_what_changed);
    tcase_add_test(c, repeated_keys);
    tcase_add_test(c, only_the_last_row);
    tcase_add_test(c, the_last_row_is_unchanged);
    tcase_add_test(c, in_the_last_row_s_place);
    tcase_add_loop_test(c, another_second_pass, 0, 2);
    tcase_add_test(c, never_more_in_flight);
    tcase_add_test(c, paced);
    tcase_add_test(c, refused);
    tcase_add_test(c, one_renewal_for_all);
    tcase_add_test(c, no_token_is_told_of);
    tcase_add_test(c, renewed_ahead_of_its_end);
    tcase_add_test(c, refused_again);
    tcase_add_test(c, stopped_in_the_middle);
    tcase_add_test(c, wrong_configuration);
    tcase_add_test(c, tried_until_it_works);
    tcase_add_test(c, time_out_then_again);
    tcase_add_test(c, given_up);
    tcase_add_test(c, one_batch_given_up);
    tcase_add_test(c, retry_after_too_far_off);
    tcase_add_test(c, interrupted_in_flight);
    tcase_add_test(c, interrupted_at_the_end);
    tcase_add_test(c, woken);
    tcase_add_test(c, not_let_in);
    tcase_add_test(c, through_a_client);
    suite_add_tcase(s, c);
    add_checks(s);
    return s;
}

int main(void)
{
    SRunner *r = srunner_create(suite());
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
