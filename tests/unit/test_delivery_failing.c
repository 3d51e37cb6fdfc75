/* delivery of records that the server fails at for ever: they are found, as
 * bad ones are, and nothing else is blamed. */
#include <sqlite3.h>

#include "deliver_rules.h"

static const char *bad_body; /* of the failure; NULL: as by_rules has it */
static const char *also_bad;

/* Fails at what holds rules.fails, with whatever is set. */
static void fails_at(struct mock *server, const struct mock_request *request,
                     struct mock_answer *answer)
{
    by_rules(server, request, answer);
    if (!is_sync(request))
        return;
    if (strstr(request->body, rules.fails) ||
        (also_bad != NULL && strstr(request->body, also_bad)))
        mock_say(answer, rules.status, bad_body ? bad_body : "");
}

static void start(const char *fails)
{
    ck_assert(forms_load(&err) != NULL);
    serve(fails_at);
    rules.fails = fails;
    config.batch = 40;
    config.retry_for = 30;
    /* No seconds: else each test takes a minute. */
    failing_rules = (struct failing_rules){.part = 3, .alone = 2};
    bad_body = also_bad = NULL;
}

static void finish(void)
{
    forms_release();
    teardown();
}

static const struct {
    int status;
    const char *body, *reason;
} kinds[] = {
    {500, "", "the server fails at it: an empty answer (HTTP 500)"},
    {500, "<html>Server Error</html>",
     "the server fails at it: a web page came back"},
    {502, "", "the server fails at it: an empty answer (HTTP 502)"},
    {503, "", "the server fails at it: an empty answer (HTTP 503)"},
    {200, "{\"success\":false,\"messages\":\"ORA-1\",\"code\":500}",
     "the server fails at it: ORA-1 (code 500)"},
    {200, "\xff{[", "the server fails at it: not JSON"},
    {200, "", "the server fails at it: an empty answer"},
    {200, "{\"success\":true}",
     "the server fails at it: the server does not say how many"},
};

/* One batch, and no other passes: a trial tells. */
START_TEST(one_of_a_kind)
{
    start("\"K7\"");
    rules.status = kinds[_i].status;
    bad_body = kinds[_i].body;
    run_of(0, 10, 1, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 9);
    ck_assert_uint_eq(ended.rejected, 1);
    const char *told = strstr(content("r.csv"), "\nK7,");
    ck_assert_ptr_nonnull(told);
    ck_assert_ptr_nonnull(strstr(told, kinds[_i].reason));
}
END_TEST

static const char *const places[] = {"\"K0\"", "\"K9\"", "\"K4\""};

/* Wherever it stands; and two, of which one is what is tried at first. */
START_TEST(places_of_it)
{
    start(places[_i]);
    also_bad = places[(_i + 1) % 3];
    run_of(0, 10, 1, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 8);
    ck_assert_uint_eq(ended.rejected, 2);
}
END_TEST

/* Other batches pass: no trial is needed. */
START_TEST(while_others_pass)
{
    start("\"K1\"");
    config.batch = 4;
    config.concurrency = 2;
    run_of(0, 40, 1, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 39);
    ck_assert_uint_eq(ended.rejected, 1);
}
END_TEST

/* A record alone in all: that the server reads tells. */
START_TEST(the_only_record)
{
    start("\"K0\"");
    run_of(0, 1, 1, EXIT_DONE);
    ck_assert_uint_eq(ended.rejected, 1);
    ck_assert_uint_ge(mock_count(mock, "/api/GetData"), 1);
}
END_TEST

/* A server that takes nothing is ill: nothing is rejected, nothing is split. */
START_TEST(the_server_is_ill)
{
    start("\"c\"");
    config.retry_for = 4;
    config.batch = 5;
    run_of(0, 10, 1, EXIT_PENDING);
    ck_assert_uint_eq(ended.pending, 10);
    ck_assert_uint_eq(ended.splits, 0);
    config.retry_for = 1;
    resume_alone(EXIT_PENDING);
    ck_assert_uint_eq(ended_resumed.pending, 10);
    heal();
    rules.fails = "nothing";
    resume_alone(EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.accepted, 10);
}
END_TEST

