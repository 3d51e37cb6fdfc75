/* delivery under faults: what stays pending goes first in the next run, byte
 * for byte; nothing overtakes it; a refused record is told of once. */
#include "deliver_rules.h"

START_TEST(resumed_byte_for_byte)
{
    serve(by_rules);
    rules.stops_after = 2;
    run_of(0, 12, 1, EXIT_PENDING);
    ck_assert_uint_eq(ended.accepted, 6);
    ck_assert_uint_eq(ended.pending, 6);
    char *third = strdup(body(2));
    unsigned before_it = syncs();
    heal();
    begin();
    rows(0, 6, 1);
    rows(6, 3, 2);
    rows(12, 1, 1);
    ck_assert(take());
    end(false, EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.rows, 6);
    ck_assert_uint_eq(ended_resumed.accepted, 6);
    ck_assert_uint_eq(ended.unchanged, 6);
    ck_assert_uint_eq(ended.accepted, 4);
    ck_assert_str_eq(body(before_it), third);
    ck_assert(strstr(body(before_it + 1), "\"K9\",\"n\":1") != NULL);
    ck_assert(strstr(body(before_it + 2), "\"K6\",\"n\":2") != NULL);
    ck_assert_uint_eq(syncs(), before_it + 4);
    run_of(0, 6, 1, EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.rows, 0);
    ck_assert_uint_eq(syncs(), before_it + 4);
    free(third);
}
END_TEST

/* A batch that was being isolated goes on with the part it had got to. */
START_TEST(resumed_in_parts)
{
    serve(by_rules);
    blame_no_record();
    config.batch = 40;
    rules.guilty = "\"K20\"";
    rules.stops_after = 7;
    run_of(0, 40, 1, EXIT_PENDING);
    ck_assert_uint_gt(ended.accepted, 0);
    char *last = strdup(body(syncs() - 1));
    unsigned before_it = syncs();
    rules.stops_after = 0;
    resume_alone(EXIT_DONE);
    ck_assert_str_eq(body(before_it), last);
    ck_assert_uint_eq(ended_resumed.rows, ended_resumed.accepted + 1);
    ck_assert_uint_eq(ended_resumed.rejected, 1);
    ck_assert_str_eq(content("r.csv"),
                     "\xef\xbb\xbf"
                     "Code,_key,_line,_field,_reason\n"
                     "K20,key K20,21,,refused: bad (code 601)\n");
    resume_alone(EXIT_DONE); /* told once */
    ck_assert_uint_eq(ended_resumed.rows, 0);
    free(last);
}
END_TEST

/* Two versions of the same records are pending. The first is accepted and the
 * second is not; the first one's rows then are not what the server will hold.
 */
START_TEST(accepted_below_a_pending_one)
{
    serve(by_rules);
    rules.fails = "K";
    rules.status = 504; /* what became of it is not known */
    run_of(0, 3, 1, EXIT_PENDING);
    run_of(0, 3, 2, EXIT_PENDING);
    heal();
    rules.status = 504;
    rules.fails = "\"n\":2";
    run_of(0, 3, 1, EXIT_PENDING);
    ck_assert_uint_eq(ended_resumed.accepted, 3);
    ck_assert_uint_eq(ended_resumed.pending, 3);
    ck_assert_uint_eq(ended.unchanged, 0);
    ck_assert_uint_eq(ended.pending, 3);
    heal();
    resume_alone(EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.accepted, 6);
    ck_assert_ptr_nonnull(strstr(body(syncs() - 1), "\"n\":1"));
}
END_TEST

/* What a resumed batch's refused record is told as, when its row comes. */
START_TEST(reported_or_tried_anew)
{
    serve(by_rules);
    rules.stops_after = 1;
    run_of(0, 6, 1, EXIT_PENDING);
    heal();
    rules.guilty = "\"K4\"";
    begin();
    ck_assert_uint_eq(sink->resumed->pending, 1);
    rows(0, 6, 1);
    ck_assert(take());
    end(false, EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.rejected, 0);
    ck_assert_uint_eq(ended_resumed.duplicate, 1);
    ck_assert_uint_eq(ended.rejected, 1);
    ck_assert_uint_eq(ended.unchanged, 5);
    const char *told = strstr(content("r.csv"), "\nK4,");
    ck_assert_ptr_nonnull(told);
    ck_assert_ptr_null(strstr(told + 1, "\nK4,"));
}
END_TEST

