/* serial.c: a serial date is days since an epoch, and a part of a day.
 *
 * Counted from 1900, day 60 is a 29 February that never was: a spreadsheet of
 * 1983 believed in it, and all since then count it. Days before it are one
 * nearer to the epoch. */
#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "format.h"

enum {
    DAY = 24 * 60 * 60,
    LEAP = 60,          /* 1900-02-29 */
    LAST = 2958465,     /* 9999-12-31 */
    EPOCH_1904 = 1462,  /* its days, counted from 1900 */
    TO_1970 = 25568,    /* days, as they were before day 60 */
    HOURS_MAX = 999999, /* of a duration */
};

static int put_two(long number, char *out)
{
    out[0] = (char)('0' + number / 10);
    out[1] = (char)('0' + number % 10);
    return 2;
}

static int put_sign_two(char sign, long number, char *out)
{
    *out = sign;
    return 1 + put_two(number, out + 1);
}

/* Written digit by digit: most rows of a workbook have a date. */
static int put_civil(struct date date, char *out)
{
    int len = put_two(date.year / 100, out);
    len += put_two(date.year % 100, out + len);
    len += put_sign_two('-', date.month, out + len);
    return len + put_sign_two('-', date.day, out + len);
}

static int put_date(long day, char *out)
{
    if (day == LEAP)
        return put_civil((struct date){1900, 2, 29}, out);
    return put_civil(clock_date(day - TO_1970 - (day > LEAP)), out);
}

static int put_time(long seconds, char *out)
{
    enum { SIZE = 40, HOUR = 3600, MINUTE = 60 };
    long hours = seconds / HOUR;
    int len =
        hours < 100 ? put_two(hours, out) : snprintf(out, SIZE, "%ld", hours);
    len += put_sign_two(':', seconds / MINUTE % MINUTE, out + len);
    return len + put_sign_two(':', seconds % MINUTE, out + len);
}

/* A part of a day that is no date yet is a time. */
static int put_day(long day, long seconds, bool times, char *out)
{
    if (day == 0)
        return seconds > 0 ? put_time(seconds, out) : 0;
    if (day > LAST)
        return 0;
    int len = put_date(day, out);
    if (!times)
        return len;
    out[len++] = 'T';
    return len + put_time(seconds, out + len);
}

size_t shown_serial(double serial, struct shown shown, bool from_1904,
                    char *out)
{
    if (!(serial >= 0) || serial > (double)HOURS_MAX * 3600 / DAY + LAST)
        return 0;
    double whole = floor(serial);
    long day = (long)whole, seconds = lround((serial - whole) * DAY);
    if (seconds == DAY) {
        seconds = 0;
        day++;
    }
    int len = 0;
    if (shown.kind == SHOWN_DURATION)
        len = put_time(day * DAY + seconds, out);
    else if (shown.kind == SHOWN_TIME)
        len = put_time(seconds, out);
    else
        len = put_day(day + (from_1904 ? EPOCH_1904 : 0), seconds,
                      shown.kind == SHOWN_DATETIME, out);
    return (size_t)len;
}
