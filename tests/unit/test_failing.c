/* failing: which answers count, and what follows from how many of them. */
#include <check.h>
#include <curl/curl.h>
#include <string.h>

#include "deliver/failing.h"

static struct http_call call;
static struct reply reply;

static void answered(long status, const char *body)
{
    call.exchange = (struct exchange){
        .status = status, .sent = true, .body = body, .len = strlen(body)};
    reply_decide(&reply, &call.exchange, 2, NULL);
}

static const struct {
    long status;
    const char *body, *after;
    bool counts, known;
} answers[] = {
    {500, "", "", true, true},
    {500, "<html>", "", true, true},
    {502, "bad gateway", "", true, false}, /* nobody knows behind it */
    {503, "", "", true, false},
    {503, "{\"success\":false,\"code\":503}", "", true, true},
    {503, "", "120", false, false}, /* it says when it is back */
    {500, "", "120", true, true},   /* that says nothing of the kind */
    {429, "", "120", false, true},
    {504, "", "", false, false}, /* it may still be at work */
    {524, "", "", false, false},
    {520, "", "", true, false},
    {599, "", "", false, false},
    {507, "", "", true, true},
    {429, "", "", false, true},
    {408, "", "", false, true},
    {200, "{\"success\":false,\"code\":500}", "", true, true},
    {400, "{\"success\":false,\"code\":500}", "", true, true},
    {200, "", "", true, false},
    {200, "<html>", "", true, false},
    {200, "\xff{[", "", true, false},
    {200, "{\"success\":true}", "", true, false}, /* how many, it says not */
    {200, "{\"success\":true,\"records\":2}", "", false, false},
    {200, "{\"success\":false,\"code\":601}", "", false, false},
    {404, "", "", false, false},
};

START_TEST(what_counts)
{
    memset(&call, 0, sizeof call);
    strcpy(call.after, answers[_i].after);
    answered(answers[_i].status, answers[_i].body);
    ck_assert_int_eq(failing_is_answer(&call, &reply), answers[_i].counts);
    ck_assert_int_eq(failing_is_known(&call, &reply), answers[_i].known);
}
END_TEST

static const struct {
    int transport;
    bool known;
} losses[] = {
    {CURLE_OPERATION_TIMEDOUT, false}, {CURLE_RECV_ERROR, false},
    {CURLE_PARTIAL_FILE, false},       {CURLE_GOT_NOTHING, false},
    {CURLE_SEND_ERROR, false},         {CURLE_COULDNT_CONNECT, true},
};

/* Without an answer nothing counts. */
START_TEST(what_is_lost)
{
    memset(&call, 0, sizeof call);
    call.exchange = (struct exchange){
        .transport = losses[_i].transport, .status = 500, .sent = true};
    reply_decide(&reply, &call.exchange, 2, NULL);
    ck_assert(!failing_is_answer(&call, &reply));
    ck_assert_int_eq(failing_is_known(&call, &reply), losses[_i].known);
}
END_TEST

static const struct {
    uint32_t records, failures;
    int64_t seconds;
    bool proven;
    enum failing_step step;
} steps[] = {
    {9, 2, 1000, true, FAILING_AGAIN}, {9, 3, 0, true, FAILING_SPLIT},
    {9, 3, 0, false, FAILING_TRIAL},   {9, 40, 900, false, FAILING_TRIAL},
    {1, 3, 900, true, FAILING_AGAIN},  {1, 4, 900, true, FAILING_AGAIN},
    {1, 5, 59, true, FAILING_AGAIN},   {1, 5, 60, true, FAILING_REJECT},
    {1, 5, 60, false, FAILING_TRIAL},  {1, 90, -5, true, FAILING_AGAIN},
    {1, 2, 900, false, FAILING_AGAIN}, {1, 3, 0, false, FAILING_TRIAL},
};

START_TEST(what_follows)
{
    struct batch batch = {.failures = steps[_i].failures - 1};
    isolation_begin(&batch.part, steps[_i].records);
    batch.failing_since = 1000;
    failing_count(&batch, true, 1700);
    ck_assert_int_eq(batch.failing_since, 1000);
    ck_assert_int_eq(failing_next(&batch, steps[_i].failures, steps[_i].proven,
                                  1000 + steps[_i].seconds),
                     steps[_i].step);
    failing_forget(&batch);
    failing_count(&batch, true, 1700);
    ck_assert_int_eq(batch.failing_since, 1700);
    ck_assert_uint_eq(batch.failures, 1);
}
END_TEST

/* While the server is away for all, a record alone collects nothing; of a part
 * of several each counts, as it is only sent in parts. */
START_TEST(an_outage)
{
    struct batch batch = {0};
    isolation_begin(&batch.part, 1);
    for (int64_t now = 1000; now < 90000; now += 60)
        failing_count(&batch, false, now);
    ck_assert_uint_eq(batch.failures, 1);
    failing_count(&batch, true, 90000);
    ck_assert_int_eq(failing_next(&batch, 9, true, 90000), FAILING_AGAIN);
    batch.resumed = true;
    ck_assert_int_eq(failing_next(&batch, 1, false, 90000), FAILING_TRIAL);
    isolation_begin(&batch.part, 2);
    failing_count(&batch, false, 90060);
    ck_assert_uint_eq(batch.failures, 3);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("failing");
    TCase *c = tcase_create("failing");
    tcase_add_loop_test(c, what_counts, 0, sizeof answers / sizeof *answers);
    tcase_add_loop_test(c, what_is_lost, 0, sizeof losses / sizeof *losses);
    tcase_add_loop_test(c, what_follows, 0, sizeof steps / sizeof *steps);
    tcase_add_test(c, an_outage);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
