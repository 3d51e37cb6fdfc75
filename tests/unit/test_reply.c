/* reply: every row of its tables. */
#include <check.h>
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

#include "server/auth.h"
#include "server/reply.h"

struct row {
    int transport;
    bool sent;
    long status;
    const char *body;
    unsigned records;
    enum verdict verdict;
    enum exit_code exit; /* of VERDICT_FATAL */
    const char *says;    /* part of the message */
};

#define OK(n)                                                                  \
    "{\"success\":true,\"messages\":\"SUCCESS\",\"records\":" #n               \
    ",\"fkey\":\"k1\",\"code\":200}"
#define BAD(n)      "{\"success\":false,\"messages\":\"No good\",\"code\":" #n "}"
#define SAID(json)  "{\"success\":false,\"messages\":" json ",\"code\":601}"
#define WITHOUT     "JSON without \"success\" and \"code\""
#define ACCEPTED    VERDICT_ACCEPTED, EXIT_DONE
#define REFUSED     VERDICT_REFUSED, EXIT_DONE
#define LARGE       VERDICT_LARGE, EXIT_DONE
#define RENEW       VERDICT_RENEW, EXIT_DONE
#define RETRY       VERDICT_RETRY, EXIT_DONE
#define UNKNOWN     VERDICT_UNKNOWN, EXIT_DONE
#define FATAL(code) VERDICT_FATAL, EXIT_##code

