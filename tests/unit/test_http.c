/* http and session: requests in flight, and what keeps them going. */
#include "mock_site.h"

#include "base/clock.h"
#include "server/http.h"
#include "server/session.h"

static struct buf body;

static void fill(void)
{
    buf_puts(&body, "{\"form\":\"f\",\"data\":[{},{}]}");
}

static void drop(void)
{
    buf_release(&body);
}

/* Sends one request and waits for its end. */
static void call(struct http *http, struct http_call *one)
{
    ck_assert(http_start(http, one, "/api/SyncData", &body, NULL, 2, &err));
    while (http_next(http) == NULL)
        ck_assert(http_turn(http, 1, &err));
}

START_TEST(one_connection)
{
    serve(mock_fast);
    struct http *http = http_new(&config, &err);
    struct http_call one = {0};
    for (int i = 0; i < 5; i++) {
        call(http, &one);
        ck_assert_int_eq(one.exchange.transport, 0);
        ck_assert_int_eq(one.exchange.status, 200);
        ck_assert(one.exchange.sent);
        ck_assert_uint_eq(one.exchange.records, 2);
        ck_assert(strstr(buf_text(&one.answer), "\"records\":2") != NULL);
    }
    http_call_release(http, &one);
    http_free(http);
    ck_assert_uint_eq(mock->connections, 1);
    ck_assert_str_eq(mock->requests[4].body, buf_text(&body));
}
END_TEST

START_TEST(large_bodies)
{
    serve(mock_fast);
    struct http *http = http_new(&config, &err);
    struct http_call one = {0};
    for (int i = 0; i < 200000; i++)
        buf_puts(&body, "0123456789abcdef");
    call(http, &one);
    ck_assert_int_eq(one.exchange.status, 200);
    ck_assert_uint_eq(mock->requests[0].len, body.len);
    ck_assert(memcmp(mock->requests[0].body, body.at, body.len) == 0);
    http_call_release(http, &one);
    http_free(http);
}
END_TEST

static void huge(struct mock *server, const struct mock_request *request,
                 struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    for (int i = 0; i < 200000; i++)
        buf_puts(&answer->body, "          ");
}

START_TEST(answers_too_large)
{
    serve(huge);
    struct http *http = http_new(&config, &err);
    struct http_call one = {0}, two = {.answer_most = 4 << 20};
    call(http, &one);
    ck_assert_int_ne(one.exchange.transport, 0);
    call(http, &two);
    ck_assert_int_eq(two.exchange.transport, 0);
    ck_assert_uint_gt(two.exchange.len, 2000000);
    http_call_release(http, &one);
    http_call_release(http, &two);
    http_free(http);
}
END_TEST

static void slow(struct mock *server, const struct mock_request *request,
                 struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    answer->delay_ms = 3000;
}

/* What held a token is not left for the next answer to write over. */
START_TEST(a_secret_answer_is_wiped)
{
    serve(mock_fast);
    struct http *http = http_new(&config, &err);
    struct http_call one = {0};
    struct auth auth;
    call(http, &one);
    ck_assert_uint_gt(one.answer.len, 0);
    mock->answer = slow;
    auth_init(&auth, &config);
    ck_assert(http_start(http, &one, "/api/GetData", &body, &auth, 2, &err));
    ck_assert_ptr_null(one.answer.at);
    http_call_release(http, &one);
    http_free(http);
    auth_release(&auth);
}
END_TEST

static void elsewhere(struct mock *server, const struct mock_request *request,
                      struct mock_answer *answer)
{
    (void)server;
    (void)request;
    mock_say(answer, 307, "");
    strcpy(answer->headers, "Location: http://127.0.0.1:1/evil\r\n"
                            "Retry-After:  17 \r\n");
}

START_TEST(redirects_are_not_followed)
{
    serve(elsewhere);
    struct http *http = http_new(&config, &err);
    struct http_call one = {0};
    call(http, &one);
    ck_assert_int_eq(one.exchange.status, 307);
    ck_assert_str_eq(one.exchange.redirect, "http://127.0.0.1:1/evil");
    ck_assert_str_eq(one.after, "  17");
    http_call_release(http, &one);
    http_free(http);
}
END_TEST

START_TEST(time_outs)
{
    serve(slow);
    config.timeout = 1;
    struct http *http = http_new(&config, &err);
    struct http_call one = {0};
    call(http, &one);
    ck_assert_int_eq(one.exchange.transport, 28);
    ck_assert(one.exchange.sent);
    http_call_release(http, &one);
    http_free(http);
}
END_TEST

