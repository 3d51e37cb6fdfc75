/* format.h: a number format of a spreadsheet, as far as it tells what people
 * saw: a date, a time, a number with leading zeros, or any number.
 *
 * From ECMA-376 part 1, 18.8.30 and 18.8.31. Pure; any thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_SHEET_FORMAT_H
#define FASTSYNC_DECODE_WORKBOOK_SHEET_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum shown_kind {
    SHOWN_NUMBER,   /* its digits */
    SHOWN_TEXT,     /* "@": the number as General would show it, as text */
    SHOWN_ZEROS,    /* an integer of at least `digits` digits, with the literals
                       around it left out: 0000000000 */
    SHOWN_DATE,     /* 2024-02-29 */
    SHOWN_TIME,     /* 13:05:00 */
    SHOWN_DATETIME, /* 2024-02-29T13:05:00 */
    SHOWN_DURATION, /* [h]:mm: 26:30:00 */
};

struct shown {
    uint8_t kind;   /* enum shown_kind */
    uint8_t digits; /* of SHOWN_ZEROS */
};

/* A format's code, UTF-8: `dd/mm/yyyy`, `[$-1010000]d/m/yy`, `"ngày" d`. Only
 * its first section counts. */
struct shown shown_of_code(const char *code, size_t len);
/* A built-in one by its number, also those of Asian locales; a number that
 * nobody has is SHOWN_NUMBER. */
struct shown shown_built_in(unsigned id);

/* The most bytes that shown_number and shown_serial write. */
enum { SHOWN_MAX = 400 };

/* A number as people see it: an integer with all its digits, without exponent
 * and ".0"; a fraction as the shortest decimal of at most 15 significant digits
 * that Excel shows (0.1+0.2 is 0.3), without exponent. Returns the bytes
 * written to `out`; *integer: an int64_t prints just these digits. */
size_t shown_number(double number, char *out, bool *integer);
/* The same of a number's text in a file ("1.0", "4.27E-07", "00123",
 * "0.30000000000000004"): integers are exact to all digits that the text has.
 * 0: it is no number. */
size_t shown_digits(const char *text, size_t len, char *out, bool *integer);

/* A serial date as ISO 8601 by `shown` (a date, time, datetime or duration);
 * `from_1904`: the workbook counts from 1904. Rounded to the second; a
 * datetime whose time is midnight in a column of dates is a date only where
 * its format has no time. 1900-02-29, which Excel believes in, is 60.
 * 0: there is no such date (negative, beyond 9999): the number is meant. */
size_t shown_serial(double serial, struct shown shown, bool from_1904,
                    char *out);

/* The value of a cell of this format: text for dates, zeros and "@"; an
 * integer or a decimal else. `out` has SHOWN_MAX bytes, or the arena keeps. */
struct arena;
struct value;
struct value shown_value(double number, struct shown shown, bool from_1904,
                         struct arena *arena);
/* The same of a number's text, which may be exact beyond a double. */
struct value shown_text_value(const char *text, size_t len, struct shown shown,
                              bool from_1904, struct arena *arena);

#endif
