/* auth: the request for a token, its answer, and the token's age. */
#include <check.h>
#include <string.h>

#include "config/config.h"
#include "net/secrets.h"
#include "server/auth.h"

static struct config config;

static void setup(void)
{
    config = (struct config){.username = "partner",
                             .password = "a\"b\\c\xc4\x91",
                             .auth_scheme = "bare"};
}

static const char *header(const struct auth *auth)
{
    static struct buf line;
    buf_clear(&line);
    auth_header(auth, &line);
    return buf_text(&line);
}

static bool answer(struct auth *auth, const char *body, double now,
                   time_t today)
{
    return auth_answer(auth, body, strlen(body), now, today);
}

START_TEST(the_request)
{
    struct auth auth;
    struct buf body = {0};
    auth_init(&auth, &config);
    auth_request(&auth, &body);
    ck_assert_str_eq(buf_text(&body), "{\"username\":\"partner\",\"password\":"
                                      "\"a\\\"b\\\\c\xc4\x91\"}");
    ck_assert(auth_due(&auth, 0));
    ck_assert_uint_eq(auth.number, 0);
    buf_release(&body);
    auth_release(&auth);
}
END_TEST

#define GRANT(token, expires)                                                  \
    "{\"success\":true,\"code\":200,\"messages\":\"Success\",\"token\":"       \
    "{\"accesstoken\":\"" token "\",\"expires\":\"" expires "\"}}"

START_TEST(a_token_and_its_age)
{
    struct auth auth;
    auth_init(&auth, &config);
    time_t today = auth_time("2025-04-24T10:00:00Z", 20);
    /* Of 100 seconds the last tenth is for renewing. */
    ck_assert(answer(&auth, GRANT("T1", "2025-04-24T10:01:40Z"), 1000, today));
    ck_assert_str_eq(header(&auth), "Authorization: T1");
    ck_assert_uint_eq(auth.number, 1);
    ck_assert(!auth_due(&auth, 1089));
    ck_assert(auth_due(&auth, 1090));
    /* Of a day the last minute. */
    ck_assert(answer(&auth, GRANT("T2", "2025-04-25T10:00:00Z"), 1000, today));
    ck_assert_str_eq(header(&auth), "Authorization: T2");
    ck_assert_uint_eq(auth.number, 2);
    ck_assert(!auth_due(&auth, 1000 + 86339));
    ck_assert(auth_due(&auth, 1000 + 86340));
    auth_release(&auth);
    ck_assert_ptr_null(auth.token);
}
END_TEST

START_TEST(expiry_that_says_nothing)
{
    static const char *const all[] = {
        GRANT("T", "2025-04-24T09:00:00Z"), /* past: the clocks disagree */
        GRANT("T", "tomorrow"),
        GRANT("T", ""),
        "{\"token\":{\"accesstoken\":\"T\"}}",
        "{\"token\":{\"expires\":null,\"x\":[1,{}],\"accesstoken\":\"T\"}}",
        "\xef\xbb\xbf{\"token\":{\"accesstoken\":\"T\"}}"};
    time_t today = auth_time("2025-04-24T10:00:00Z", 20);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct auth auth;
        auth_init(&auth, &config);
        ck_assert_msg(answer(&auth, all[i], 1000, today), "%s", all[i]);
        ck_assert(!auth_due(&auth, 1e12));
        auth_release(&auth);
    }
}
END_TEST

START_TEST(no_token)
{
    static const char *const all[] = {
        "",
        "{",
        "[]",
        "{\"success\":true}",
        "{\"token\":\"T\"}",
        "{\"token\":{}}",
        "{\"token\":{\"accesstoken\":\"\"}}",
        "{\"token\":{\"accesstoken\":7}}",
        "{\"token\":{\"accesstoken\":\"a\\r\\nX-Evil: 1\"}}",
        "{\"token\":{\"accesstoken\":\"a\\u0000b\"}}",
        "{\"token\":{\"accesstoken\":\"T\"}",
        "{\"token\":{\"accesstoken\":\"T\",\"accesstoken\":\"U\"}}",
        "{\"token\":{\"accesstoken\":\"T\"},\"token\":{\"accesstoken\":\"U\"}}",
        "{\"token\":{\"accesstoken\":\"T\",\"expires\":\"\",\"expires\":null}}",
        "{\"token\":{\"accesstoken\":\"T\"},\"tok\\u0065n\":null}",
        "{\"success\":false,\"token\":{\"accesstoken\":\"T\"},\"success\":1}",
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct auth auth;
        auth_init(&auth, &config);
        ck_assert_msg(!answer(&auth, all[i], 0, 0), "%s", all[i]);
        ck_assert_uint_eq(auth.number, 0);
        auth_release(&auth);
    }
}
END_TEST