/* Resets say nothing of the records, however many there are. */
static void resets(struct mock *server, const struct mock_request *request,
                   struct mock_answer *answer)
{
    by_rules(server, request, answer);
    if (is_sync(request) && strstr(request->body, "\"K1\""))
        answer->drop = true;
}

START_TEST(nothing_is_split_on_the_unknown)
{
    start("nothing");
    mock_stop(mock);
    serve(resets);
    rules.fails = "nothing";
    config.batch = 4;
    config.retry_for = 3;
    config.concurrency = 2;
    run_of(0, 20, 1, EXIT_PENDING);
    ck_assert_uint_eq(ended.splits, 0);
    ck_assert_uint_eq(ended.pending, 4);
    ck_assert_uint_eq(ended.accepted, 16);
}
END_TEST

static int64_t number(const char *sql)
{
    sqlite3 *file;
    sqlite3_stmt *select;
    ck_assert_int_eq(sqlite3_open("journal.db", &file), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(file, sql, -1, &select, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(select), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(select, 0);
    sqlite3_finalize(select);
    sqlite3_close(file);
    return value;
}

/* A run that tries once leaves one failure, and one more when its own rows have
 * shown that the server is well; the third night ends it. */
START_TEST(counted_over_runs)
{
    start("\"K0\"");
    failing_rules.alone = 5;
    config.retry_for = 0;
    config.concurrency = 2;
    for (unsigned i = 0; i < 2; i++) {
        run_of(i == 0 ? 0 : 100, 1, 1, EXIT_PENDING);
        ck_assert_int_eq(number("SELECT failures FROM outbox"), 1 + 2 * i);
        ck_assert_int_gt(number("SELECT failing FROM outbox"), 1000000000);
        ck_assert_int_eq(number("SELECT unknown FROM outbox"), 0);
    }
    run_of(200, 1, 1, EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.rejected, 1);
    ck_assert_ptr_nonnull(
        strstr(content("r.csv"),
               "K0,key K0,1,,the server fails at it: an empty answer"));
}
END_TEST

/* The minute is counted from the first of them, whichever run saw it. */
START_TEST(the_minute_survives)
{
    start("\"K0\"");
    failing_rules.alone = 2;
    failing_rules.seconds = 2;
    config.retry_for = 0;
    static const struct timespec two = {2, 100000000};
    run_of(0, 1, 1, EXIT_PENDING);
    resume_alone(EXIT_PENDING);
    nanosleep(&two, NULL);
    resume_alone(EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.rejected, 1);
}
END_TEST

/* The export is right by the next night: the old body fails once more, and the
 * new version goes in its place. */
START_TEST(a_newer_version_goes)
{
    start("\"n\":1");
    failing_rules.alone = failing_rules.part = UINT32_MAX;
    config.retry_for = 0;
    run_of(0, 3, 1, EXIT_PENDING);
    ck_assert_int_eq(number("SELECT unknown FROM outbox"), 0);
    run_of(1, 1, 1,
           EXIT_PENDING); /* the same again waits, and is not doubled */
    ck_assert_int_eq(number("SELECT sum(records) FROM outbox"), 3);
    run_of(1, 1, 2, EXIT_PENDING);
    ck_assert_uint_eq(ended.accepted, 1);
    ck_assert_uint_eq(ended_resumed.rows, 3);
    ck_assert_uint_eq(ended_resumed.superseded, 1);
    ck_assert_uint_eq(ended_resumed.pending, 2);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 1);
    run_of(0, 3, 2, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 2);
    ck_assert_uint_eq(ended.unchanged, 1);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 0);
}
END_TEST

/* What a trial has stored is at the server, whatever its batch's requests got.
 */
START_TEST(a_trial_is_told)
{
    start("\"K0\"");
    failing_rules.alone = UINT32_MAX;
    config.retry_for = 4;
    run_of(0, 4, 1, EXIT_PENDING);
    ck_assert_int_eq(number("SELECT unknown FROM outbox"), 2);
    ck_assert_int_eq(number("SELECT records - done FROM outbox"), 4);
}
END_TEST

