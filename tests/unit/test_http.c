/* http: requests in flight, to a server of which it knows nothing. */
#include "mock_site.h"

#include "base/clock.h"
#include "net/http.h"

static struct buf body;

static void fill(void)
{
    buf_puts(&body, "{\"form\":\"f\",\"data\":[{},{}]}");
}

static void drop(void)
{
    buf_release(&body);
}

static struct http *open_http(unsigned timeout)
{
    const struct http_options options = {
        .proxy = "", .timeout = timeout, .connections = 4};
    return http_new(&options, &err);
}

static void start(struct http *http, struct http_call *one, bool secret)
{
    static const char *const headers[] = {"Authorization: token-7", NULL};
    const struct http_request request = {.url = config.url,
                                         .body = body.len > 0 ? &body : NULL,
                                         .headers = headers,
                                         .secret = secret};
    ck_assert(http_start(http, one, &request, &err));
}

/* Sends one request and waits for its end. */
static void call(struct http *http, struct http_call *one)
{
    start(http, one, true);
    while (http_next(http) == NULL)
        ck_assert(http_turn(http, 1, &err));
}

START_TEST(one_connection)
{
    serve(mock_fast);
    struct http *http = open_http(60);
    struct http_call one = {0};
    for (int i = 0; i < 5; i++) {
        call(http, &one);
        ck_assert_int_eq(one.exchange.transport, 0);
        ck_assert_int_eq(one.exchange.status, 200);
        ck_assert(one.exchange.sent);
        ck_assert(strstr(buf_text(&one.answer), "\"records\":2") != NULL);
    }
    http_call_release(http, &one);
    http_free(http);
    ck_assert_uint_eq(mock->connections, 1);
    ck_assert_str_eq(mock->requests[4].body, buf_text(&body));
    ck_assert_str_eq(mock->requests[4].token, "token-7");
}
END_TEST

START_TEST(gets)
{
    serve(mock_fast);
    struct http *http = open_http(60);
    struct http_call one = {0};
    call(http, &one);
    buf_clear(&body);
    call(http, &one);
    ck_assert_int_eq(one.exchange.status, 200);
    ck_assert_str_eq(mock->requests[1].body, "");
    ck_assert_str_eq(mock->requests[1].path, "/");
    http_call_release(http, &one);
    http_free(http);
}
END_TEST

START_TEST(large_bodies)
{
    serve(mock_fast);
    struct http *http = open_http(60);
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
    struct http *http = open_http(60);
    struct http_call one = {0}, two = {.answer_max = 4 << 20};
    call(http, &one);
    ck_assert_int_ne(one.exchange.transport, 0);
    ck_assert(one.exchange.overflow);
    call(http, &two);
    ck_assert_int_eq(two.exchange.transport, 0);
    ck_assert(!two.exchange.overflow);
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
    struct http *http = open_http(60);
    struct http_call one = {0};
    call(http, &one);
    ck_assert_uint_gt(one.answer.len, 0);
    mock->answer = slow;
    start(http, &one, false);
    ck_assert_ptr_null(one.answer.at);
    http_call_release(http, &one);
    http_free(http);
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
    struct http *http = open_http(60);
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
    struct http *http = open_http(1);
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
    struct http *http = open_http(60);
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
    struct http *http = open_http(60);
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
    struct http *http = open_http(60);
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

static Suite *suite(void)
{
    Suite *s = suite_create("http");
    TCase *c = tcase_create("http");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_checked_fixture(c, fill, drop);
    tcase_add_test(c, one_connection);
    tcase_add_test(c, gets);
    tcase_add_test(c, large_bodies);
    tcase_add_test(c, answers_too_large);
    tcase_add_test(c, a_secret_answer_is_wiped);
    tcase_add_test(c, redirects_are_not_followed);
    tcase_add_test(c, time_outs);
    tcase_add_test(c, nobody_there);
    tcase_add_test(c, woken);
    tcase_add_test(c, taken_back);
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