static const struct row rows[] = {
    /* clang-format off */
    /* The body decides. */
    {0, true, 200, OK(2), 2, ACCEPTED, "SUCCESS"},
    {0, true, 201, OK(2), 2, ACCEPTED, ""},
    {0, true, 200, "\xef\xbb\xbf" OK(2), 2, ACCEPTED, ""},
    {0, true, 200, " " OK(2) "\r\n", 2, ACCEPTED, ""},
    {0, true, 200, "{\"success\":true,\"records\":\"2\",\"data\":[{\"a\":[1]}]}", 2, ACCEPTED, ""},
    /* Whoever reads the first of two, or the last, must not be told another thing. */
    {0, true, 200, "{\"success\":false,\"success\":true,\"records\":2}", 2, RETRY, "JSON with a name twice"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"success\":true}", 2, RETRY, "JSON with a name twice"},
    {0, true, 200, "{\"success\":true,\"records\":0,\"records\":2}", 2, RETRY, "JSON with a name twice"},
    {0, true, 200, "{\"code\":601,\"success\":true,\"records\":2,\"code\":200}", 2, RETRY, "JSON with a name twice"},
    {0, true, 200, "{\"success\":false,\"records\":2,\"succes\\u0073\":true}", 2, RETRY, "JSON with a name twice"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"data\":[{\"a\":1,\"a\":2}]}", 2, RETRY, "JSON with a name twice"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"x\":{\"y\":{\"\":1,\"\":2}}}", 2, RETRY, "JSON with a name twice"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"messages\":{\"a\":\"b\",\"a\":\"c\"}}", 2, RETRY, "JSON with a name twice"},
    {0, true, 403, "{\"code\":601,\"code\":601}", 2, FATAL(RIGHTS), "JSON with a name twice"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"data\":[{\"a\":1},{\"a\":2}]}", 2, ACCEPTED, ""},
    {0, true, 200, "{\"success\":true,\"records\":2,\"x\":{\"success\":false},\"y\":{\"x\":1}}", 2, ACCEPTED, ""},
    {0, true, 200, "{\"success\":true,\"records\":2,\"Success\":false}", 2, ACCEPTED, ""},
    {0, true, 200, "{\"success\":true,\"records\":2,\"code\":4.00e2}", 2, RETRY, "JSON with a code that cannot be read"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"code\":\" 400\"}", 2, RETRY, "JSON with a code that cannot be read"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"code\":[400]}", 2, RETRY, "JSON with a code that cannot be read"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"code\":\"FAILED\"}", 2, RETRY, "JSON with a code that cannot be read"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"code\":-400}", 2, RETRY, "JSON with a code that cannot be read"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"code\":4294967696}", 2, RETRY, "JSON with a code that cannot be read"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"code\":{}}", 2, RETRY, "JSON with a code that cannot be read"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"code\":true}", 2, RETRY, "JSON with a code that cannot be read"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"code\":\"\"}", 2, RETRY, "JSON with a code that cannot be read"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"code\":1e999}", 2, RETRY, "JSON with a code that cannot be read"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"code\":null}", 2, ACCEPTED, ""},
    {0, true, 200, OK(1), 2, REFUSED, "stored 1 of 2 records"},
    {0, true, 200, OK(0), 2, REFUSED, "stored 0 of 2 records"},
    {0, true, 200, OK(3), 2, REFUSED, "stored 3 of 2 records"},
    {0, true, 200, "{\"success\":true,\"code\":200}", 2, UNKNOWN, "how many records"},
    {0, true, 200, "{\"success\":true,\"records\":-1}", 2, UNKNOWN, "how many records"},
    {0, true, 200, "{\"success\":true,\"code\":200}", 0, ACCEPTED, ""},
    {0, true, 200, BAD(201), 2, FATAL(USAGE), "no such form"},
    {0, true, 200, BAD(202), 2, FATAL(FAULT), "fault of fastsync"},
    {0, true, 200, BAD(400), 2, REFUSED, "No good (code 400)"},
    {0, true, 200, BAD(401), 2, RENEW, "code 401"},
    {0, true, 200, BAD(403), 2, FATAL(RIGHTS), "no right"},
    {0, true, 200, BAD(413), 2, LARGE, "code 413"},
    {0, true, 413, BAD(601), 2, REFUSED, "code 601"},
    {0, true, 200, BAD(500), 2, RETRY, "code 500"},
    {0, true, 200, BAD(601), 2, REFUSED, "No good (code 601)"},
    {0, true, 200, BAD("601"), 2, REFUSED, "code 601"},
    {0, true, 200, BAD(777), 2, REFUSED, "code 777"},
    {0, true, 200, BAD(200), 2, REFUSED, "No good (HTTP 200)"},
    {0, true, 400, BAD(400), 2, REFUSED, "code 400"},
    {0, true, 401, BAD(401), 2, RENEW, "code 401"},
    {0, true, 400, BAD(401), 2, RENEW, "code 401"},
    {0, true, 500, BAD(601), 2, REFUSED, "code 601"},
    {0, true, 422, BAD(601), 2, REFUSED, "code 601"},
    {0, true, 500, BAD(777), 2, RETRY, "code 777"},
    {0, true, 404, BAD(777), 2, FATAL(USAGE), "code 777"},
    {0, true, 429, BAD(429), 2, RETRY, "fewer requests"},
    /* A code is a code, wherever it stands. */
    {0, true, 200, BAD(404), 2, FATAL(USAGE), "No good (code 404); the server does not know this address"},
    {0, true, 200, BAD(405), 2, FATAL(USAGE), "code 405"},
    {0, true, 200, BAD(407), 2, FATAL(USAGE), "the proxy wants credentials"},
    {0, true, 200, BAD(408), 2, RETRY, "code 408"},
    {0, true, 200, BAD(423), 2, RETRY, "code 423"},
    {0, true, 200, BAD(425), 2, RETRY, "code 425"},
    {0, true, 200, BAD(429), 2, RETRY, "No good (code 429); the server asks for fewer"},
    {0, true, 200, BAD("429"), 2, RETRY, "code 429"},
    {0, true, 200, BAD(429.0), 2, RETRY, "code 429"},
    {0, true, 200, BAD(429.5), 2, REFUSED, "HTTP 200"},
    {0, true, 200, "{\"code\":503}", 2, RETRY, "code 503"},
    {0, true, 200, BAD(502), 2, RETRY, "code 502"},
    {0, true, 200, BAD(503), 2, RETRY, "code 503"},
    {0, true, 200, BAD(504), 2, RETRY, "code 504"},
    {0, true, 200, BAD(522), 2, RETRY, "code 522"},
    {0, true, 200, BAD(600), 2, REFUSED, "code 600"},
    {0, true, 200, BAD(409), 2, REFUSED, "code 409"},
    {0, true, 400, BAD(429), 2, RETRY, "code 429"},
    /* Nothing is accepted without a 2xx. */
    {0, true, 500, OK(2), 2, RETRY, ""},
    {0, true, 302, OK(2), 2, FATAL(USAGE), "not followed"},
    /* No readable body: the HTTP status. */
    {0, true, 200, "", 2, RETRY, "an empty answer (HTTP 200); the answer is none of Fast's"},
    {0, true, 200, "{\"success\":true", 2, RETRY, "not JSON"},
    {0, true, 200, OK(2) OK(2), 2, RETRY, "not JSON"},
    {0, true, 200, "[1,2]", 2, RETRY, WITHOUT ": [1,2] (HTTP 200); the answer is none of Fast's"},
    {0, true, 200, "{\"hello\":1}", 2, RETRY, WITHOUT ": {\"hello\":1} (HTTP 200)"},
    {0, true, 500, "{\"status\":500,\"title\":\"x\"}", 2, RETRY, WITHOUT ": {\"status\":500"},
    {0, true, 200, "null", 2, RETRY, WITHOUT ": null"},
    {0, true, 200, "{\"success\":\"yes\"}", 2, RETRY, WITHOUT},
    {0, true, 200, "{}", 2, RETRY, WITHOUT ": {}"},
    {0, true, 200, "{\"code\":200,\"records\":2}", 2, RETRY, "JSON without \"success\" (HTTP 200); the answer is none of Fast's"},
    /* As servers send them. */
    {0, true, 200, SAID("\"Kh\xe1 h\xe0ng\""), 2, REFUSED, "Kh\xef\xbf\xbd h\xef\xbf\xbdng (code 601)"},
    {0, true, 200, "{\"success\":true,\"records\":2,\"messages\":\"Th\xe0nh c\xf4ng\"}", 2, ACCEPTED, "Th\xef\xbf\xbdnh c\xef\xbf\xbdng"},
    {0, true, 500, "L\xf4i", 2, RETRY, "not JSON: L\xef\xbf\xbdi"},
    {0, true, 200, SAID("\"one\ntwo\""), 2, REFUSED, "one two (code 601)"},
    {0, true, 200, SAID("[\"too long\",\"no name\"]"), 2, REFUSED, "too long; no name (code 601)"},
    {0, true, 200, SAID("[]"), 2, REFUSED, "code 601"},
    {0, true, 200, SAID("[null,[\"a\"],7]"), 2, REFUSED, "a; 7 (code 601)"},
    {0, true, 200, SAID("{\"Email\":\"no address\",\"Fax\":[\"too long\",\"no digits\"]}"), 2, REFUSED,
     "Email: no address; Fax: too long; no digits (code 601)"},
    {0, true, 200, SAID("[{\"field\":\"Fax\",\"text\":\"too long\"}]"), 2, REFUSED, "field: Fax; text: too long (code 601)"},
    {0, true, 200, SAID("{\"errors\":{\"Fax\":[\"b\xe9\"]}}"), 2, REFUSED, "Fax: b\xef\xbf\xbd (code 601)"},
    {0, true, 200, SAID("[\"a\"") , 2, RETRY, "not JSON"},
    {0, true, 200, " <!DOCTYPE html><p>Hi</p>", 2, RETRY, "a web page came back"},
    {0, true, 200, "\xef\xbb\xbf\r\n<p>Hi</p>", 2, RETRY, "a web page came back"},
    {0, true, 200, "\x01\xff garbage \x1b[31m", 2, RETRY, "not JSON: \\u{1}\xef\xbf\xbd garbage \\u{1B}[31m (HTTP 200)"},
    {0, true, 301, "", 2, FATAL(USAGE), "redirected to https://other/"},
    {0, true, 401, "", 2, RENEW, "HTTP 401"},
    {0, true, 403, "", 2, FATAL(RIGHTS), "no right"},
    {0, true, 404, "<html>", 2, FATAL(USAGE), "not a Fast server; check url"},
    {0, true, 405, "", 2, FATAL(USAGE), "not a Fast server"},
    {0, true, 400, "", 2, FATAL(USAGE), "HTTP 400"},
    {0, true, 407, "", 2, FATAL(USAGE), "proxy"},
    {0, true, 408, "", 2, RETRY, "HTTP 408"},
    {0, true, 413, "", 2, LARGE, "lower batch"},
    {0, true, 423, "", 2, RETRY, "HTTP 423"},
    {0, true, 425, "", 2, RETRY, ""},
    {0, true, 429, "", 2, RETRY, "fewer requests"},
    {0, true, 500, "oops", 2, RETRY, "not JSON: oops (HTTP 500)"},
    {0, true, 503, "", 2, RETRY, "HTTP 503"},
    {0, true, 599, "", 2, RETRY, ""},
    {0, true, 999, "", 2, RETRY, ""},
    /* The transport failed. */
    {CURLE_COULDNT_RESOLVE_HOST, false, 0, "", 2, RETRY, "name is not known; check url"},
    {CURLE_COULDNT_RESOLVE_PROXY, false, 0, "", 2, RETRY, "proxy"},
    {CURLE_COULDNT_CONNECT, false, 0, "", 2, RETRY, "no server answers there; check url"},
    {CURLE_SSL_CONNECT_ERROR, false, 0, "", 2, RETRY, "wrong version; no TLS"},
    {CURLE_PEER_FAILED_VERIFICATION, false, 0, "", 2, FATAL(USAGE), "ca_file"},
    {CURLE_SSL_CACERT_BADFILE, false, 0, "", 2, FATAL(USAGE), "ca_file"},
    {CURLE_SSL_ISSUER_ERROR, false, 0, "", 2, FATAL(USAGE), "ca_file"},
    {CURLE_URL_MALFORMAT, false, 0, "", 2, FATAL(USAGE), "check url"},
    {CURLE_UNSUPPORTED_PROTOCOL, false, 0, "", 2, FATAL(USAGE), "check url"},
    {CURLE_UNSUPPORTED_PROTOCOL, true, 0, "", 2, UNKNOWN, "wrong version"},
    {CURLE_OPERATION_TIMEDOUT, false, 0, "", 2, RETRY, "Timeout"},
    {CURLE_OPERATION_TIMEDOUT, true, 0, "", 2, UNKNOWN, "Timeout"},
    {CURLE_RECV_ERROR, true, 0, "", 2, UNKNOWN, ""},
    {CURLE_GOT_NOTHING, true, 0, "", 2, UNKNOWN, ""},
    {CURLE_PARTIAL_FILE, true, 200, OK(2), 2, UNKNOWN, ""},
    {CURLE_WRITE_ERROR, true, 200, "", 2, UNKNOWN, ""},
    /* clang-format on */
};

