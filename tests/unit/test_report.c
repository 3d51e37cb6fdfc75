/* Progress: the bytes read of all inputs, whatever a chunk's own count says. */
#include "report/report.h"

#include <check.h>

static struct input first = {.size = 100}, second = {.size = 1000};
static struct input *inputs[] = {&first, &second};
static const struct ledger ledger;
static struct progress progress;

static uint64_t bytes_read(void)
{
    return progress.done + progress.consumed;
}

static void begin(unsigned count)
{
    progress_begin(&progress, &ledger, inputs, count);
}

START_TEST(next_input_is_larger)
{
    begin(2);
    ck_assert_uint_eq(progress.total, 1100);
    progress_read(&progress, &first, 60);
    ck_assert_uint_eq(bytes_read(), 60);
    progress_read(&progress, &first, 100);
    progress_read(&progress, &second, 500); /* more than all of the first */
    ck_assert_uint_eq(bytes_read(), 600);
    progress_read(&progress, &second, 1000);
    ck_assert_uint_eq(bytes_read(), 1100);
}
END_TEST

/* The chunk that only says that nothing is left has read nothing. */
START_TEST(count_falls)
{
    begin(2);
    progress_read(&progress, &second, 700);
    progress_read(&progress, &second, 650);
    ck_assert_uint_eq(bytes_read(), 700);
    progress_read(&progress, &second, 0);
    ck_assert_uint_eq(bytes_read(), 700);
}
END_TEST

START_TEST(unknown_sizes)
{
    first.size = 0; /* a pipe */
    begin(2);
    ck_assert_uint_eq(progress.total, 0);
    progress_read(&progress, &first, 5);
    progress_read(&progress, &second, 10);
    ck_assert_uint_eq(bytes_read(), 15);
}
END_TEST

static Suite *suite(void)
{
    Suite *s = suite_create("report");
    TCase *c = tcase_create("report");
    tcase_add_test(c, next_input_is_larger);
    tcase_add_test(c, count_falls);
    tcase_add_test(c, unknown_sizes);
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
