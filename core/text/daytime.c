/* daytime.c: reads a time of day and a time zone.
 *
 * What is no time is refused rather than dropped, and so is a zone that is
 * known by its name alone: a name such as CST stands for three of them. */
#include "daytime.h"

#include <stddef.h>
#include <string.h>

#include "base/ascii.h"

enum { EAST = 14, WEST = 12 }; /* hours: as far as time zones go */

static bool is_digit(const char *at, const char *end)
{
    return at < end && ascii_digit(*at);
}

/* Reads `min` to `max` digits; false when there are fewer. */
static bool read_digits(const char **at, const char *end, unsigned min,
                        unsigned max, int *number)
{
    unsigned count = 0;
    *number = 0;
    for (; count < max && is_digit(*at, end); ++*at, count++)
        *number = *number * 10 + (**at - '0');
    return count >= min;
}

static bool take(const char **at, const char *end, char c)
{
    if (*at == end || (**at | 0x20) != (c | 0x20))
        return false;
    ++*at;
    return true;
}

static void skip_blanks(const char **at, const char *end)
{
    while (*at < end && **at == ' ')
        ++*at;
}

/* Passes over a word of ASCII letters, in any case. */
static bool take_word(const char **at, const char *end, const char *word)
{
    const char *from = *at;
    for (; *word != '\0'; word++)
        if (!take(at, end, *word)) {
            *at = from;
            return false;
        }
    return true;
}

/* `:30`, or `30` where nothing stands between. */
static bool read_offset(const char **at, const char *end, int *minutes)
{
    int hours, rest = 0;
    if (!read_digits(at, end, 1, 2, &hours))
        return false;
    if ((take(at, end, ':') || is_digit(*at, end)) &&
        !read_digits(at, end, 2, 2, &rest))
        return false;
    *minutes = hours * 60 + rest;
    return rest < 60;
}

bool daytime_zone(const char *at, const char *end, int *minutes)
{
    *minutes = 0;
    bool named = take_word(&at, end, "UTC") || take_word(&at, end, "GMT");
    if (at == end)
        return named;
    if (!named && take(&at, end, 'Z'))
        return at == end;
    bool west = *at == '-';
    if (!west && *at != '+')
        return false;
    at++;
    if (!read_offset(&at, end, minutes) || at < end ||
        *minutes > (west ? WEST : EAST) * 60)
        return false;
    *minutes = west ? -*minutes : *minutes;
    return true;
}

/* AM and PM, also as Windows writes them in Vietnamese: SA (sáng), CH (chiều).
 * 0 and 13 o'clock are written with them too, where they agree. */
static bool read_half(const char **at, const char *end, int *hours)
{
    bool early = take_word(at, end, "AM") || take_word(at, end, "SA");
    bool late =
        !early && (take_word(at, end, "PM") || take_word(at, end, "CH"));
    if (early && *hours == 12)
        *hours = 0;
    else if (late && *hours > 0 && *hours < 12)
        *hours += 12;
    return early ? *hours < 12 : !late || *hours >= 12;
}

/* A fraction of seconds says nothing about the day. */
static bool read_fraction(const char **at, const char *end)
{
    if (!take(at, end, '.') && !take(at, end, ','))
        return true;
    if (!is_digit(*at, end))
        return false;
    while (is_digit(*at, end))
        ++*at;
    return true;
}

/* 17:00, 17:00:00.000; after a T also 1700 and 170000. A leap second is a
 * time. */
static bool read_time(const char **at, const char *end, bool compact,
                      int *hours, int *minutes)
{
    int seconds = 0;
    if (!read_digits(at, end, 1, 2, hours))
        return false;
    bool colon = take(at, end, ':');
    if ((!colon && !compact) || !read_digits(at, end, 2, 2, minutes))
        return false;
    bool more = colon ? take(at, end, ':') : is_digit(*at, end);
    if (more &&
        (!read_digits(at, end, 2, 2, &seconds) || !read_fraction(at, end)))
        return false;
    return *hours < 24 && *minutes < 60 &&
           (seconds < 60 || (seconds == 60 && *minutes == 59));
}

const char *daytime_read(struct daytime *daytime, const char *at,
                         const char *end)
{
    int hours, minutes;
    *daytime = (struct daytime){.time = false};
    bool letter = take(&at, end, 'T');
    bool blank = !letter && at < end && *at == ' ';
    skip_blanks(&at, end);
    if ((letter || blank) && is_digit(at, end)) {
        if (!read_time(&at, end, letter, &hours, &minutes))
            return "what follows it is no time of day";
        skip_blanks(&at, end);
        if (!read_half(&at, end, &hours))
            return "what follows it is no time of day";
        daytime->time = true;
        daytime->minutes = hours * 60 + minutes;
        skip_blanks(&at, end);
    }
    if (at == end)
        return letter && !daytime->time ? "no time follows the T" : NULL;
    daytime->zoned = daytime_zone(at, end, &daytime->zone);
    if (daytime->zoned)
        return NULL;
    return daytime->time ? "its time zone is none, or not known (such as "
                           "+07:00 or Z)"
                         : "what follows it is no time of day";
}