START_TEST(a_fixed_token)
{
    struct auth auth;
    config.token = "fixed";
    config.auth_scheme = "Bearer";
    auth_init(&auth, &config);
    ck_assert_str_eq(header(&auth), "Authorization: Bearer fixed");
    ck_assert(auth.fixed && !auth_due(&auth, 1e12));
    ck_assert_uint_eq(auth.number, 1);
    auth_release(&auth);
}
END_TEST

START_TEST(secrets_go)
{
    struct auth auth;
    char text[] = "token tok-123 and tok-123, a\"b\\c\xc4\x91.";
    auth_init(&auth, &config);
    answer(&auth, GRANT("tok-123", ""), 0, 0);
    auth_scrub(&auth, text);
    ck_assert_str_eq(text, "token *** and ***, ***.");
    auth_release(&auth);
}
END_TEST

/* An answer to a request that carried the one before may still come. */
START_TEST(the_token_before)
{
    struct auth auth;
    char text[] = "tok-111, tok-222, tok-333";
    auth_init(&auth, &config);
    answer(&auth, GRANT("tok-111", ""), 0, 0);
    answer(&auth, GRANT("tok-222", ""), 0, 0);
    auth_scrub(&auth, text);
    ck_assert_str_eq(text, "***, ***, tok-333");
    answer(&auth, GRANT("tok-333", ""), 0, 0);
    strcpy(text, "tok-222, tok-333");
    auth_scrub(&auth, text);
    ck_assert_str_eq(text, "***, ***");
    auth_release(&auth);
    secrets_forget(); /* what a process knows is hidden to its end */
    strcpy(text, "tok-222, tok-333");
    auth_scrub(&auth, text);
    ck_assert_str_eq(text, "tok-222, tok-333");
}
END_TEST

START_TEST(times)
{
    static const struct {
        const char *text;
        long long at;
    } all[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2025-04-24T10:02:42Z", 1745488962},
        {"2025-04-24T10:02:42", 1745488962},
        {"2025-04-24 10:02:42", 1745488962},
        {"2025-04-24T10:02:42.1234567Z", 1745488962},
        {"2025-04-24T17:02:42+07:00", 1745488962},
        {"2025-04-24T17:02:42.5+0700", 1745488962},
        {"2025-04-24T17:02:42+07", 1745488962},
        {"2025-04-24T04:32:42-05:30", 1745488962},
        {"2024-02-29T23:59:59Z", 1709251199},
        {"2000-03-01T00:00:00Z", 951868800},
        {"2025-04-24", -1},
        {"2025-13-24T10:02:42Z", -1},
        {"2025-04-24T10:02:42 CET", -1},
        {"2025-04-24T10:02:42+7x", -1},
        {"24.04.2025 10:02:42", -1},
        {"", -1},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        ck_assert_msg((long long)auth_time(all[i].text, strlen(all[i].text)) ==
                          all[i].at,
                      "%s: %lld", all[i].text,
                      (long long)auth_time(all[i].text, strlen(all[i].text)));
    /* What a NUL hides is looked at, too. */
    ck_assert_int_eq(auth_time("2025-04-24T10:02:42Z\0tomorrow", 29), -1);
    ck_assert_int_eq(auth_time("2025-04-24T10:02:42\0+0700", 25), -1);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("auth");
    TCase *c = tcase_create("auth");
    tcase_add_checked_fixture(c, setup, NULL);
    tcase_add_test(c, the_request);
    tcase_add_test(c, a_token_and_its_age);
    tcase_add_test(c, expiry_that_says_nothing);
    tcase_add_test(c, no_token);
    tcase_add_test(c, a_fixed_token);
    tcase_add_test(c, secrets_go);
    tcase_add_test(c, the_token_before);
    tcase_add_test(c, times);
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
