/* clock.c: POSIX's monotonic clock; nobody sets it. In the calendar a year
 * begins in March, so that a leap day is its last, and 400 years are an era
 * (Howard Hinnant, chrono-Compatible Low-Level Date Algorithms). */
#include "clock.h"

#include <time.h>

double clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

enum { ERA = 146097, TO_1970 = 719468 }; /* days; from 0000-03-01 */

struct date clock_date(int64_t days)
{
    days += TO_1970;
    int64_t era = (days >= 0 ? days : days - (ERA - 1)) / ERA;
    int64_t of_era = days - era * ERA;
    int64_t year =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    return (struct date){.year = (int)(year + era * 400 + (month >= 10)),
                         .month = (int)(month < 10 ? month + 3 : month - 9),
                         .day = (int)(of_year - (153 * month + 2) / 5 + 1)};
}

int64_t clock_days(struct date date)
{
    int64_t year = (int64_t)date.year - (date.month <= 2);
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t month = date.month + (date.month > 2 ? -3 : 9);
    int64_t of_year = (153 * month + 2) / 5 + date.day - 1;
    return era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
           TO_1970;
}
