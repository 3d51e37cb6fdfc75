/* web: what pages say of one another, URLs and logins, without a network. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "net/secrets.h"
#include "net/web/answer.h"
#include "net/web/login.h"
#include "net/web/mark.h"
#include "net/web/url.h"
#include "net/web/web.h"

START_TEST(links)
{
    static const struct {
        const char *headers, *next;
    } all[] = {
        {"Link: <?p=2>; rel=\"next\", <?p=9>; rel=\"last\"\r\n", "?p=2"},
        {"Link: <a>; rel=prev\r\nlink: <b>; title=x; rel=\"last next\"\r\n",
         "b"},
        {"Link: <a>; rel=\"nextish\"\r\n", NULL},
        {"Link: <a>; rel = \"next\"\r\n", "a"},
        {"Link: <a> ;REL\t=\tNext \r\n", "a"},
        {"Link: <a>; rel='next', <b>; rel='last'\r\n", "a"},
        {"Link: <a>; rel=\"prev\t next\"\r\n", "a"},
        {"Link: <a>; title=\"x, <b>\"; rel=next\r\n", "a"},
        {"Link: <a>; title=\"x\\\"; rel=next\"; rel=prev\r\n", NULL},
        {"Link: <a>; title=Hello, world; rel=next\r\n", "a"},
        {"Link: <a>; rel=prev, <b>;rel=next,<c>;rel=last\r\n", "b"},
        {"Link: <a>; rel=prev; rel=next\r\n", NULL},
        {"Link: <a>; title=\"rel=next\"\r\n", NULL},
        {"Link: <a>; rel=\"next\r\n", "a"},
        {"Link: <a>; rel=\r\n", NULL},
        {"Link: <a>; rel\r\n", NULL},
        {"Link: <a\r\n", NULL},
        {"X-Link: <a>; rel=next\r\n", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct buf headers = {0}, to = {0};
        buf_puts(&headers, all[i].headers);
        ck_assert_int_eq(answer_link(&headers, &to), all[i].next != NULL);
        if (all[i].next != NULL)
            ck_assert_str_eq(buf_text(&to), all[i].next);
        buf_release(&headers);
        buf_release(&to);
    }
}
END_TEST

START_TEST(paths)
{
    static const struct {
        const char *body, *path;
        enum answer_type type;
    } all[] = {
        {"{\"a\":{\"b\":12}}", "a.b", ANSWER_TEXT},
        {"{\"x\":[1],\"a\":null}", "a", ANSWER_NONE},
        {"{\"a\":[]}", "a", ANSWER_EMPTY},
        {"[1]", "", ANSWER_LIST},
        {"[1]", "a", ANSWER_MISSING},
        {"{\"error\":\"x\"}", "a", ANSWER_MISSING},
        {"{\"a\":null}", "a.b", ANSWER_MISSING},
        {"{\"b\":1,}", "a", ANSWER_NO_JSON},
        {"{\"a\":", "a", ANSWER_NO_JSON},
        {"x", "a", ANSWER_NO_JSON},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct buf to = {0};
        ck_assert_int_eq(
            answer_at(all[i].body, strlen(all[i].body), all[i].path, &to),
            all[i].type);
        buf_release(&to);
    }
}
END_TEST

START_TEST(logins)
{
    static const char lines[] = "a.vn bearer /k\na.vn:8443 basic an /my key";
    struct web_url url;
    struct login login;
    struct err err;
    ck_assert(web_url_open(&url, NULL, "https://A.vn/x#y", &err));
    ck_assert(login_find(&login, lines, &url));
    ck_assert_int_eq(login.kind, LOGIN_BEARER);
    ck_assert(web_url_granted(&url, "b.vn\na.vn", &err));
    ck_assert(!web_url_granted(&url, "xa.vn\na.vn.evil", &err));
    web_url_close(&url);
    ck_assert(web_url_open(&url, NULL, "https://a.vn:8443/", &err));
    ck_assert(login_find(&login, lines, &url));
    ck_assert_str_eq(login.file, "/my key");
    web_url_close(&url);
    ck_assert(web_url_open(&url, NULL, "https://a.vn:1/", &err));
    ck_assert(!login_find(&login, lines, &url));
    web_url_close(&url);
    ck_assert(!web_url_open(&url, NULL, "https://an:pw@a.vn/", &err));
    char *with = web_url_with("http://a/?p=1&q=2", "p", "a b");
    ck_assert_str_eq(with, "http://a/?q=2&p=a%20b");
    free(with);
}
END_TEST

static bool find_mark(void *owner, struct web_mark *mark)
{
    *mark = (struct web_mark){.source = mark->source,
                              .since = *(const int64_t *)owner};
    return true;
}

/* What {since} is, after a run of that time; 0: none. */
START_TEST(times)
{
    static const struct {
        const char *first;
        int64_t time;
        const char *asked;
    } all[] = {
        {"0", 0, "http://a/?t=0"},
        {"0", 1745488662, "http://a/?t=1745488662"},
        {"2000-01-01", 1745488662, "http://a/?t=2025-04-24"},
        {"2000-01-01T00:00:00Z", 1745488662,
         "http://a/?t=2025-04-24T09:57:42Z"},
        {"2000-01-01T00:00:00Z", 0, "http://a/?t=2000-01-01T00:00:00Z"},
    };
    static const char *const none[] = {
        "", "-1", "2000-1-1", "2000-01-01 ", "x", "2000-01-01T00:00"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct mark_asked asked;
        int64_t time = all[i].time;
        const struct web_marks marks = {.find = time ? find_mark : NULL,
                                        .owner = &time};
        const struct web_request request = {.since = all[i].first};
        ck_assert(mark_is_time(all[i].first));
        mark_ask(&asked, &marks, "http://a/?t={since}", &request);
        ck_assert_str_eq(buf_text(&asked.url), all[i].asked);
        ck_assert(!asked.conditional);
        mark_asked_release(&asked);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        ck_assert(!mark_is_time(none[i]));
}
END_TEST

/* Another request is another source. */
START_TEST(sources)
{
    static const struct web_request all[] = {
        {.since = "0"},
        {.since = "1"},
        {.since = "0", .method = "PUT"},
        {.since = "0", .body = "PUT"},
        {.since = "0", .headers = "PUT"},
    };
    enum { COUNT = sizeof all / sizeof *all };
    uint64_t seen[COUNT];
    const struct web_marks marks = {.seed = 1};
    for (size_t i = 0; i < COUNT; i++) {
        struct mark_asked asked;
        mark_ask(&asked, &marks, "http://a/", &all[i]);
        seen[i] = asked.mark.source;
        for (size_t k = 0; k < i; k++)
            ck_assert(seen[k] != seen[i]);
        mark_asked_release(&asked);
    }
}
END_TEST

START_TEST(secrets)
{
    ck_assert(web_query_secrets("a=1&API_KEY=abc"));
    ck_assert(web_query_secrets("token=abc"));
    ck_assert(!web_query_secrets("page_token=abc&key=1&token=&token"));
    ck_assert(!web_query_secrets(NULL));
    secrets_forget();
}
END_TEST

/* A secret goes before a text is cut in the middle of it. */
START_TEST(shown)
{
    char line[17];
    secrets_note("sesame-open");
    secrets_line(line, sizeof line - 1, "I am sesame-open!", 17);
    ck_assert_str_eq(line, "I am ***!");
    secrets_line(line, sizeof line - 1, "01234567sesame-open\0x", 21);
    ck_assert_str_eq(line, "01234567*** x");
    secrets_line(line, sizeof line - 1, NULL, 0);
    ck_assert_str_eq(line, "");
    char *text = web_url_shown("http://a/?q=sesame-open&token=abcdef#x");
    ck_assert_str_eq(text, "http://a/?q=***&token=***#x");
    free(text);
    text = web_url_shown("http://a/?token=abc&sig=xyz&api_key=abcdef");
    ck_assert_str_eq(text, "http://a/?token=***&sig=***&api_key=***");
    free(text);
    secrets_forget();
}
END_TEST

int main(void)
{
    Suite *s = suite_create("web");
    TCase *c = tcase_create("web");
    tcase_add_test(c, links);
    tcase_add_test(c, paths);
    tcase_add_test(c, logins);
    tcase_add_test(c, times);
    tcase_add_test(c, sources);
    tcase_add_test(c, secrets);
    tcase_add_test(c, shown);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
