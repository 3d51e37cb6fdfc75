/* moment.c: a second's parts are what a spreadsheet's arithmetic leaves of
 * whole ones (12:59:59.999999998), so they are rounded. */
#include "moment.h"

#include <stdio.h>
#include <string.h>

#include "base/ascii.h"

enum { HOUR = 3600, MINUTE = 60, DAY = 24 * HOUR, HOURS_MAX = 999999 };

struct text {
    const char *at, *end;
};

static bool take(struct text *text, char byte)
{
    if (text->at == text->end || *text->at != byte)
        return false;
    text->at++;
    return true;
}

/* 1 to `most` digits; -1: there are none. */
static long take_number(struct text *text, int most)
{
    long number = -1;
    for (; most > 0 && text->at < text->end && ascii_digit(*text->at); most--)
        number = (number < 0 ? 0 : number * 10) + (*text->at++ - '0');
    return number;
}

/* The parts of a second, rounded to 0 or 1; true where there are none. */
static bool take_part(struct text *text, long *seconds)
{
    if (!take(text, '.') && !take(text, ','))
        return true;
    long first = take_number(text, 1);
    while (text->at < text->end && ascii_digit(*text->at))
        text->at++;
    *seconds += first >= 5;
    return first >= 0;
}

static bool take_clock(struct text *text, long *seconds)
{
    long hours = take_number(text, 2);
    bool good = take(text, ':');
    long minutes = take_number(text, 2);
    good = good && take(text, ':');
    long whole = take_number(text, 2);
    *seconds = hours * HOUR + minutes * MINUTE + whole;
    return good && hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 &&
           whole >= 0 && whole < 60 && take_part(text, seconds);
}

static int month_days(long year, long month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static void next_day(long *year, long *month, long *day)
{
    if (++*day <= month_days(*year, *month))
        return;
    *day = 1;
    if (++*month <= 12)
        return;
    *month = 1;
    ++*year;
}

size_t ods_date(const char *text, size_t len, char *out)
{
    struct text at = {text, text + len};
    long seconds = 0, year = take_number(&at, 4);
    bool good = at.at == text + 4 && take(&at, '-');
    long month = take_number(&at, 2);
    good = good && take(&at, '-') && month >= 1 && month <= 12;
    long day = take_number(&at, 2);
    if (!good || day < 1 || day > month_days(year, month))
        return 0;
    if (take(&at, 'T') && !take_clock(&at, &seconds))
        return 0;
    take(&at, 'Z');
    if (at.at != at.end)
        return 0;
    if (seconds >= DAY) {
        next_day(&year, &month, &day);
        seconds -= DAY;
    }
    int put =
        snprintf(out, ODS_MOMENT_MAX, "%04ld-%02ld-%02ld", year, month, day);
    if (seconds > 0)
        put += snprintf(out + put, ODS_MOMENT_MAX - (size_t)put,
                        "T%02ld:%02ld:%02ld", seconds / HOUR,
                        seconds / MINUTE % 60, seconds % MINUTE);
    return (size_t)put;
}

/* Numbers with anything of "/-. " between them. */
static unsigned take_numbers(struct text *at, long *numbers, unsigned most)
{
    unsigned count = 0;
    while (at->at < at->end && count < most) {
        if (strchr("/-. ", *at->at) != NULL) {
            at->at++;
            continue;
        }
        long number = take_number(at, 4);
        if (number < 0)
            return 0;
        numbers[count++] = number;
    }
    return at->at == at->end ? count : 0;
}

bool ods_shows_date(const char *text, size_t len, const char *seen,
                    size_t seen_len)
{
    enum { PARTS = 3 };
    if (len == 0 || seen_len == 0)
        return false;
    struct text at = {text, text + len}, said = {seen, seen + seen_len};
    long year = take_number(&at, 4), numbers[PARTS];
    take(&at, '-');
    long month = take_number(&at, 2);
    take(&at, '-');
    long day = take_number(&at, 2);
    if (take_numbers(&said, numbers, PARTS) != PARTS)
        return false;
    for (unsigned i = 0; i < PARTS; i++) { /* which one is the year? */
        long one = numbers[(i + 1) % PARTS], other = numbers[(i + 2) % PARTS];
        if ((numbers[i] == year || numbers[i] == year % 100) &&
            ((one == month && other == day) || (one == day && other == month)))
            return true;
    }
    return false;
}

/* Each part is there or not, in this order. */
static bool take_parts(struct text *at, long *seconds)
{
    static const struct {
        char mark;
        long seconds;
    } parts[] = {{'H', HOUR}, {'M', MINUTE}, {'S', 1}};
    long days = 0;
    size_t part = 0;
    if (!take(at, 'P'))
        return false;
    if (at->at < at->end && *at->at != 'T') {
        days = take_number(at, 5);
        if (days < 0 || !take(at, 'D'))
            return false;
    }
    *seconds = days * DAY;
    if (at->at < at->end && !take(at, 'T'))
        return false;
    while (at->at < at->end) {
        long more = 0, number = take_number(at, 6);
        if (number < 0 || !take_part(at, &more))
            return false;
        while (part < 3 && !take(at, parts[part].mark))
            part++;
        if (part == 3)
            return false;
        *seconds += number * parts[part].seconds + more;
    }
    return true;
}

size_t ods_time(const char *text, size_t len, char *out)
{
    struct text at = {text, text + len};
    long seconds;
    bool negative = take(&at, '-');
    if (!take_parts(&at, &seconds) || seconds / HOUR > HOURS_MAX)
        return 0;
    return (size_t)snprintf(out, ODS_MOMENT_MAX, "%s%02ld:%02ld:%02ld",
                            negative && seconds > 0 ? "-" : "", seconds / HOUR,
                            seconds / MINUTE % 60, seconds % MINUTE);
}
