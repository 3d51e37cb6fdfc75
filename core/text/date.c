/* date.c: texts that mean a day.
 *
 * The pattern is walked beside the text: d, m and y stand for digits, all else
 * for itself. A part may have fewer digits than its letters say when something
 * other than a digit keeps it apart (1/9/2024 is dd/mm/yyyy); years have all.
 * The day must be in the calendar. A time of day after it decides nothing,
 * unless it says in which time zone: then the day is that of the zone that the
 * options name (Vietnam's where they name none).
 *
 * A workbook's date cells arrive as yyyy-mm-dd (decode/sheet), and people type
 * texts of their own form between them. No pattern is wrong about that form:
 * what does not go with the pattern but with it is taken. */
#include "answer.h"
#include "daytime.h"

#include <stdio.h>

#include "warning.h"

#include "base/ascii.h"

enum { DAY, MONTH, YEAR, PARTS };
enum { ZONE, PIVOT }; /* options, in the order of date_options */

/* Years of two digits are of the hundred years from the pivot on (POSIX reads
 * %y with this one); Vietnam's time zone; the years that people mean. */
enum { USUAL_PIVOT = 1969, USUAL_ZONE = 7 * 60, OLD = 1800, FAR = 2200 };
enum { ROOM = 32 };

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
    return at < text->len && ascii_digit(text->text[at]);
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
        i += run;
    }
    return at;
}

static int days_of(const int parts[PARTS])
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year = parts[YEAR], month = parts[MONTH];
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (leap && month == 2);
}

static bool in_calendar(const int parts[PARTS])
{
    return parts[YEAR] >= 1 && parts[MONTH] >= 1 && parts[MONTH] <= 12 &&
           parts[DAY] >= 1 && parts[DAY] <= days_of(parts);
}

/* One day on. */
static void next_day(int parts[PARTS])
{
    if (++parts[DAY] <= days_of(parts))
        return;
    parts[DAY] = 1;
    if (++parts[MONTH] <= 12)
        return;
    parts[MONTH] = 1;
    parts[YEAR]++;
}

/* And one back. */
static void last_day(int parts[PARTS])
{
    if (--parts[DAY] >= 1)
        return;
    if (--parts[MONTH] < 1) {
        parts[MONTH] = 12;
        parts[YEAR]--;
    }
    parts[DAY] = days_of(parts);
}

/* What the options say, or what holds without them. */
struct meaning {
    int zone, pivot;
    bool pivot_said;
};

static bool read_options(struct text_call *call, const struct text_args *args,
                         struct meaning *meaning)
{
    *meaning = (struct meaning){.zone = USUAL_ZONE, .pivot = USUAL_PIVOT};
    if (args->options == NULL)
        return true;
    const struct value *zone = &args->options[ZONE];
    const struct value *pivot = &args->options[PIVOT];
    if (zone->type != VALUE_NIL &&
        (zone->type != VALUE_TEXT ||
         !daytime_zone(zone->text, zone->text + zone->len, &meaning->zone)))
        return text_refuse(call,
                           "date: zone is %s, no time zone (such as +07:00)",
                           text_show(call, zone));
    meaning->pivot_said = pivot->type != VALUE_NIL;
    if (!meaning->pivot_said)
        return true;
    if (pivot->type != VALUE_INT || pivot->integer < 1000 ||
        pivot->integer > 9000)
        return text_refuse(call,
                           "date: pivot is %s, not the first year that two "
                           "digits mean (such as 1969)",
                           text_show(call, pivot));
    meaning->pivot = (int)pivot->integer;
    return true;
}

static bool has_short_year(const struct value *pattern)
{
    size_t at = 0;
    while (part_of(pattern->text[at]) != YEAR)
        at++;
    return run_of(pattern, at) == 2;
}

/* The year that is meant by two digits. It is a guess, unless the options say
 * it. */
static void add_century(struct text_call *call, const struct meaning *meaning,
                        const struct value *text, int parts[PARTS])
{
    int given = parts[YEAR], pivot = meaning->pivot;
    parts[YEAR] = pivot + (given + 100 - pivot % 100) % 100;
    if (meaning->pivot_said)
        return;
    text_remark(call, "year %02d is taken for %d", given, parts[YEAR]);
    text_warn(call, WARNING_DATE, text,
              "%s: year %02d is taken for %d (say { pivot = %d })",
              text_show(call, text), given, parts[YEAR], USUAL_PIVOT);
}

/* The same moment in the zone that is asked for. NULL, or what is wrong. */
static const char *convert(struct text_call *call,
                           const struct meaning *meaning,
                           const struct daytime *daytime, int parts[PARTS])
{
    if (!daytime->zoned || daytime->zone == meaning->zone)
        return NULL;
    if (!daytime->time)
        return "a day in another time zone, without a time";
    int was = parts[DAY];
    int minutes = daytime->minutes - daytime->zone + meaning->zone;
    for (; minutes < 0; minutes += DAYTIME_DAY)
        last_day(parts);
    for (; minutes >= DAYTIME_DAY; minutes -= DAYTIME_DAY)
        next_day(parts);
    if (parts[DAY] != was)
        text_remark(call, "another day in the other time zone");
    return parts[YEAR] >= 1 && parts[YEAR] <= 9999 ? NULL : "no such year";
}