/* A later run sends it again, and so does not forget. */
START_TEST(unreported_until_reported)
{
    serve(by_rules);
    rules.stops_after = 1;
    run_of(0, 6, 1, EXIT_PENDING);
    heal();
    rules.guilty = "\"K4\"";
    begin(); /* and is killed before its rejects are in their place */
    sink->kind->free(sink);
    rejects_free(rejects);
    journal_close(journal);
    unsigned before_it = syncs();
    resume_alone(EXIT_DONE);
    ck_assert_uint_eq(syncs(), before_it);
    ck_assert_uint_eq(ended_resumed.rows, 1);
    ck_assert_uint_eq(ended_resumed.rejected, 1);
    ck_assert_ptr_nonnull(
        strstr(content("r.csv"), "K4,key K4,5,,refused: bad"));
}
END_TEST

/* A was accepted; B's outcome is not known: then A is no longer what the
 * server holds for certain. */
START_TEST(the_forgotten_hash)
{
    serve(by_rules);
    run_of(0, 1, 1, EXIT_DONE);
    rules.fails = "\"n\":2";
    rules.status = 504;
    run_of(0, 1, 2, EXIT_PENDING);
    run_of(0, 1, 1, EXIT_PENDING); /* the outbox is not empty yet */
    ck_assert_uint_eq(ended.unchanged, 0);
    ck_assert_uint_eq(ended.pending, 1);
    ck_assert_uint_eq(ended_resumed.pending, 1);
    heal();
    unsigned before_it = syncs();
    run_of(0, 1, 1, EXIT_DONE);
    ck_assert_ptr_nonnull(strstr(body(before_it), "\"n\":2"));
    ck_assert_ptr_nonnull(strstr(body(before_it + 1), "\"n\":1"));
    ck_assert_uint_eq(syncs(), before_it + 2);
    ck_assert_uint_eq(ended_resumed.accepted, 2);
    ck_assert_uint_eq(ended.unchanged, 1);
}
END_TEST

/* So it is when B was refused: whether a part of it was stored is not known. */
START_TEST(refused_is_forgotten)
{
    serve(by_rules);
    run_of(0, 1, 1, EXIT_DONE);
    rules.guilty = "\"n\":2";
    run_of(0, 1, 2, EXIT_DONE);
    ck_assert_uint_eq(ended.rejected, 1);
    run_of(0, 1, 1, EXIT_DONE);
    ck_assert_uint_eq(ended.accepted, 1);
}
END_TEST

/* The number of the last request whose body holds this text; 0: none. */
static unsigned last_with(const char *text)
{
    unsigned last = 0;
    for (unsigned i = 0; i < syncs(); i++)
        if (strstr(body(i), text) != NULL)
            last = i + 1;
    return last;
}

/* "S" stays pending in its first version; later ones wait for it, in the runs
 * that follow, each after the one before. */
static void overtaken(unsigned later, unsigned between)
{
    serve(by_rules);
    config.concurrency = 3;
    config.batch = 2;
    rules.delay_ms = 20;
    rules.status = 504; /* what became of it is not known */
    rules.fails = "\"S\",\"n\":1";
    begin();
    row("S", 1);
    row("T", 1);
    rows(0, between, 1);
    take();
    end(false, EXIT_PENDING);
    ck_assert_uint_eq(ended.pending, 2);
    for (unsigned i = 2; i < 2 + later; i++) {
        begin();
        row("S", i);
        rows(between * i, between, 1);
        take();
        end(false, EXIT_PENDING);
        ck_assert_uint_eq(ended.accepted, between);
        ck_assert_uint_eq(ended.pending, 1);
    }
    ck_assert_uint_eq(last_with("\"S\",\"n\":2"), 0);
    run_of(1700, 3, 1, EXIT_PENDING); /* nor in the next run */
    ck_assert_uint_eq(last_with("\"S\",\"n\":2"), 0);
    heal();
    resume_alone(EXIT_DONE);
    unsigned before_it = last_with("\"S\",\"n\":1");
    for (unsigned i = 2; i < 2 + later; i++) {
        char text[32];
        snprintf(text, sizeof text, "\"S\",\"n\":%u", i);
        ck_assert_uint_gt(last_with(text), before_it);
        before_it = last_with(text);
    }
}

