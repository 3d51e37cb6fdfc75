/* scrub: whatever a server or libcurl gives back, no secret is in it. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "config/config.h"
#include "net/scrub.h"
#include "server/auth.h"
#include "server/reply.h"

static char text[512];

static const char *scrubbed(const char *from, const char *secret)
{
    snprintf(text, sizeof text, "%s", from);
    scrub(text, secret);
    return text;
}

/* p"w+1&<é>\ */
#define SECRET "p\"w+1&<\xc3\xa9>\\"

START_TEST(every_spelling)
{
    static const char *const spellings[] = {
        SECRET,
        "p\\\"w+1&<\xc3\xa9>\\\\",
        "p\\u0022w\\u002B1\\u0026\\u003c\\u00e9\\u003E\\\\",
        "p%22w%2B1%26%3C%C3%A9%3E%5C",
        "p%22w%2b1%26%3c%c3%a9%3e%5c",
        "p&quot;w+1&amp;&lt;&#233;&gt;\\",
        "p&#34;w&#x2b;1&amp;&lt;&#xE9;&gt;\\",
    };
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        char around[256];
        snprintf(around, sizeof around, "wrong: %s, %s.", spellings[i],
                 spellings[i]);
        ck_assert_str_eq(scrubbed(around, SECRET), "wrong: ***, ***.");
    }
}
END_TEST

/* mậtkhẩu, letter by letter and mark by mark. */
START_TEST(marks_one_by_one)
{
    ck_assert_str_eq(
        scrubbed("pw ma\u0323\u0302tkha\u0302\u0309u end", "m\u1eadtkh\u1ea9u"),
        "pw *** end");
    ck_assert_str_eq(
        scrubbed("pw ma\u0302\u0323tkh\u00e2\u0309u", "m\u1eadtkh\u1ea9u"),
        "pw ***");
}
END_TEST

START_TEST(base64_at_any_place)
{
    /* sesame-open; partner:sesame-open; ab:sesame-open; its URL-safe kind. */
    ck_assert_str_eq(scrubbed("<c2VzYW1lLW9wZW4=>", "sesame-open"), "<***>");
    ck_assert_str_eq(
        scrubbed("Basic cGFydG5lcjpzZXNhbWUtb3Blbg==.", "sesame-open"),
        "Basic ***.");
    ck_assert_str_eq(scrubbed("YTpzZXNhbWUtb3Blbg==", "sesame-open"), "***");
    ck_assert_str_eq(scrubbed("YWI6c2VzYW1lLW9wZW4=", "sesame-open"), "***");
    ck_assert_str_eq(scrubbed("Pz8/Pj4+Pz8/", "\x3f\x3f\x3f>>>???"), "***");
    ck_assert_str_eq(scrubbed("Pz8_Pj4-Pz8_", "\x3f\x3f\x3f>>>???"), "***");
}
END_TEST

START_TEST(nothing_else)
{
    ck_assert_str_eq(scrubbed("100% of a\\b & c+d", "sesame"),
                     "100% of a\\b & c+d");
    ck_assert_str_eq(scrubbed("is it?", "is"), "is it?");
    ck_assert_str_eq(scrubbed("any", NULL), "any");
    ck_assert_str_eq(scrubbed("any", ""), "any");
    ck_assert_str_eq(scrubbed("sesam", "sesame"), "sesam");
    ck_assert_str_eq(scrubbed("%", "sesame"), "%");
    ck_assert_str_eq(scrubbed("\\", "sesame"), "\\");
    ck_assert_str_eq(scrubbed("&#", "sesame"), "&#");
    ck_assert_str_eq(scrubbed("\\u00", "sesame"), "\\u00");
}
END_TEST

/* What reads in two ways at every place is still read in bounded time. */
START_TEST(doubtful)
{
    char many[400], secret[64];
    memset(many, '\\', sizeof many - 1);
    many[sizeof many - 1] = '\0';
    memset(secret, '\\', sizeof secret - 2);
    secret[sizeof secret - 2] = 'x';
    secret[sizeof secret - 1] = '\0';
    ck_assert_str_eq(scrubbed(many, secret), many);
}
END_TEST

