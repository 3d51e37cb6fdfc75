/* stored.c: what the text of a cell means. A date is stored as a date and a
 * time, whichever of them people see. */
#include "stored.h"

#include <string.h>

#include "base/ascii.h"

static const char *const names[] = {
    [STORED_STRING] = "String", [STORED_NUMBER] = "Number",
    [STORED_DATE] = "DateTime", [STORED_TRUTH] = "Boolean",
    [STORED_ERROR] = "Error",
};

enum stored_type stored_type_of(const char *name)
{
    enum { COUNT = sizeof names / sizeof *names };
    for (unsigned i = 0; name != NULL && i < COUNT; i++)
        if (strcmp(names[i], name) == 0)
            return (enum stored_type)i;
    return STORED_STRING;
}

static const char *const errors[] = {"#N/A",    "#REF!", "#NAME?", "#VALUE!",
                                     "#DIV/0!", "#NUM!", "#NULL!"};

/* Its name where it is a known one, or NULL. */
static const char *error_name(const char *text, size_t len)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strlen(errors[i]) == len && memcmp(errors[i], text, len) == 0)
            return errors[i];
    return NULL;
}

/* `0` in the pattern stands for a digit. */
static bool fits(const char *text, size_t len, const char *pattern)
{
    size_t size = strlen(pattern);
    for (size_t i = 0; i < size && size <= len; i++)
        if (pattern[i] == '0' ? !ascii_digit(text[i]) : text[i] != pattern[i])
            return false;
    return size <= len;
}

enum { DAY = 10, SECOND = 19 };

static int digits(const char *at, unsigned count)
{
    int number = 0;
    for (unsigned i = 0; i < count; i++)
        number = number * 10 + (at[i] - '0');
    return number;
}

/* Days since 1899-12-31, as Excel counts them. */
static double serial_of(const char *text)
{
    int year = digits(text, 4), month = digits(text + 5, 2);
    int day = digits(text + 8, 2);
    int from = year - (month < 3);
    int shifted = (month + 9) % 12;
    int days = 365 * from + from / 4 - from / 100 + from / 400 +
               (153 * shifted + 2) / 5 + day - 1;
    enum { EPOCH = 693900 }; /* of 1899-12-31, counted so */
    int serial = days - EPOCH;
    if (serial >= 60)
        serial++; /* 1900-02-29, which Excel believes in */
    return serial + (digits(text + 11, 2) * 3600 + digits(text + 14, 2) * 60 +
                     digits(text + 17, 2)) /
                        86400.0;
}

static void end_text(struct lines *lines, size_t from, size_t len)
{
    const struct value text = value_text("", 0);
    char *at = lines_cell_text(lines);
    memmove(at, at + from, len);
    lines->text.len = (size_t)(at - lines->text.at) + len;
    lines_cell_value(lines, &text);
}

static void put_value(struct lines *lines, const struct value *value)
{
    bool has_text = value->type == VALUE_TEXT || value->type == VALUE_DECIMAL;
    lines->text.len -= lines_cell_len(lines);
    if (has_text)
        buf_add(&lines->text, value->text, value->len);
    lines_cell_value(lines, value);
}

static void end_duration(const struct stored *stored, struct lines *lines,
                         const char *text)
{
    char out[SHOWN_MAX];
    size_t len = shown_serial(serial_of(text), stored->shown, false, out);
    const struct value value = value_text(out, len);
    put_value(lines, &value);
}

/* Of one that is shown as any number would be, midnight is no time. */
static void end_date(const struct stored *stored, struct lines *lines)
{
    const char *text = lines_cell_text(lines);
    size_t len = lines_cell_len(lines);
    unsigned kind = stored->shown.kind;
    if (!fits(text, len, "0000-00-00T00:00:00"))
        end_text(lines, 0, len);
    else if (kind == SHOWN_DURATION)
        end_duration(stored, lines, text);
    else if (kind == SHOWN_TIME)
        end_text(lines, DAY + 1, SECOND - DAY - 1);
    else if (kind == SHOWN_DATE ||
             (kind != SHOWN_DATETIME &&
              memcmp(text + DAY, "T00:00:00", SECOND - DAY) == 0))
        end_text(lines, 0, DAY);
    else
        end_text(lines, 0, SECOND);
}

static bool is_number(struct lines *lines)
{
    char digits[SHOWN_MAX];
    bool integer;
    return shown_digits(lines_cell_text(lines), lines_cell_len(lines), digits,
                        &integer) > 0;
}

static void end_number(const struct stored *stored, struct lines *lines,
                       struct arena *arena)
{
    arena_reset(arena);
    const struct value value =
        shown_text_value(lines_cell_text(lines), lines_cell_len(lines),
                         stored->shown, stored->from_1904, arena);
    if (value.type == VALUE_TEXT && !is_number(lines))
        lines_doubt_value(lines, stored->column, &sheet_mistyped, NULL);
    put_value(lines, &value);
}

static void end_truth(const struct stored *stored, struct lines *lines)
{
    const char *text = lines_cell_text(lines);
    size_t len = lines_cell_len(lines);
    struct value value = {.type = VALUE_BOOL};
    value.truth = len == 1 && text[0] == '1';
    if (len == 1 && (text[0] == '0' || text[0] == '1'))
        put_value(lines, &value);
    else {
        lines_doubt_value(lines, stored->column, &sheet_mistyped, NULL);
        end_text(lines, 0, len);
    }
}

static void end_error(const struct stored *stored, struct lines *lines)
{
    lines_doubt_value(
        lines, stored->column, &sheet_error,
        error_name(lines_cell_text(lines), lines_cell_len(lines)));
    lines->text.len -= lines_cell_len(lines);
    lines_cell_end(lines);
}

void stored_end(const struct stored *stored, struct lines *lines,
                struct arena *arena)
{
    switch (stored->type) {
    case STORED_NUMBER:
        end_number(stored, lines, arena);
        break;
    case STORED_DATE:
        end_date(stored, lines);
        break;
    case STORED_TRUTH:
        end_truth(stored, lines);
        break;
    case STORED_ERROR:
        end_error(stored, lines);
        break;
    default:
        lines_cell_end(lines);
        break;
    }
}