START_TEST(a_row)
{
    const struct row *row = &rows[_i];
    struct reply reply;
    const struct exchange exchange = {
        .transport = row->transport,
        .trouble = "SSL: wrong version",
        .sent = row->sent,
        .status = row->status,
        .redirect = row->status / 100 == 3 ? "https://other/" : NULL,
        .body = row->body,
        .len = strlen(row->body),
    };
    reply_decide(&reply, &exchange, row->records, NULL);
    ck_assert_msg(reply.verdict == row->verdict, "%s: %d", row->body,
                  (int)reply.verdict);
    if (row->verdict == VERDICT_FATAL)
        ck_assert_int_eq(reply.exit, row->exit);
    ck_assert_msg(strstr(reply.message, row->says) != NULL, "\"%s\" in \"%s\"",
                  row->says, reply.message);
    ck_assert(strchr(reply.message, '\n') == NULL);
}
END_TEST

/* A proxy that answers in the server's place: nothing has arrived there, and
 * what it says decides before what libcurl makes of it. */
START_TEST(no_tunnel)
{
    static const struct {
        long status;
        enum verdict verdict;
        bool pressed;
        const char *says;
    } all[] = {
        {407, VERDICT_FATAL, false, "HTTP 407; the proxy wants credentials"},
        {403, VERDICT_FATAL, false, "does not let us through"},
        {429, VERDICT_RETRY, true, "fewer requests"},
        {502, VERDICT_RETRY, false, "does not reach the server"},
        {503, VERDICT_RETRY, true, "does not reach the server"},
    };
    struct reply reply;
    const struct exchange exchange = {.transport = CURLE_RECV_ERROR,
                                      .trouble = "CONNECT tunnel failed",
                                      .sent = true,
                                      .body = "",
                                      .tunnel = all[_i].status};
    reply_decide(&reply, &exchange, 2, NULL);
    ck_assert_int_eq(reply.verdict, all[_i].verdict);
    ck_assert(reply.pressed == all[_i].pressed);
    ck_assert_msg(strstr(reply.message, all[_i].says) != NULL, "%s",
                  reply.message);
    if (reply.verdict == VERDICT_FATAL)
        ck_assert_int_eq(reply.exit, EXIT_USAGE);
}
END_TEST