START_TEST(nobody_there)
{
    serve(mock_fast);
    shutdown(mock->listener, SHUT_RDWR);
    struct http *http = http_new(&config, &err);
    struct http_call one = {0};
    call(http, &one);
    ck_assert_int_eq(one.exchange.transport, 7);
    ck_assert(!one.exchange.sent);
    http_call_release(http, &one);
    http_free(http);
}
END_TEST

static void *wake_later(void *http)
{
    struct timespec pause = {0, 50000000};
    nanosleep(&pause, NULL);
    http_wake(http);
    return NULL;
}

START_TEST(woken)
{
    serve(mock_fast);
    struct http *http = http_new(&config, &err);
    pthread_t thread;
    pthread_create(&thread, NULL, wake_later, http);
    ck_assert(http_turn(http, 3600, &err)); /* or it ends in an hour */
    pthread_join(thread, NULL);
    http_wake(http); /* one that comes before is not lost */
    ck_assert(http_turn(http, 3600, &err));
    http_free(http);
}
END_TEST

START_TEST(taken_back)
{
    serve(mock_fast);
    struct http *http = http_new(&config, &err);
    struct http_call calls[3] = {0};
    for (int i = 0; i < 3; i++) {
        call(http, &calls[i]);
        calls[i].next = i > 0 ? &calls[i - 1] : NULL;
    }
    http_return(http, &calls[2]);
    http_return(http, NULL);
    http_call_release(http, &calls[1]);
    ck_assert_ptr_eq(http_next(http), &calls[2]);
    ck_assert_ptr_eq(http_next(http), &calls[0]);
    ck_assert_ptr_null(http_next(http));
    call(http, &calls[0]);
    http_call_release(http, &calls[0]);
    http_call_release(http, &calls[2]);
    http_free(http);
}
END_TEST

/* session */

static struct ledger ledger;
static struct session session;

static void begin(void)
{
    ledger = (struct ledger){0};
    ck_assert(session_open(&session, &config, &ledger, &err));
}

static const char *token_error(void)
{
    begin();
    bool good = session_token(&session, &err);
    session_close(&session);
    return good ? "" : err.text;
}

START_TEST(a_token)
{
    serve(mock_fast);
    begin();
    ck_assert(session_token(&session, &err));
    ck_assert_str_eq(session.auth.token, "token-1");
    ck_assert_uint_eq(ledger.tokens, 1);
    ck_assert_str_eq(mock->requests[0].body,
                     "{\"username\":\"partner\",\"password\":"
                     "\"sesame-open\"}");
    ck_assert_str_eq(mock->requests[0].token, "");
    session_close(&session);
}
END_TEST

static void no_entry(struct mock *server, const struct mock_request *request,
                     struct mock_answer *answer)
{
    (void)server;
    (void)request;
    mock_say(answer, 200,
             "{\"success\":false,\"messages\":\"sesame-open is wrong\","
             "\"code\":401}");
}

START_TEST(wrong_password)
{
    serve(no_entry);
    const char *text = token_error();
    ck_assert_int_eq(err.code, EXIT_RIGHTS);
    ck_assert_msg(strstr(text, "refuses user partner: *** is wrong (code "
                               "401); check username and password") != NULL,
                  "%s", text);
    ck_assert_uint_eq(mock->count, 1);
}
END_TEST

static void a_page(struct mock *server, const struct mock_request *request,
                   struct mock_answer *answer)
{
    (void)server;
    (void)request;
    mock_say(answer, 200, "<html><body>Welcome</body></html>");
}

START_TEST(not_fast)
{
    serve(a_page);
    const char *text = token_error();
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_msg(strstr(text, "a web page came back (HTTP 200); the answer "
                               "is none of Fast's; check url") != NULL,
                  "%s", text);
    ck_assert_uint_eq(mock->count, 1);
}
END_TEST

static void nowhere(struct mock *server, const struct mock_request *request,
                    struct mock_answer *answer)
{
    (void)server;
    (void)request;
    mock_say(answer, 404, "not here");
}

START_TEST(not_fast_at_all)
{
    serve(nowhere);
    const char *text = token_error();
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_msg(strstr(text, "this is not a Fast server; check url") != NULL,
                  "%s", text);
}
END_TEST

static void too_small(struct mock *server, const struct mock_request *request,
                      struct mock_answer *answer)
{
    (void)server;
    (void)request;
    mock_say(answer, 413, "");
}

/* Nothing was got, and nothing sent: no success, whatever was too large. */
START_TEST(a_token_too_large)
{
    serve(too_small);
    const char *text = token_error();
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_msg(strstr(text, "/api/getToken: the few bytes of its request "
                               "are too many for the server (413); check "
                               "url") != NULL,
                  "%s", text);
    mock->answer = huge;
    text = token_error();
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_msg(strstr(text, "the answer is larger than 1 MiB") != NULL, "%s",
                  text);
    ck_assert_uint_eq(mock->count, 2);
}
END_TEST

