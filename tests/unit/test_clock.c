/* The calendar: as the C library has it, day by day; and there and back. */
#include "base/clock.h"

#include <check.h>
#include <stdbool.h>
#include <time.h>

START_TEST(as_the_library)
{
    enum { FROM = -800000, TO = 2932897 }; /* of the years -221 to 9999 */
    for (int64_t days = FROM; days < TO; days++) {
        time_t at = (time_t)days * 86400;
        struct tm other;
        struct date date = clock_date(days);
        bool same = gmtime_r(&at, &other) != NULL &&
                    date.year == other.tm_year + 1900 &&
                    date.month == other.tm_mon + 1 &&
                    date.day == other.tm_mday && clock_days(date) == days;
        if (!same) /* an assertion for each would take half a minute */
            ck_abort_msg("day %lld: %d-%d-%d", (long long)days, date.year,
                         date.month, date.day);
    }
}
END_TEST

START_TEST(leap_days)
{
    ck_assert_int_eq(clock_days((struct date){1970, 1, 1}), 0);
    ck_assert_int_eq(clock_days((struct date){2000, 2, 29}), 11016);
    ck_assert_int_eq(clock_days((struct date){2000, 3, 1}), 11017);
    ck_assert_int_eq(clock_date(-25509).month, 2); /* 1900 had 28 days in it */
    ck_assert_int_eq(clock_date(-25509).day, 28);
    ck_assert_int_eq(clock_date(-25508).day, 1);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("clock");
    TCase *t = tcase_create("calendar");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, as_the_library);
    tcase_add_test(t, leap_days);
    suite_add_tcase(s, t);
    SRunner *runner = srunner_create(s);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