START_TEST(proxy_untrusted)
{
    static const struct {
        const char *trouble, *servers, *proxys;
    } all[] = {
        {"unable to get local issuer certificate", "; ca_file",
         "; proxy_ca_file"},
        {"certificate has expired", "the server's", "the proxy's is to be"},
        {"SSL: certificate subject name 'a' does not match", "url must",
         "proxy must"},
    };
    struct reply reply;
    struct exchange exchange = {.transport = CURLE_PEER_FAILED_VERIFICATION,
                                .trouble = all[_i].trouble};
    reply_decide(&reply, &exchange, 2, NULL);
    ck_assert_int_eq(reply.verdict, VERDICT_FATAL);
    ck_assert_ptr_nonnull(strstr(reply.message, all[_i].servers));
    exchange.proxy_untrusted = true;
    reply_decide(&reply, &exchange, 2, NULL);
    ck_assert_int_eq(reply.verdict, VERDICT_FATAL);
    ck_assert_ptr_nonnull(strstr(reply.message, all[_i].proxys));
}
END_TEST

/* What says that there is too much to do; not what is merely wrong. */
START_TEST(pressed)
{
    static const struct {
        int transport;
        long status;
        bool pressed;
        const char *body;
    } all[] = {
        {0, 200, true, BAD(429)},
        {0, 200, true, BAD(503)},
        {0, 200, true, BAD(504)},
        {0, 200, false, BAD(502)},
        {0, 503, true, BAD(601)},
        {0, 200, false, OK(2)},
        {0, 408, false, ""},
        {0, 413, false, ""},
        {0, 429, true, ""},
        {0, 500, false, ""},
        {0, 502, false, ""},
        {0, 503, true, ""},
        {0, 504, true, ""},
        {CURLE_OPERATION_TIMEDOUT, 0, true, ""},
        {CURLE_RECV_ERROR, 0, false, ""},
        {CURLE_COULDNT_CONNECT, 0, false, ""},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct reply reply;
        const struct exchange exchange = {.transport = all[i].transport,
                                          .sent = true,
                                          .status = all[i].status,
                                          .body = all[i].body,
                                          .len = strlen(all[i].body)};
        reply_decide(&reply, &exchange, 2, NULL);
        ck_assert_msg(reply.pressed == all[i].pressed, "%d, %ld",
                      all[i].transport, all[i].status);
    }
}
END_TEST