START_TEST(gone)
{
    serve(mock_fast);
    shutdown(mock->listener, SHUT_RDWR);
    config.retry_for = 1;
    double begun = clock_now();
    const char *text = token_error();
    ck_assert_int_eq(err.code, EXIT_PENDING);
    ck_assert(clock_now() - begun < 3);
    ck_assert_msg(strstr(text, "/api/getToken: no server answers there; check "
                               "url; given up after 1 s") != NULL,
                  "%s", text);
    ck_assert_uint_ge(ledger.tokens, 1);
}
END_TEST

static void unsteady(struct mock *server, const struct mock_request *request,
                     struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (server->count % 3 == 1)
        mock_say(answer, 503, "");
    if (server->count % 3 == 2)
        answer->drop = true;
}

START_TEST(tried_again)
{
    serve(unsteady);
    begin();
    ck_assert_msg(session_token(&session, &err), "%s", err.text);
    /* curl itself sends again what a kept connection lost. */
    ck_assert_uint_ge(ledger.tokens, 2);
    struct buf answer = {0};
    ck_assert_msg(
        session_call(&session, "/api/SyncData", &body, 2, &answer, &err), "%s",
        err.text);
    ck_assert(strstr(buf_text(&answer), "\"success\":true") != NULL);
    ck_assert_uint_ge(ledger.requests, 2);
    ck_assert_uint_eq(mock->count, 6);
    buf_release(&answer);
    session_close(&session);
}
END_TEST

static void expired_once(struct mock *server,
                         const struct mock_request *request,
                         struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (strcmp(request->token, "token-1") == 0)
        mock_say(answer, 401, "");
}

START_TEST(renewed)
{
    serve(expired_once);
    begin();
    struct buf answer = {0};
    ck_assert_msg(
        session_call(&session, "/api/SyncData", &body, 2, &answer, &err), "%s",
        err.text);
    ck_assert_uint_eq(ledger.tokens, 2);
    ck_assert_str_eq(mock->requests[3].token, "token-2");
    ck_assert(session.auth.proven);
    buf_release(&answer);
    session_close(&session);
}
END_TEST

static void never(struct mock *server, const struct mock_request *request,
                  struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (strcmp(request->path, "/api/SyncData") == 0)
        mock_say(answer, 401, "");
}

START_TEST(refused_twice)
{
    serve(never);
    begin();
    struct buf answer = {0};
    ck_assert(
        !session_call(&session, "/api/SyncData", &body, 2, &answer, &err));
    ck_assert_int_eq(err.code, EXIT_RIGHTS);
    ck_assert_uint_eq(ledger.tokens, 2);
    buf_release(&answer);
    session_close(&session);

    config.token = strdup("fixed-token");
    begin();
    ck_assert(
        !session_call(&session, "/api/SyncData", &body, 2, &answer, &err));
    ck_assert_int_eq(err.code, EXIT_RIGHTS);
    ck_assert(strstr(err.text, "set a new one") != NULL);
    ck_assert_uint_eq(ledger.tokens, 0);
    buf_release(&answer);
    session_close(&session);
}
END_TEST

START_TEST(interrupted_while_it_waits)
{
    serve(slow);
    atomic_store(&interrupted, true);
    token_error();
    ck_assert_int_eq(err.code, EXIT_INTERRUPTED);
    atomic_store(&interrupted, false);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("http");
    TCase *c = tcase_create("http");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_checked_fixture(c, fill, drop);
    tcase_add_test(c, one_connection);
    tcase_add_test(c, large_bodies);
    tcase_add_test(c, answers_too_large);
    tcase_add_test(c, a_secret_answer_is_wiped);
    tcase_add_test(c, redirects_are_not_followed);
    tcase_add_test(c, time_outs);
    tcase_add_test(c, nobody_there);
    tcase_add_test(c, woken);
    tcase_add_test(c, taken_back);
    tcase_add_test(c, a_token);
    tcase_add_test(c, wrong_password);
    tcase_add_test(c, not_fast);
    tcase_add_test(c, not_fast_at_all);
    tcase_add_test(c, a_token_too_large);
    tcase_add_test(c, gone);
    tcase_add_test(c, tried_again);
    tcase_add_test(c, renewed);
    tcase_add_test(c, refused_twice);
    tcase_add_test(c, interrupted_while_it_waits);
    suite_add_tcase(s, c);
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
