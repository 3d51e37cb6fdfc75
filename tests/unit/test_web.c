/* web: what pages say of one another, URLs and logins, without a network. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "net/web/answer.h"
#include "net/web/login.h"
#include "net/web/url.h"

START_TEST(links)
{
    static const struct {
        const char *headers, *next;
    } all[] = {
        {"Link: <?p=2>; rel=\"next\", <?p=9>; rel=\"last\"\r\n", "?p=2"},
        {"Link: <a>; rel=prev\r\nlink: <b>; title=x; rel=\"last next\"\r\n",
         "b"},
        {"Link: <a>; rel=\"nextish\"\r\n", NULL},
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
        {"[1]", "a", ANSWER_NONE},
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

int main(void)
{
    Suite *s = suite_create("web");
    TCase *c = tcase_create("web");
    tcase_add_test(c, links);
    tcase_add_test(c, paths);
    tcase_add_test(c, logins);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
