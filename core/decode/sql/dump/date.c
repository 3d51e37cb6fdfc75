/* date.c: dates as servers write them in a dump, as ISO 8601 has them; the time
 * of day only where it is not midnight. */
#include "date.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/ascii.h"
#include "base/clock.h"
#include "fault.h"

struct moment {
    int year, month, day, hour, minute, second;
    char fraction[10];    /* its digits */
    bool afternoon, half; /* of a day of two halves */
};

enum { TEXT = 40 };

static void write_moment(struct arena *arena, const struct moment *at,
                         struct value *answer)
{
    char *text = arena_alloc(arena, TEXT);
    size_t zeros = strspn(at->fraction, "0");
    bool midnight = at->hour == 0 && at->minute == 0 && at->second == 0 &&
                    at->fraction[zeros] == '\0';
    int len =
        snprintf(text, TEXT, "%04d-%02d-%02d", at->year, at->month, at->day);
    if (!midnight)
        len += snprintf(text + len, TEXT - (size_t)len, " %02d:%02d:%02d%s%s",
                        at->hour, at->minute, at->second,
                        at->fraction[zeros] ? "." : "",
                        at->fraction[zeros] ? at->fraction : "");
    *answer = value_text(text, (size_t)len);
}

static bool is_moment(const struct moment *at)
{
    return at->year >= 1 && at->year <= 9999 && at->month >= 1 &&
           at->month <= 12 && at->day >= 1 && at->day <= 31 && at->hour < 24 &&
           at->minute < 60 && at->second < 61;
}

struct reading {
    const char *at, *end; /* of the text */
    struct moment *to;
};

static bool read_digits(struct reading *reading, int most, int *number)
{
    const char *begin = reading->at;
    *number = 0;
    while (reading->at < reading->end && ascii_digit(*reading->at) &&
           reading->at - begin < most)
        *number = *number * 10 + (*reading->at++ - '0');
    return reading->at > begin;
}

static bool read_year(struct reading *reading)
{
    return read_digits(reading, 4, &reading->to->year);
}

/* Of two digits, those that are nearest to our time. */
static bool read_short_year(struct reading *reading)
{
    int *year = &reading->to->year;
    if (!read_digits(reading, 4, year))
        return false;
    if (*year < 100)
        *year += *year < 50 ? 2000 : 1900;
    return true;
}

static bool read_month(struct reading *reading)
{
    return read_digits(reading, 2, &reading->to->month);
}

static bool read_month_name(struct reading *reading)
{
    static const char names[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    const char *begin = reading->at;
    while (reading->at < reading->end && ascii_letter(*reading->at))
        reading->at++;
    for (int i = 0; reading->at - begin >= 3 && i < 12; i++)
        if (strncasecmp(begin, names + 3 * i, 3) == 0)
            reading->to->month = i + 1;
    return reading->to->month > 0;
}

static bool read_day(struct reading *reading)
{
    return read_digits(reading, 2, &reading->to->day);
}

static bool read_hour(struct reading *reading)
{
    return read_digits(reading, 2, &reading->to->hour);
}

static bool read_minute(struct reading *reading)
{
    return read_digits(reading, 2, &reading->to->minute);
}

static bool read_second(struct reading *reading)
{
    return read_digits(reading, 2, &reading->to->second);
}

static bool read_fraction(struct reading *reading)
{
    size_t len = 0;
    for (; reading->at < reading->end && ascii_digit(*reading->at);
         reading->at++)
        if (len + 1 < sizeof reading->to->fraction)
            reading->to->fraction[len++] = *reading->at;
    return len > 0;
}

/* Sáng and chiều are SA and CH. */
static bool read_half(struct reading *reading)
{
    static const char halves[] = "ampmsach";
    for (int i = 0; reading->end - reading->at >= 2 && i < 8; i += 2)
        if (strncasecmp(reading->at, halves + i, 2) == 0) {
            reading->to->half = true;
            reading->to->afternoon = i % 4 == 2;
            reading->at += 2;
            return true;
        }
    return false;
}

/* Longer ones before those that they begin with. */
static const struct {
    const char *word;
    bool (*read)(struct reading *reading);
} words[] = {
    {"YYYY", read_year},        {"RRRR", read_short_year},
    {"YY", read_short_year},    {"RR", read_short_year},
    {"MONTH", read_month_name}, {"MON", read_month_name},
    {"MM", read_month},         {"MI", read_minute},
    {"DD", read_day},           {"HH24", read_hour},
    {"HH12", read_hour},        {"HH", read_hour},
    {"SS", read_second},        {"XFF", read_fraction},
    {"FF9", read_fraction},     {"FF6", read_fraction},
    {"FF3", read_fraction},     {"FF", read_fraction},
    {"AM", read_half},          {"PM", read_half},
    {"%Y", read_year},          {"%y", read_short_year},
    {"%m", read_month},         {"%c", read_month},
    {"%d", read_day},           {"%e", read_day},
    {"%H", read_hour},          {"%k", read_hour},
    {"%i", read_minute},        {"%s", read_second},
    {"%S", read_second},        {"%f", read_fraction},
    {"%b", read_month_name},    {"%M", read_month_name},
};

/* One word of the format, or a character that stands in both. MySQL's words
 * differ in case. */
static bool read_word(struct reading *reading, const char **format,
                      const char *end)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i].word);
        bool exact = words[i].word[0] == '%';
        if ((size_t)(end - *format) < len ||
            (exact ? strncmp(*format, words[i].word, len)
                   : strncasecmp(*format, words[i].word, len)) != 0)
            continue;
        *format += len;
        if (strcmp(words[i].word, "XFF") == 0 && reading->at < reading->end)
            reading->at++;
        return words[i].read(reading);
    }
    char byte = *(*format)++;
    if (byte == '"')
        return true;
    if (ascii_letter(byte) && byte != 'T')
        return false;
    if (reading->at < reading->end)
        reading->at++;
    return true;
}

