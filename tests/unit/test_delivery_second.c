/* delivery of what stands in the way of others: records that the server fails
 * at, with nothing beside them, and what comes behind them. */
#include <sqlite3.h>

#include "deliver_rules.h"

static const char *also_bad;

static void fails_at(struct mock *server, const struct mock_request *request,
                     struct mock_answer *answer)
{
    by_rules(server, request, answer);
    if (is_sync(request) && also_bad && strstr(request->body, also_bad))
        mock_say(answer, rules.status, "");
}

static void start(void (*answer)(struct mock *, const struct mock_request *,
                                 struct mock_answer *))
{
    ck_assert(forms_load(&err) != NULL);
    serve(answer);
    config.batch = 40;
    config.retry_for = 20;
    failing_rules = (struct failing_rules){.part = 3, .alone = 2};
    also_bad = NULL;
}

static void finish(void)
{
    forms_release();
    teardown();
}

/* Each is all that the other could be told by: that the server reads tells. */
START_TEST(the_last_two_are_bad)
{
    start(fails_at);
    rules.fails = "\"K3\"";
    also_bad = "\"K4\"";
    run_of(0, 5, 1, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 3);
    ck_assert_uint_eq(ended.rejected, 2);
}
END_TEST

/* What was left goes first, and nothing tells that the server is well; it does
 * when the run's own rows have passed. */
START_TEST(proven_later)
{
    start(fails_at);
    rules.fails = "\"K0\"";
    also_bad = "\"K1\"";
    config.batch = 1;
    config.retry_for = 0;
    run_of(0, 2, 1, EXIT_PENDING);
    run_of(2, 2, 1, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 2);
    ck_assert_uint_eq(ended_resumed.rejected, 2);
}
END_TEST

static void nothing_works(struct mock *server,
                          const struct mock_request *request,
                          struct mock_answer *answer)
{
    fails_at(server, request, answer);
    if (is_sync(request) && rules.stops_after == 0)
        mock_say(answer, 404, "");
}

/* A whole batch waits behind a record of which it holds a newer version: that
 * one goes instead, and all others with it. */
START_TEST(a_posted_newer_version_goes)
{
    start(nothing_works);
    rules.fails = "\"n\":1";
    rules.stops_after = UINT32_MAX;
    failing_rules.alone = failing_rules.part = UINT32_MAX;
    config.retry_for = 0;
    run_of(0, 2, 1, EXIT_PENDING);
    rules.stops_after = 0;
    run_of(0, 10, 2, EXIT_USAGE);
    ck_assert_uint_eq(ended.pending, 10);
    rules.stops_after = UINT32_MAX;
    resume_alone(EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.rows, 12);
    ck_assert_uint_eq(ended_resumed.superseded, 2);
    ck_assert_uint_eq(ended_resumed.accepted, 10);
}
END_TEST

/* The rest of a batch that a newer version was taken out of goes in the same
 * run. */
START_TEST(the_rest_goes_as_well)
{
    start(fails_at);
    rules.fails = "\"K0\",\"n\":1";
    failing_rules.alone = failing_rules.part = UINT32_MAX;
    config.retry_for = 0;
    run_of(0, 5, 1, EXIT_PENDING);
    run_of(0, 1, 2, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 1);
    ck_assert_uint_eq(ended_resumed.accepted, 4);
    ck_assert_uint_eq(ended_resumed.superseded, 1);
}
END_TEST

/* The same row comes again in the run that has just seen it fail for long
 * enough: it is rejected, and not tried anew. */
START_TEST(not_again_in_the_same_run)
{
    start(fails_at);
    rules.fails = "\"n\":1";
    failing_rules.alone = UINT32_MAX;
    config.retry_for = 0;
    run_of(0, 1, 1, EXIT_PENDING);
    failing_rules.alone = 1;
    unsigned asked = syncs();
    run_of(0, 1, 1, EXIT_DONE);
    ck_assert_uint_eq(ended.rejected, 1);
    ck_assert_uint_eq(ended.pending, 0);
    ck_assert_uint_eq(ended_resumed.duplicate, 1);
    ck_assert_uint_le(syncs(), asked + 3);
    ck_assert_ptr_nonnull(strstr(content("r.csv"), "\nK0,"));
    run_of(0, 1, 2, EXIT_DONE); /* another version is another record */
    ck_assert_uint_eq(ended.accepted, 1);
}
END_TEST

static char remembered[4096];

/* Fails once, and answers the same bytes from memory from then on. */
static void from_memory(struct mock *server, const struct mock_request *request,
                        struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (!is_sync(request))
        return;
    if (*remembered == '\0')
        snprintf(remembered, sizeof remembered, "%s", request->body);
    if (strcmp(remembered, request->body) == 0)
        mock_say(answer, 500, "");
}

/* It is not the record's fault, as other bytes of it show. */
START_TEST(an_answer_from_memory)
{
    start(from_memory);
    *remembered = '\0';
    run_of(0, 1, 1, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 1);
    ck_assert_uint_eq(ended.rejected, 0);
}
END_TEST

static void stores_and_times_out(struct mock *server,
                                 const struct mock_request *request,
                                 struct mock_answer *answer)
{
    mock_fast(server, request, answer);
    if (is_sync(request))
        mock_say(answer, rules.status, "<html>");
}

static const struct {
    int status;
    bool unknown;
} gateways[] = {
    {500, false}, {501, false}, {502, true}, {503, true}, {504, true},
    {520, true},  {522, true},  {524, true}, {599, true}, {507, false},
};

/* What a gateway says where it got no answer leaves open what was done. */
START_TEST(what_gateways_say)
{
    start(stores_and_times_out);
    rules.status = gateways[_i].status;
    config.retry_for = 0;
    failing_rules.alone = UINT32_MAX;
    run_of(0, 1, 1, EXIT_PENDING);
    run_of(0, 1, 2, EXIT_PENDING);
    /* Only where the old one cannot be there the new one takes its place. */
    ck_assert_uint_eq(ended_resumed.superseded, !gateways[_i].unknown);
}
END_TEST

/* Stopped while the guards wait, nothing of it waits to be sent. */
START_TEST(interrupted_while_guards_wait)
{
    start(fails_at);
    source = "kh.csv\n";
    ck_assert(config_set(&config, "min_rows", "100", RANK_OPTION, "x", &err));
    begin();
    rows(0, 50, 1);
    ck_assert(take());
    end(true, EXIT_INTERRUPTED);
    ck_assert_uint_eq(ended.held, 50);
    ck_assert_uint_eq(ended.pending, 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("delivery_second");
    TCase *c = tcase_create("delivery_second");
    tcase_set_timeout(c, 120);
    tcase_add_checked_fixture(c, prepare, finish);
    tcase_add_test(c, the_last_two_are_bad);
    tcase_add_test(c, proven_later);
    tcase_add_test(c, a_posted_newer_version_goes);
    tcase_add_test(c, the_rest_goes_as_well);
    tcase_add_test(c, not_again_in_the_same_run);
    tcase_add_test(c, an_answer_from_memory);
    tcase_add_loop_test(c, what_gateways_say, 0,
                        sizeof gateways / sizeof *gateways);
    tcase_add_test(c, interrupted_while_guards_wait);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
