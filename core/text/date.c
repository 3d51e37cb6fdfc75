/* date.c: texts that mean a day.
 *
 * The pattern is walked beside the text: d, m and y stand for digits, all else
 * for itself. A part may have fewer digits than its letters say when something
 * other than a digit keeps it apart (1/9/2024 is dd/mm/yyyy); years have all.
 * The day must be in the calendar. A time of day after it is dropped. */
#include "answer.h"

#include <stdio.h>

enum { DAY, MONTH, YEAR, PARTS };

static unsigned char lowered(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

/* Which part a letter of the pattern stands for, or PARTS. */
static unsigned part_of(char c)
{
    switch (lowered(c)) {
    case 'd':
        return DAY;
    case 'm':
        return MONTH;
    case 'y':
        return YEAR;
    default:
        return PARTS;
    }
}

/* How often a letter of the pattern is repeated: dd, mm, yyyy. */
static size_t run_of(const struct value *pattern, size_t at)
{
    size_t len = 1;
    while (at + len < pattern->len &&
           lowered(pattern->text[at + len]) == lowered(pattern->text[at]))
        len++;
    return len;
}

/* Day, month and year once each: d or dd, m or mm, yy or yyyy. */
static bool pattern_is_good(const struct value *pattern)
{
    unsigned met[PARTS] = {0};
    for (size_t i = 0; i < pattern->len;) {
        unsigned part = part_of(pattern->text[i]);
        size_t run = part < PARTS ? run_of(pattern, i) : 1;
        if (part < PARTS &&
            (met[part]++ || (part == YEAR ? run != 2 && run != 4 : run > 2)))
            return false;
        i += run;
    }
    return met[DAY] && met[MONTH] && met[YEAR];
}

static bool is_digit(const struct value *text, size_t at)
{
    return at < text->len && (unsigned char)(text->text[at] - '0') < 10;
}

static bool is_part(const struct value *pattern, size_t at)
{
    return at < pattern->len && part_of(pattern->text[at]) < PARTS;
}

/* Reads the parts; answers the bytes of `text` taken, 0 when it does not go
 * with the pattern. */
static size_t read_parts(const struct value *text, const struct value *pattern,
                         int parts[PARTS])
{
    size_t at = 0, i = 0;
    while (i < pattern->len) {
        unsigned part = part_of(pattern->text[i]);
        if (part == PARTS) {
            if (at >= text->len || text->text[at++] != pattern->text[i++])
                return 0;
            continue;
        }
        size_t run = run_of(pattern, i), max = run < 2 ? 2 : run, len = 0;
        bool fixed =
            is_part(pattern, i + run) || (i > 0 && is_part(pattern, i - 1));
        parts[part] = 0;
        while (len < max && is_digit(text, at)) {
            parts[part] = parts[part] * 10 + (text->text[at++] - '0');
            len++;
        }
        if (len == 0 || (len < run && (fixed || part == YEAR)))
            return 0;
        if (part == YEAR && run == 2) /* as POSIX reads %y */
            parts[part] += parts[part] < 69 ? 2000 : 1900;
        i += run;
    }
    return at;
}

static bool in_calendar(const int parts[PARTS])
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = parts[YEAR], month = parts[MONTH];
    if (year < 1 || month < 1 || month > 12 || parts[DAY] < 1)
        return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return parts[DAY] <= days[month - 1] + (leap && month == 2);
}

/* A time of day: after a blank or T, digits with colons, and nothing but
 * what times are written with. */
static bool is_time(const struct value *text, size_t at)
{
    if (at == text->len)
        return true;
    char first = text->text[at++];
    if ((first != ' ' && first != 'T') || !is_digit(text, at))
        return false;
    bool colon = false;
    for (; at < text->len; at++) {
        colon |= text->text[at] == ':';
        if (!is_digit(text, at) &&
            memchr(":.,+- AaPpMmZ", text->text[at], 13) == NULL)
            return false;
    }
    return colon;
}

/* The pattern is a constant and is checked before the text is looked at
 * (text.h). */
static bool date(struct text_call *call, const struct text_args *args,
                 struct value *answer)
{
    struct value pattern, text;
    if (!text_argument(call, args, 1, &pattern))
        return false;
    if (!pattern_is_good(&pattern))
        return text_refuse(call, "date: %s is no pattern (such as dd/mm/yyyy)",
                           text_show(call, &pattern));
    if (!text_argument(call, args, 0, &text))
        return false;
    text = text_trimmed(text);
    *answer = (struct value){.type = VALUE_NIL};
    if (text.len == 0)
        return true;
    int parts[PARTS];
    size_t taken = read_parts(&text, &pattern, parts);
    if (taken == 0 || !is_time(&text, taken) || !in_calendar(parts))
        return text_refuse(call, "%s is not a date (%.*s)",
                           text_show(call, &text), (int)pattern.len,
                           pattern.text);
    char *iso = arena_alloc(call->arena, 32);
    int len = snprintf(iso, 32, "%04d-%02d-%02d", parts[YEAR], parts[MONTH],
                       parts[DAY]);
    *answer = text_part(iso, (size_t)len, 0);
    return true;
}

/* clang-format off */
const struct text_function text_date[] = {
    {.name = "date", .usage = "date(s, \"dd/mm/yyyy\")",
     .help = "a date as Fast wants it, yyyy-mm-dd",
     .answer = "string?", .shape = {ARG_TEXT, ARG_STRING}, .call = date},
    {.name = NULL},
};
/* clang-format on */