const char *dump_date(struct arena *arena, const struct value *text,
                      const struct value *format, struct value *answer)
{
    struct moment at = {.year = 0, .day = 1};
    if (text->type == VALUE_NIL) {
        *answer = *text;
        return NULL;
    }
    if (text->type != VALUE_TEXT || format->type != VALUE_TEXT)
        return "it takes texts";
    struct reading reading = {text->text, text->text + text->len, &at};
    const char *next = format->text, *end = next + format->len;
    while (next < end && reading.at < reading.end)
        if (!read_word(&reading, &next, end))
            return "this text, or this format, is not understood";
    if (at.half)
        at.hour = at.hour % 12 + (at.afternoon ? 12 : 0);
    if (reading.at < reading.end || !is_moment(&at))
        return "this text, or this format, is not understood";
    write_moment(arena, &at, answer);
    return NULL;
}

static bool read_number(const struct value *digits, size_t from, size_t len,
                        uint32_t *number)
{
    *number = 0;
    for (size_t i = from; i < from + len; i++) {
        int digit = i < digits->len ? ascii_hex(digits->text[i]) : -1;
        if (digit < 0)
            return false;
        *number = *number * 16 + (uint32_t)digit;
    }
    return from + len <= digits->len;
}

/* DateTime: days since 1900, then 300ths of a second; SmallDateTime: the same
 * of two bytes, and minutes. */
const char *dump_moment(struct arena *arena, const char *type,
                        const struct value *digits, struct value *answer)
{
    enum { TO_1900 = -25567 };
    bool small = strcasecmp(type, "SMALLDATETIME") == 0;
    size_t half = small ? 4 : 8;
    uint32_t days, ticks;
    struct moment at = {.year = 0};
    if ((!small && strcasecmp(type, "DATETIME") != 0) ||
        digits->len != 2 * half || !read_number(digits, 0, half, &days) ||
        !read_number(digits, half, half, &ticks))
        return dump_fault(arena, "bytes are no %s that is understood here",
                          type);
    struct date date =
        clock_date((small ? (int64_t)days : (int64_t)(int32_t)days) + TO_1900);
    at.year = date.year;
    at.month = date.month;
    at.day = date.day;
    uint32_t seconds = small ? ticks * 60 : ticks / 300;
    unsigned thousandths = small ? 0 : (ticks % 300 * 10 + 1) / 3;
    at.hour = (int)(seconds / 3600);
    at.minute = (int)(seconds / 60 % 60);
    at.second = (int)(seconds % 60);
    snprintf(at.fraction, sizeof at.fraction, "%03u", thousandths % 1000);
    if (!is_moment(&at))
        return dump_fault(arena, "bytes are no %s that is understood here",
                          type);
    write_moment(arena, &at, answer);
    return NULL;
}
