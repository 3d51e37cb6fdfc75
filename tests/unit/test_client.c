/* client: what a script that drives itself sends. */
#include "mock_site.h"
#include "server/client.h"

#include "deliver/delivery.h"

static char name_form[] = "setCustomer";
static const struct form form = {.name = name_form};
static const char *const json = "{\"CustomerCode\":\"A\"}";

static void sync_once(const struct script_client *client)
{
    struct buf reply = {0};
    bool good = client->sync(client->client, &form, json, strlen(json), 1,
                             &reply, &err);
    ck_assert_msg(good, "%s", err.text);
    ck_assert(strstr(buf_text(&reply), "\"success\":true") != NULL);
    buf_release(&reply);
}

/* The body of the nth SyncData request, from 0. */
static const char *sent(unsigned nth)
{
    for (unsigned i = 0; i < mock->count; i++)
        if (strcmp(mock->requests[i].path, "/api/SyncData") == 0 && nth-- == 0)
            return mock->requests[i].body;
    ck_abort_msg("there are fewer requests");
    return "";
}

/* Two bodies that differ in their white space alone. */
static void same_but_new(const char *one, const char *other)
{
    static const char start[] = "{\"form\":\"setCustomer\",\"data\":["
                                "{\"CustomerCode\":\"A\"}]";
    const char *const both[] = {one, other};
    ck_assert_str_ne(one, other);
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(strncmp(both[i], start, strlen(start)), 0);
        const char *rest = both[i] + strlen(start);
        ck_assert_str_eq(rest + strspn(rest, " \t"), "}");
    }
}

/* A server drops what it has seen before, and says success: what a script
 * sends again on purpose is new to it. */
START_TEST(each_call_is_new)
{
    serve(mock_fast);
    struct script_client *client = client_new(&config, &err);
    for (int i = 0; i < 3; i++)
        sync_once(client);
    client_free(client);
    client = client_new(&config, &err); /* as another process */
    sync_once(client);
    client_free(client);
    for (unsigned i = 0; i < 4; i++)
        for (unsigned j = 0; j < i; j++)
            same_but_new(sent(i), sent(j));
}
END_TEST

/* The first request is put off, the second refused for its token. */
static void unsteady(struct mock *server, const struct mock_request *request,
                     struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (server->count == 2)
        mock_say(answer, 503, "");
    if (server->count == 3)
        mock_say(answer, 401, "");
}

/* What is tried again is dropped where it has arrived already. */
START_TEST(a_retry_is_the_same)
{
    serve(unsteady);
    struct script_client *client = client_new(&config, &err);
    sync_once(client);
    client_free(client);
    ck_assert_uint_eq(mock_count(mock, "/api/SyncData"), 3);
    ck_assert_str_eq(sent(1), sent(0));
    ck_assert_str_eq(sent(2), sent(0));
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("client");
    TCase *c = tcase_create("client");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, each_call_is_new);
    tcase_add_test(c, a_retry_is_the_same);
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
