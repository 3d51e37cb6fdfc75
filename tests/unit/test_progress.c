/* progress: how far a run is, in bytes of all its inputs. */
#include <check.h>

#include "report/report.h"

static struct input inputs[2] = {{.size = 100}, {.size = 50}};
static struct input *const all[] = {&inputs[0], &inputs[1]};
static struct ledger ledger;
static struct progress progress;

static uint64_t at(unsigned input, uint64_t consumed)
{
    progress_at(&progress, all[input], consumed);
    return progress.done + progress.consumed;
}

static void setup(void)
{
    progress_begin(&progress, &ledger, all, 2);
}

START_TEST(goes_on_from_input_to_input)
{
    ck_assert_uint_eq(progress.total, 150);
    ck_assert_uint_eq(at(0, 40), 40);
    ck_assert_uint_eq(at(0, 100), 100);
    ck_assert_uint_eq(at(1, 10), 110);
    ck_assert_uint_eq(at(1, 50), 150);
}
END_TEST

/* What was decoded ahead, or is counted before a code page is mapped, may say
 * less than the chunk before it: that is no other input. */
START_TEST(a_falling_count_is_the_same_input)
{
    ck_assert_uint_eq(at(0, 60), 60);
    ck_assert_uint_eq(at(0, 50), 60);
    ck_assert_uint_eq(at(0, 0), 60);
    ck_assert_uint_eq(at(0, 70), 70);
    ck_assert_uint_eq(at(1, 0), 70);
}
END_TEST

/* The next one begins further on than the last one ended: a large chunk. */
START_TEST(a_rising_count_may_be_the_next_input)
{
    ck_assert_uint_eq(at(0, 20), 20);
    ck_assert_uint_eq(at(1, 50), 70);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("progress");
    TCase *c = tcase_create("progress");
    tcase_add_checked_fixture(c, setup, NULL);
    tcase_add_test(c, goes_on_from_input_to_input);
    tcase_add_test(c, a_falling_count_is_the_same_input);
    tcase_add_test(c, a_rising_count_may_be_the_next_input);
    suite_add_tcase(s, c);
    SRunner *r = srunner_create(s);
    srunner_run_all(r, CK_NORMAL);
    int failed = srunner_ntests_failed(r);
    srunner_free(r);
    return failed != 0;
}