START_TEST(what_is_kept)
{
    struct reply reply;
    struct exchange exchange = {.status = 200};
    exchange.body = OK(2);
    exchange.len = strlen(exchange.body);
    reply_decide(&reply, &exchange, 2, NULL);
    ck_assert_str_eq(reply.fkey, "k1");
    ck_assert_uint_eq(reply.records, 2);
    ck_assert(reply.readable && !reply.foreign);
    exchange.body = "<html>";
    exchange.len = 6;
    reply_decide(&reply, &exchange, 2, NULL);
    ck_assert(!reply.readable && reply.foreign);
    exchange.body = NULL;
    exchange.len = 0;
    reply_decide(&reply, &exchange, 2, NULL);
    ck_assert(!reply.readable && !reply.foreign);
}
END_TEST

/* As libcurl has said it over the years. */
START_TEST(another_name)
{
    static const char *const texts[] = {
        "SSL: no alternative certificate subject name matches target host name "
        "'10.0.0.1'",
        "SSL: no alternative certificate subject name matches target ipv4 "
        "address '10.0.0.1'",
        "SSL: certificate subject name 'a' does not match target host name 'b'",
        "SSL: certificate subject name 'a' does not match target hostname 'b'",
    };
    struct reply reply;
    const struct exchange exchange = {
        .transport = CURLE_PEER_FAILED_VERIFICATION, .trouble = texts[_i]};
    reply_decide(&reply, &exchange, 2, NULL);
    ck_assert_int_eq(reply.verdict, VERDICT_FATAL);
    ck_assert_msg(strstr(reply.message, "url must name the server") != NULL,
                  "%s", reply.message);
}
END_TEST