static void times_out_first(struct mock *server,
                            const struct mock_request *request,
                            struct mock_answer *answer)
{
    fails_at(server, request, answer);
    if (is_sync(request) && rules.syncs == 1)
        mock_say(answer, 504, "");
}

/* The answer to a part says nothing of a request that held more. */
START_TEST(the_unknown_stays_so)
{
    start("\"K2\"");
    mock_stop(mock);
    serve(times_out_first);
    failing_rules.alone = UINT32_MAX;
    config.retry_for = 6;
    run_of(0, 4, 1, EXIT_PENDING);
    ck_assert_uint_eq(ended.accepted, 2);
    ck_assert_int_eq(number("SELECT unknown & 1 FROM outbox"), 1);
}
END_TEST

static void only_reads(struct mock *server, const struct mock_request *request,
                       struct mock_answer *answer)
{
    by_rules(server, request, answer);
    if (is_sync(request))
        mock_say(answer, 500, "");
}

/* That it still reads clears it only where no other record can. */
START_TEST(reading_is_not_storing)
{
    start("nothing");
    mock_stop(mock);
    serve(only_reads);
    config.batch = 1;
    config.retry_for = 3;
    run_of(0, 3, 1, EXIT_PENDING);
    ck_assert_uint_eq(ended.rejected, 0);
    ck_assert_uint_eq(ended.pending, 3);
}
END_TEST

/* A trial that passed says that others would: the run goes on. */
START_TEST(the_others_go_on)
{
    start("\"K0\"");
    also_bad = "\"K2\"";
    failing_rules.alone = UINT32_MAX;
    config.batch = 2;
    config.retry_for = 4;
    run_of(0, 20, 1, EXIT_PENDING);
    ck_assert_uint_eq(ended.accepted, 16);
    ck_assert_uint_eq(ended.pending, 4);
}
END_TEST

/* A request that got no answer may have arrived: the old one goes first. */
START_TEST(an_unknown_one_does_not)
{
    start("nothing");
    mock_stop(mock);
    serve(resets);
    rules.fails = "nothing";
    config.retry_for = 0;
    run_of(1, 1, 1, EXIT_PENDING);
    ck_assert_int_eq(number("SELECT unknown FROM outbox"), 1);
    run_of(1, 1, 2, EXIT_PENDING);
    ck_assert_uint_eq(ended_resumed.superseded, 0);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 2);
    run_of(1, 1, 3, EXIT_PENDING); /* nor where two wait */
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 3);
}
END_TEST

/* A guard that stops the run leaves the old one where it is. */
START_TEST(a_guard_keeps_the_old_one)
{
    start("\"n\":1");
    failing_rules.alone = failing_rules.part = UINT32_MAX;
    config.retry_for = 0;
    run_of(0, 1, 1, EXIT_PENDING);
    source = "kh.csv\n";
    ck_assert(config_set(&config, "min_rows", "100", RANK_OPTION, "x", &err));
    run_of(0, 1, 2, EXIT_GUARD);
    ck_assert_uint_eq(ended_resumed.superseded, 0);
    ck_assert_int_eq(number("SELECT count(*) FROM outbox"), 1);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("delivery_failing");
    TCase *c = tcase_create("delivery_failing");
    tcase_set_timeout(c, 120);
    tcase_add_checked_fixture(c, prepare, finish);
    tcase_add_loop_test(c, one_of_a_kind, 0, sizeof kinds / sizeof *kinds);
    tcase_add_loop_test(c, places_of_it, 0, 3);
    tcase_add_test(c, while_others_pass);
    tcase_add_test(c, the_only_record);
    tcase_add_test(c, the_server_is_ill);
    tcase_add_test(c, nothing_is_split_on_the_unknown);
    tcase_add_test(c, counted_over_runs);
    tcase_add_test(c, the_minute_survives);
    tcase_add_test(c, a_newer_version_goes);
    tcase_add_test(c, a_trial_is_told);
    tcase_add_test(c, the_unknown_stays_so);
    tcase_add_test(c, reading_is_not_storing);
    tcase_add_test(c, the_others_go_on);
    tcase_add_test(c, an_unknown_one_does_not);
    tcase_add_test(c, a_guard_keeps_the_old_one);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
