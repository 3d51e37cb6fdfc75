/* pace: the rate, the window, the circuit; by a clock of the test's own. */
#include <check.h>
#include <math.h>

#include "net/pace.h"

static struct pace pace;
static double now;

static void setup(void)
{
    now = 1000;
    pace_init(&pace, 0, 8);
}

static bool lets(unsigned flying)
{
    return pace_lets(&pace, now, flying, INFINITY);
}

/* How many may fly at once. */
static unsigned window(void)
{
    unsigned flying = 0;
    while (flying < 100 && lets(flying))
        flying++;
    return flying;
}

static void send_one(uint32_t records)
{
    ck_assert(lets(0));
    pace_sent(&pace, now, records);
}

static bool fails(void)
{
    return pace_failed(&pace, now, now, false);
}

START_TEST(no_bounds)
{
    ck_assert_uint_eq(window(), 8);
    pace_sent(&pace, now, 1000000);
    ck_assert_uint_eq(window(), 8);
    ck_assert_double_eq(pace_next(&pace, now + 3, INFINITY), now + 3);
}
END_TEST

/* Whatever goes takes its records' time, for the first time or again. */
START_TEST(rate)
{
    pace_init(&pace, 100, 8);
    send_one(50);
    ck_assert(!lets(1));
    ck_assert_double_eq_tol(pace_next(&pace, now, INFINITY), now + 0.5, 1e-9);
    now += 0.49;
    ck_assert(!lets(0));
    now += 0.02;
    fails();
    send_one(50);
    ck_assert(!lets(0));
    /* What was not used is not kept. */
    now += 1000;
    send_one(50);
    ck_assert(!lets(0));
    double begun = now;
    for (unsigned i = 0; i < 10; i++) {
        now = pace_next(&pace, now, INFINITY);
        send_one(30);
    }
    ck_assert_double_eq_tol(now - begun, 0.5 + 9 * 0.3, 1e-9);
}
END_TEST

START_TEST(grows_by_one_a_round)
{
    for (unsigned i = 0; i < 4; i++) {
        now += 1;
        pace_failed(&pace, now, now, true);
    }
    /* A round of successes at a window of n makes it n + 1, about. */
    for (unsigned size = 1; size < 8; size++) {
        unsigned rounds = 0;
        while (window() == size) {
            pace_answered(&pace);
            rounds++;
        }
        ck_assert_uint_eq(window(), size + 1);
        ck_assert_uint_ge(rounds, size);
        ck_assert_uint_le(rounds, size + 1);
    }
    for (unsigned i = 0; i < 100; i++)
        pace_answered(&pace);
    ck_assert_uint_eq(window(), 8);
}
END_TEST

START_TEST(halves_to)
{
    static const unsigned halves[] = {4, 2, 1, 1};
    for (size_t i = 0; i < 4; i++) {
        now += 1;
        pace_failed(&pace, now, now, true);
        ck_assert_uint_eq(window(), halves[i]);
    }
}
END_TEST

/* Eight in flight that all say 503 are one sign, not eight. */
START_TEST(once_a_round)
{
    double sent = now;
    now += 1;
    for (unsigned i = 0; i < 7; i++)
        pace_failed(&pace, now + i * 0.01, sent, true);
    ck_assert_uint_eq(window(), 4);
    pace_failed(&pace, now + 0.1, now - 0.001, true);
    ck_assert_uint_eq(window(), 4);
    pace_failed(&pace, now + 0.2, now + 0.1, true);
    ck_assert_uint_eq(window(), 2);
    now += 1; /* what failed for other reasons is no sign at all */
    pace_failed(&pace, now, now, false);
    ck_assert_uint_eq(window(), 2);
}
END_TEST

/* Lets requests fail until the circuit opens; answers how many it took. */
static unsigned fail_until_open(void)
{
    unsigned failures = 1;
    while (!fails() && failures < 1000)
        failures++;
    ck_assert(pace_is_open(&pace));
    return failures;
}