START_TEST(long_messages)
{
    char body[4000];
    struct reply reply;
    int len = snprintf(body, sizeof body,
                       "{\"success\":false,\"code\":601,\"messages\":\"%0*d\","
                       "\"fkey\":\"%0*d\"}",
                       1500, 7, 1500, 7);
    const struct exchange exchange = {
        .status = 200, .body = body, .len = (size_t)len};
    reply_decide(&reply, &exchange, 2, NULL);
    ck_assert_int_eq(reply.verdict, VERDICT_REFUSED);
    ck_assert_uint_lt(strlen(reply.message), REPLY_TEXT);
    ck_assert(strstr(reply.message, "(code 601)") != NULL);
}
END_TEST

/* Wherever the text is cut, no part of a secret is left. */
START_TEST(secrets_go_before_texts_are_cut)
{
    const bool json = _i == 0;
    struct auth auth = {.password = "hunter2hunter2"};
    struct reply reply;
    char body[1000], text[400];
    for (int at = 14; at < 300; at++) {
        snprintf(text, sizeof text, "%*s", at, auth.password);
        snprintf(body, sizeof body, "%s%s%s%s%s",
                 json ? "{\"success\":false,\"code\":400,\"messages\":\"" : "",
                 text, json ? "\",\"fkey\":\"" : "", text, json ? "\"}" : "");
        const struct exchange exchange = {.status = _i == 2 ? 302 : 400,
                                          .redirect = text,
                                          .body = body,
                                          .len = strlen(body)};
        reply_decide(&reply, &exchange, 1, &auth);
        ck_assert_msg(strstr(reply.message, "hu") == NULL, "%s", reply.message);
        ck_assert(strchr(reply.fkey, 'h') == NULL);
    }
}
END_TEST

/* Also where it comes back in letters that cannot be read. */
START_TEST(a_secret_in_other_letters)
{
    static const char *const bodies[] = {
        "{\"success\":false,\"code\":400,\"messages\":\"no s\xe9same-\xe0 \"}",
        "{\"success\":false,\"code\":400,\"messages\":[\"no s\xe9same-\xe0 "
        "\"]}",
        "{\"success\":false,\"code\":400,\"messages\":{\"no\":\"s\xe9same-\xe0 "
        "\"}}",
        "no s\xe9same-\xe0 ",
    };
    struct auth auth = {.password = "s\xc3\xa9same-\xc3\xa0"};
    struct reply reply;
    const struct exchange exchange = {
        .status = 500, .body = bodies[_i], .len = strlen(bodies[_i])};
    reply_decide(&reply, &exchange, 1, &auth);
    ck_assert_msg(strstr(reply.message, "same") == NULL, "%s", reply.message);
    ck_assert_msg(strstr(reply.message, "***") != NULL, "%s", reply.message);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("reply");
    TCase *c = tcase_create("reply");
    tcase_add_loop_test(c, a_row, 0, sizeof rows / sizeof *rows);
    tcase_add_loop_test(c, no_tunnel, 0, 5);
    tcase_add_loop_test(c, proxy_untrusted, 0, 3);
    tcase_add_test(c, pressed);
    tcase_add_test(c, what_is_kept);
    tcase_add_loop_test(c, another_name, 0, 4);
    tcase_add_test(c, long_messages);
    tcase_add_loop_test(c, secrets_go_before_texts_are_cut, 0, 3);
    tcase_add_loop_test(c, a_secret_in_other_letters, 0, 4);
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