START_TEST(users_of_proxies)
{
    static const struct {
        const char *from, *to;
    } rows[] = {
        {"Unsupported proxy syntax in 'http://me:pw@h:1'",
         "Unsupported proxy syntax in 'http://***@h:1'"},
        {"proxy me:p@w@h:3128 is", "proxy ***@h:3128 is"},
        {"https://u:p@a/ and https://v:q@b/",
         "https://***@a/ and https://***@b/"},
        {"https://h:1/a@b", "https://***@b"},
        {"write to an@example.vn", "write to an@example.vn"},
        {"https://h:1/path", "https://h:1/path"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(text, sizeof text, "%s", rows[i].from);
        scrub_userinfo(text);
        ck_assert_str_eq(text, rows[i].to);
    }
}
END_TEST

START_TEST(lines)
{
    char to[16];
    ck_assert_uint_eq(one_line(to, 15, " a\n\tb  c ", 9), 5);
    ck_assert_str_eq(to, "a b c");
    ck_assert_uint_eq(one_line(to, 4, "abc\xe1\xbb\x85", 6), 3);
    ck_assert_str_eq(to, "abc");
    one_line(to, 15, "\xff\x1b", 2);
    ck_assert_str_eq(to, "\\xFF\\u{1B}");
    one_line(to, 10, "a\xff\x1b", 3); /* nothing is cut in its middle */
    ck_assert_str_eq(to, "a\\xFF");
    one_line(to, 15, "", 0);
    ck_assert_str_eq(to, "");
}
END_TEST

static const char *shown(const struct exchange *exchange)
{
    static struct reply reply;
    static const struct auth auth = {.password = "sesame-open"};
    reply_decide(&reply, exchange, 0, &auth);
    return reply.message;
}

START_TEST(replies)
{
    struct exchange x = {.status = 302,
                         .redirect = "https://a:b@sso.example.vn/x?pw=hidden"};
    ck_assert_ptr_nonnull(strstr(shown(&x), "https://***@sso.example.vn/x ("));
    x.redirect = "https://sso.example.vn/sesame%2Dopen/x";
    ck_assert_ptr_nonnull(strstr(shown(&x), "sso.example.vn/***/x"));
    /* Part of a token's answer shows no token. */
    x = (struct exchange){.status = 200, .body = "{\"accesstoken\":\"T123"};
    x.len = strlen(x.body);
    ck_assert_ptr_nonnull(strstr(shown(&x), "T123"));
    x.secret = true;
    ck_assert_ptr_null(strstr(shown(&x), "T123"));
    x = (struct exchange){.status = 400,
                          .body =
                              "{\"success\":false,\"code\":400,\"messages\":"
                              "\"user cGFydG5lcjpzZXNhbWUtb3Blbg==\"}"};
    x.len = strlen(x.body);
    ck_assert_ptr_nonnull(strstr(shown(&x), "user ***"));
}
END_TEST

START_TEST(certificates)
{
    struct exchange x = {.transport = 56,
                         .sent = true,
                         .trouble = "OpenSSL SSL_read: error:0A00045C:SSL "
                                    "routines::tlsv13 alert certificate "
                                    "required, errno 0"};
    struct reply reply;
    reply_decide(&reply, &x, 0, NULL);
    ck_assert_int_eq(reply.verdict, VERDICT_FATAL);
    ck_assert_int_eq(reply.exit, EXIT_USAGE);
    ck_assert_ptr_nonnull(strstr(reply.message, "set client_cert"));
    x.trouble = "";
    reply_decide(&reply, &x, 0, NULL);
    ck_assert_int_eq(reply.verdict, VERDICT_UNKNOWN);
    x = (struct exchange){.transport = 58, .trouble = "could not load"};
    reply_decide(&reply, &x, 0, NULL);
    ck_assert_int_eq(reply.verdict, VERDICT_FATAL);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("scrub");
    TCase *c = tcase_create("scrub");
    tcase_add_test(c, lines);
    tcase_add_test(c, every_spelling);
    tcase_add_test(c, marks_one_by_one);
    tcase_add_test(c, base64_at_any_place);
    tcase_add_test(c, nothing_else);
    tcase_add_test(c, doubtful);
    tcase_add_test(c, users_of_proxies);
    tcase_add_test(c, replies);
    tcase_add_test(c, certificates);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