/* 45384 or 45384.71: a spreadsheet keeps dates so. No pattern means it, but
 * people are told where it comes from. */
static bool is_day_number(const struct value *text)
{
    size_t at = 0;
    while (is_digit(text, at))
        at++;
    return at == 5 && (at == text->len || text->text[at] == '.');
}

/* What a date cell arrives as: exactly so many digits, nothing less. */
static size_t read_cell(const struct value *text, int parts[PARTS])
{
    static const struct value form = {
        .text = "yyyy-mm-dd", .len = 10, .type = VALUE_TEXT};
    return read_parts(text, &form, parts) == form.len ? form.len : 0;
}

/* Why the parts are no day. Where a month beyond 12 would do as a day, the
 * column has dates in two orders, and others were taken without a word. */
static const char *no_such_day(struct text_call *call, const int parts[PARTS])
{
    int year = parts[YEAR], month = parts[MONTH], day = parts[DAY];
    const char *why = NULL;
    if (month > 12 && month <= 31 && day >= 1 && day <= 12)
        text_note(call, &why,
                  "there is no month %d; day and month stand the other way "
                  "round here, so dates such as 3/4 may be misread elsewhere",
                  month);
    else if (month < 1 || month > 12)
        text_note(call, &why, "there is no month %d", month);
    else
        text_note(call, &why, "there is no day %d in month %d of %d", day,
                  month, year);
    return why;
}

/* The text's parts, as a day of the zone asked for. NULL, or what is wrong. */
static const char *read_date(struct text_call *call, const struct value *text,
                             const struct value *pattern,
                             const struct meaning *meaning, int parts[PARTS])
{
    struct daytime daytime;
    size_t taken = read_parts(text, pattern, parts);
    bool short_year = taken > 0 && has_short_year(pattern);
    if (taken == 0)
        taken = read_cell(text, parts);
    if (taken == 0)
        return is_day_number(text) ? "a spreadsheet's number of a day" : "";
    const char *wrong =
        daytime_read(&daytime, text->text + taken, text->text + text->len);
    if (wrong != NULL)
        return wrong;
    if (short_year)
        add_century(call, meaning, text, parts);
    if (!in_calendar(parts))
        return no_such_day(call, parts);
    return convert(call, meaning, &daytime, parts);
}

/* Programs write 0001 and 9999 where there is no date. */
static void doubt_year(struct text_call *call, const struct value *text,
                       const int parts[PARTS])
{
    if (parts[YEAR] >= OLD && parts[YEAR] < FAR)
        return;
    text_remark(call, "an unlikely year");
    text_warn(call, WARNING_DATE, text, "%s: an unlikely year",
              text_show(call, text));
}

/* The pattern and the options are constants and are checked before the text
 * is looked at (text.h). */
static bool date(struct text_call *call, const struct text_args *args,
                 struct value *answer)
{
    struct value pattern, text;
    struct meaning meaning;
    int parts[PARTS] = {0};
    if (!text_argument(call, args, 1, &pattern))
        return false;
    if (!pattern_is_good(&pattern))
        return text_refuse(call, "date: %s is no pattern (such as dd/mm/yyyy)",
                           text_show(call, &pattern));
    if (!read_options(call, args, &meaning) ||
        !text_argument(call, args, 0, &text))
        return false;
    text = text_trimmed(text);
    *answer = (struct value){.type = VALUE_NIL};
    if (text.len == 0)
        return true;
    const char *wrong = read_date(call, &text, &pattern, &meaning, parts);
    if (wrong != NULL)
        return text_refuse(call, "%s is not a date (%.*s)%s%s",
                           text_show(call, &text), (int)pattern.len,
                           pattern.text, *wrong != '\0' ? ": " : "", wrong);
    doubt_year(call, &text, parts);
    char *iso = arena_alloc(call->arena, ROOM);
    int len = snprintf(iso, ROOM, "%04d-%02d-%02d", parts[YEAR], parts[MONTH],
                       parts[DAY]);
    *answer = text_part(iso, (size_t)len, 0);
    return true;
}

/* clang-format off */
static const char *const date_options[] = {"zone", "pivot", NULL};

const struct text_function text_date[] = {
    {.name = "date", .usage = "date(s, \"dd/mm/yyyy\", { zone = \"+07:00\" })",
     .help = "a date as Fast wants it, yyyy-mm-dd, and a remark; one that is "
             "so already, as a workbook's date cell, is taken too; a time in "
             "another zone is converted to zone (+07:00); pivot is the first "
             "year that two digits mean (1969)",
     .answer = "string?, string?",
     .shape = {ARG_TEXT, ARG_STRING, ARG_OPTIONS | ARG_OPTIONAL},
     .call = date, .options = date_options, .remark = true},
    {.name = NULL},
};
/* clang-format on */