START_TEST(not_overtaken_by_the_next)
{
    overtaken(1, 20);
}
END_TEST

START_TEST(not_overtaken_by_two)
{
    overtaken(2, 21);
}
END_TEST

/* They come when it has been given up already. */
START_TEST(not_overtaken_later)
{
    overtaken(3, 200);
}
END_TEST

/* One body that the server cannot take is in nobody's way in later runs. */
START_TEST(a_poison_batch)
{
    serve(by_rules);
    blame_no_record();
    rules.fails = "\"K1\"";
    run_of(0, 3, 1, EXIT_PENDING);
    for (unsigned i = 1; i <= 3; i++) {
        run_of(100 * i, 9, 1, EXIT_PENDING);
        ck_assert_uint_eq(ended.accepted, 9);
        ck_assert_uint_eq(ended_resumed.pending, 3);
    }
    run_of(0, 3, 1, EXIT_PENDING); /* it comes again: pending, not doubled */
    ck_assert_uint_eq(ended.pending, 3);
    ck_assert_uint_eq(ended_resumed.rows, 3);
    heal();
    run_of(0, 3, 1, EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.accepted, 3);
    ck_assert_uint_eq(ended.unchanged, 3);
}
END_TEST

/* Rights that are taken away in the middle: the rest waits for the next. */
/* At the head of the outbox, with one request at a time: the others go. */
START_TEST(a_poison_batch_first)
{
    serve(by_rules);
    config.retry_for = 0;
    rules.fails = "\"c\"";
    run_of(0, 30, 1, EXIT_PENDING);
    ck_assert_uint_eq(ended.pending, 30);
    rules.fails = "\"K1\"";
    run_of(100, 3, 1, EXIT_PENDING);
    ck_assert_uint_eq(ended_resumed.accepted, 27);
    ck_assert_uint_eq(ended_resumed.pending, 3);
    ck_assert_uint_eq(ended.accepted, 3);
}
END_TEST

START_TEST(stopped_and_resumed)
{
    serve(by_rules);
    config.concurrency = 2;
    rules.stops_after = 4;
    rules.status = 403;
    begin();
    rows(0, 60, 1);
    ck_assert(!take());
    rows(60, 5, 1);
    ck_assert(!take());
    end(false, EXIT_RIGHTS);
    ck_assert_uint_eq(ended.accepted, 12);
    ck_assert_uint_eq(ended.pending, 53);
    heal();
    resume_alone(EXIT_DONE);
    ck_assert_uint_eq(ended_resumed.rows, 53);
    ck_assert_uint_eq(ended_resumed.accepted, 53);
    unsigned before_it = syncs();
    run_of(0, 65, 1, EXIT_DONE);
    ck_assert_uint_eq(ended.unchanged, 65);
    ck_assert_uint_eq(syncs(), before_it);
}
END_TEST

/* An answer that stops the run comes together with one that does not. */
START_TEST(accepted_beside_the_stop)
{
    serve(by_rules);
    rules.status = 403;
    rules.fails = "\"K3\"";
    two_at_once();
    end(false, EXIT_RIGHTS);
    ck_assert_uint_eq(ended.accepted, 3);
    ck_assert_uint_eq(ended.pending, 4);
}
END_TEST

