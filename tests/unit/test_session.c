/* session: a token, its renewal, and requests that are waited for. */
#include "mock_site.h"

#include "base/clock.h"
#include "server/connect.h"
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

static void huge(struct mock *server, const struct mock_request *request,
                 struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    for (int i = 0; i < 200000; i++)
        buf_puts(&answer->body, "          ");
}

static void slow(struct mock *server, const struct mock_request *request,
                 struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    answer->delay_ms = 1500;
}

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
    const char *text = token_error();
    ck_assert_int_eq(err.code, EXIT_PENDING);
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

START_TEST(refused_for_ever)
{
    serve(never);
    begin();
    struct buf answer = {0};
    ck_assert(
        !session_call(&session, "/api/SyncData", &body, 2, &answer, &err));
    ck_assert_int_eq(err.code, EXIT_RIGHTS);
    ck_assert_uint_eq(ledger.tokens, 4);
    ck_assert_ptr_nonnull(strstr(err.text, "has just given, 4 in a row"));
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

/* What the configuration names and cannot be read is said at once. */
START_TEST(no_pass_phrase)
{
    config.url = strdup("https://127.0.0.1:1");
    config.client_cert = strdup("cert.pem");
    config.client_key_password_file = strdup("/nowhere");
    ck_assert_ptr_null(connect_http(&config, &err));
    ck_assert_int_eq(err.code, EXIT_USAGE);
    ck_assert_ptr_nonnull(
        strstr(err.text, "client_key_password_file: /nowhere: "));
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("session");
    TCase *c = tcase_create("session");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_checked_fixture(c, fill, drop);
    tcase_add_test(c, a_token);
    tcase_add_test(c, wrong_password);
    tcase_add_test(c, not_fast);
    tcase_add_test(c, not_fast_at_all);
    tcase_add_test(c, a_token_too_large);
    tcase_add_test(c, gone);
    tcase_add_test(c, tried_again);
    tcase_add_test(c, renewed);
    tcase_add_test(c, refused_for_ever);
    tcase_add_test(c, interrupted_while_it_waits);
    tcase_add_test(c, no_pass_phrase);
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