START_TEST(opens)
{
    ck_assert_uint_eq(fail_until_open(), 16);
    setup();
    pace_init(&pace, 0, 1);
    ck_assert_uint_eq(fail_until_open(), PACE_FAILURES);
    setup();
    for (unsigned i = 0; i < 15; i++) /* in a row, that is */
        ck_assert(!fails());
    pace_answered(&pace);
    ck_assert_uint_eq(fail_until_open(), 16);
    ck_assert_double_eq(pace.closed_at, now + PACE_PAUSE_FIRST);
}
END_TEST

START_TEST(one_tries_for_all)
{
    fail_until_open();
    ck_assert(!lets(0));
    now += PACE_PAUSE_FIRST - 0.01;
    ck_assert(!lets(0));
    ck_assert_double_eq_tol(pace_next(&pace, now - 3, INFINITY), now + 0.01,
                            1e-9);
    now += 0.02;
    send_one(1);
    ck_assert(!lets(0));
    ck_assert(!lets(1));
    ck_assert(pace_answered(&pace));
    ck_assert(!pace_is_open(&pace));
    ck_assert(!pace_answered(&pace)); /* said once */
    ck_assert(lets(0));
    ck_assert(!lets(2)); /* it begins with few */
}
END_TEST

START_TEST(stays_open_longer)
{
    double pause = PACE_PAUSE_FIRST;
    fail_until_open();
    for (unsigned i = 0; i < 10; i++) {
        ck_assert_double_eq_tol(pace.closed_at, now + pause, 1e-9);
        now = pace.closed_at;
        send_one(1);
        ck_assert(fails());
        pause = pause * 2 < PACE_PAUSE_MAX ? pause * 2 : PACE_PAUSE_MAX;
    }
    now = pace.closed_at;
    send_one(1);
    pace_answered(&pace);
    fail_until_open(); /* and from the beginning, then */
    ck_assert_double_eq(pace.closed_at, now + PACE_PAUSE_FIRST);
}
END_TEST

/* Those that were on their way when it opened do not open it again. */
START_TEST(late_failures)
{
    fail_until_open();
    double closed_at = pace.closed_at;
    now += 1;
    for (unsigned i = 0; i < 7; i++)
        ck_assert(!fails());
    ck_assert_double_eq(pace.closed_at, closed_at);
}
END_TEST

START_TEST(the_last_try)
{
    fail_until_open();
    double end = now + 2;
    ck_assert(!pace_lets(&pace, now, 0, end));
    ck_assert_double_eq(pace_next(&pace, now, end), end);
    ck_assert(pace_lets(&pace, end, 0, end));
    ck_assert(!pace_lets(&pace, end, 0, end + 1)); /* another's is not over */
    pace_sent(&pace, end, 1);
    ck_assert(pace_answered(&pace));
    ck_assert(pace_lets(&pace, end, 0, INFINITY));
}
END_TEST

START_TEST(asked)
{
    pace_asked(&pace, now + 20);
    pace_asked(&pace, now + 10); /* the longest counts */
    ck_assert(!lets(0));
    ck_assert(!pace_lets(&pace, now + 5, 0, now)); /* a last try waits, too */
    ck_assert_double_eq(pace_next(&pace, now, INFINITY), now + 20);
    ck_assert_double_eq(pace_next(&pace, now + 30, INFINITY), now + 30);
    now += 20;
    ck_assert(lets(0));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("pace");
    TCase *c = tcase_create("pace");
    tcase_add_checked_fixture(c, setup, NULL);
    tcase_add_test(c, no_bounds);
    tcase_add_test(c, rate);
    tcase_add_test(c, grows_by_one_a_round);
    tcase_add_test(c, halves_to);
    tcase_add_test(c, once_a_round);
    tcase_add_test(c, opens);
    tcase_add_test(c, one_tries_for_all);
    tcase_add_test(c, stays_open_longer);
    tcase_add_test(c, late_failures);
    tcase_add_test(c, the_last_try);
    tcase_add_test(c, asked);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