/* So it is where an earlier run's are sent, and nothing comes behind. */
START_TEST(resumed_beside_the_stop)
{
    serve(by_rules);
    rules.status = 403;
    rules.fails = "K";
    run_of(0, 6, 1, EXIT_RIGHTS);
    rules.fails = "\"K3\"";
    rules.delay_ms = 50;
    config.concurrency = 2;
    resume_alone(EXIT_RIGHTS);
    ck_assert_uint_eq(known(), 3);
    ck_assert_uint_eq(ended_resumed.accepted, 3);
    ck_assert_uint_eq(ended_resumed.pending, 3);
}
END_TEST

/* Rows that the mapping rejects. */
static void bad_rows(unsigned count)
{
    static const struct fault fault = {.field = "", .text = "bad"};
    for (unsigned i = 0; i < count; i++) {
        struct place place = {.line = chunk->first.index + 1,
                              .index = ++chunk->first.index};
        *chunk_add_reject(chunk) =
            (struct reject){.place = place, .faults = &fault, .count = 1};
        chunk->rows++;
    }
}

/* Six bad rows and then six good ones, of which none comes twice: half of the
 * whole, which is allowed, but not a row more. */
static bool hand_twelve(bool (*over)(void))
{
    bool good = true;
    bad_rows(6);
    over();
    for (unsigned i = 0; good && i < 6; i++) {
        rows(i, 1, 1);
        good = over();
    }
    return good;
}

START_TEST(foretold_rejects_are_no_news)
{
    static const struct ledger counted = {
        .rows = 12, .rejected = 6, .pending = 6};
    serve(by_rules);
    ck_assert(
        config_set(&config, "max_rejected", "50%", RANK_OPTION, "x", &err));
    config.batch = 1;
    if (_i == 1)
        rules.guilty = "\"K0\"";
    begin_first_pass();
    hand_twelve(note);
    end_first_pass(&counted);
    begin();
    ck_assert(hand_twelve(take) || _i == 1);
    end(false, _i == 1 ? EXIT_GUARD : EXIT_DONE);
    ck_assert_uint_eq(ended.rejected, _i == 1 ? 7 : 6);
}
END_TEST

/* More than half of it is bad, and stands behind. */
START_TEST(foreseen_before_anything_is_sent)
{
    static const struct ledger counted = {
        .rows = 10, .rejected = 6, .pending = 4};
    serve(by_rules);
    ck_assert(
        config_set(&config, "max_rejected", "50%", RANK_OPTION, "x", &err));
    begin_first_pass();
    rows(0, 4, 1);
    note();
    bad_rows(6);
    note();
    end_first_pass(&counted);
    begin();
    rows(0, 4, 1);
    ck_assert(!take());
    end(false, EXIT_GUARD);
    ck_assert_uint_eq(ended.held, 4);
    ck_assert_uint_eq(ended.pending, 0);
    ck_assert_uint_eq(syncs(), 0);
    ck_assert_uint_eq(known(), 0);
    last_free(last_rows);
    last_rows = NULL;
    resume_alone(EXIT_DONE);
    ck_assert_uint_eq(syncs(), 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("delivery_faults");
    TCase *c = tcase_create("delivery_faults");
    tcase_set_timeout(c, 60);
    tcase_add_checked_fixture(c, prepare, teardown);
    tcase_add_test(c, resumed_byte_for_byte);
    tcase_add_test(c, resumed_in_parts);
    tcase_add_test(c, accepted_below_a_pending_one);
    tcase_add_test(c, reported_or_tried_anew);
    tcase_add_test(c, unreported_until_reported);
    tcase_add_test(c, the_forgotten_hash);
    tcase_add_test(c, refused_is_forgotten);
    tcase_add_test(c, not_overtaken_by_the_next);
    tcase_add_test(c, not_overtaken_by_two);
    tcase_add_test(c, not_overtaken_later);
    tcase_add_test(c, a_poison_batch);
    tcase_add_test(c, a_poison_batch_first);
    tcase_add_test(c, stopped_and_resumed);
    tcase_add_test(c, accepted_beside_the_stop);
    tcase_add_loop_test(c, resumed_beside_the_stop, 0, 4);
    tcase_add_loop_test(c, foretold_rejects_are_no_news, 0, 2);
    tcase_add_test(c, foreseen_before_anything_is_sent);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
