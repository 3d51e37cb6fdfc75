/* guard: a mistake stops a run, and nothing else does. */
#include <check.h>
#include <string.h>

#include "deliver/guard.h"

static struct err err;
static struct guard guard;

static void setup(void)
{
    guard = (struct guard){.max_rejected = 0.5,
                           .max_skipped = 1,
                           .max_shrink = 0.5,
                           .min_rows = 1};
    err = (struct err){.text = ""};
}

static bool rejects(uint64_t rejected, uint64_t rows)
{
    const struct ledger ledger = {.rows = rows, .rejected = rejected};
    return guard_rejects(&guard, &ledger, false, &err);
}

static bool skips(uint64_t skipped, uint64_t rows)
{
    const struct ledger ledger = {.rows = rows, .skipped = skipped};
    return guard_skips(&guard, &ledger, false, &err) &&
           guard_all_skipped(&guard, &ledger, &err);
}

static bool size(uint64_t rows)
{
    const struct ledger ledger = {.rows = rows};
    return guard_size(&guard, &ledger, false, &err);
}

START_TEST(how_long_nothing_is_sent)
{
    ck_assert_uint_eq(guard_wait(&guard), GUARD_ROWS);
    guard.before = 10000;
    ck_assert_uint_eq(guard_wait(&guard), 5000);
    guard.min_rows = 7000;
    ck_assert_uint_eq(guard_wait(&guard), 7000);
    guard =
        (struct guard){.max_rejected = 1, .max_skipped = 1, .max_shrink = 1};
    ck_assert_uint_eq(guard_wait(&guard), 0);
    guard.before = 10000;
    ck_assert_uint_eq(guard_wait(&guard), 0);
    guard.min_rows = 1;
    ck_assert_uint_eq(guard_wait(&guard), 1);
    guard.max_skipped = 0.9;
    ck_assert_uint_eq(guard_wait(&guard), GUARD_ROWS);
}
END_TEST

START_TEST(too_many_rejects)
{
    ck_assert(rejects(999, 999)); /* too few to say */
    ck_assert(rejects(500, 1000));
    ck_assert(!rejects(501, 1000));
    ck_assert_int_eq(err.code, EXIT_GUARD);
    ck_assert_str_eq(err.text,
                     "guard: 501 of 1 000 rows were rejected, 50.1 %, at most "
                     "50 % may be (max_rejected); nothing of this input "
                     "was sent; --max-rejected 100% goes on all the same");
    const struct ledger later = {.rows = 4000, .rejected = 3000};
    ck_assert(!guard_rejects(&guard, &later, true, &err));
    ck_assert(strstr(err.text, "nothing more was sent") != NULL);
    guard.max_rejected = 1;
    ck_assert(rejects(1000, 1000));
}
END_TEST

START_TEST(asked_for)
{
    guard.strict_rejected = true;
    ck_assert(rejects(0, 0));
    ck_assert(rejects(1, 2));
    ck_assert(!rejects(2, 3));
    ck_assert(!rejects(1, 1));
    guard.max_rejected = 0;
    ck_assert(rejects(0, 100000));
    ck_assert(!rejects(1, 100000));
    guard.max_rejected = 0.05;
    ck_assert(rejects(50, 1000));
    ck_assert(!rejects(51, 1000));
}
END_TEST

START_TEST(too_many_skipped)
{
    ck_assert(skips(0, 0));
    ck_assert(skips(0, 1));
    ck_assert(skips(99999, 100000));
    ck_assert(!skips(1, 1));
    ck_assert_int_eq(err.code, EXIT_GUARD);
    ck_assert_str_eq(err.text,
                     "guard: the mapping skipped all of the input, 1 row "
                     "(max_skipped); --max-skipped 100% goes on all the same");
    ck_assert(!skips(30000, 30000));
    guard.all_skipped = true; /* 100% was asked for */
    ck_assert(skips(30000, 30000));
    guard.max_skipped = 0.2;
    ck_assert(skips(1, 5));
    ck_assert(!skips(2, 5));
    ck_assert_str_eq(err.text,
                     "guard: 2 of 5 rows were skipped, 40 %, at most 20 % may "
                     "be (max_skipped); nothing of this input was sent; "
                     "--max-skipped 100% goes on all the same");
    ck_assert(!skips(5, 5));
    guard.max_skipped = 0;
    ck_assert(skips(0, 5));
    ck_assert(!skips(1, 100000));
}
END_TEST

START_TEST(too_small)
{
    ck_assert(!size(0));
    ck_assert_int_eq(err.code, EXIT_GUARD);
    ck_assert_str_eq(
        err.text, "guard: the input has 0 rows, fewer than 1 (min_rows); "
                  "nothing of it was sent; --min-rows 0 goes on all the same");
    ck_assert(!guard_size(&guard, &(struct ledger){.rows = 0}, true, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "; some of it was sent; "));
    ck_assert(size(1));
    guard.before = 2001;
    ck_assert(!size(1000));
    ck_assert_str_eq(err.text,
                     "guard: the input has 1 000 rows, the last one had 2 001, "
                     "and it may shrink by 50 % (max_shrink); nothing of "
                     "it was sent; --max-shrink 100% goes on all the same");
    ck_assert(size(1001));
    guard.max_shrink = 1;
    ck_assert(size(1));
    guard.min_rows = 0;
    ck_assert(size(0));
    guard.max_shrink = 0;
    ck_assert(size(2001));
    ck_assert(!size(2000));
}
END_TEST

/* What is allowed is allowed to the row, whatever a double makes of it. */
START_TEST(to_the_row)
{
    guard.min_rows = 0;
    for (uint64_t percent = 0; percent <= 100; percent++)
        for (uint64_t before = 1; before <= 400; before++) {
            uint64_t least = (before * (100 - percent) + 99) / 100;
            guard.max_shrink = (double)percent / 100;
            guard.before = before;
            ck_assert_msg(size(least), "%d%% of %d", (int)percent, (int)before);
            ck_assert_msg(least == 0 || !size(least - 1), "%d%% of %d, less",
                          (int)percent, (int)before);
        }
    for (uint64_t tenths = 0; tenths <= 1000; tenths++) {
        guard.max_rejected = (double)tenths / 10 / 100; /* as "0.7%" is read */
        ck_assert_msg(rejects(tenths * 3, 3000), "%d", (int)tenths);
        ck_assert_msg(!rejects(tenths * 3 + 1, 3000), "%d, more", (int)tenths);
    }
    guard.before = UINT64_C(10000000);
    guard.max_shrink = 0.7;
    ck_assert(size(3000000));
    ck_assert(!size(2999999));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("guard");
    TCase *c = tcase_create("guard");
    tcase_add_checked_fixture(c, setup, NULL);
    tcase_add_test(c, how_long_nothing_is_sent);
    tcase_add_test(c, too_many_rejects);
    tcase_add_test(c, asked_for);
    tcase_add_test(c, too_many_skipped);
    tcase_add_test(c, too_small);
    tcase_add_test(c, to_the_row);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int n = srunner_ntests_failed(r);
    srunner_free(r);
    return n != 0;
}
