/* cell.c: what a cell is said to be, and what was seen of it.
 *
 * A number's digits come from its value, as what is seen is often rounded or
 * grouped; but zeros in front of them are seen only. Dates and times are ISO
 * 8601 already. Text is what was seen. */
#include "cell.h"

#include <string.h>

#include "base/ascii.h"
#include "decode/workbook/sheet/format.h"
#include "moment.h"

enum { COUNT_MAX = 1 << 30 };

uint32_t ods_count(const char *text)
{
    uint32_t count = 0;
    for (; ascii_digit(*text) && count < COUNT_MAX / 10; text++)
        count = count * 10 + (uint32_t)(*text - '0');
    if (ascii_digit(*text))
        return COUNT_MAX;
    return count > 0 ? count : 1;
}

static enum ods_type type_of(const char *name)
{
    static const struct {
        const char *name;
        enum ods_type type;
    } types[] = {
        {"string", ODS_TEXT},     {"float", ODS_NUMBER},
        {"date", ODS_DATE},       {"boolean", ODS_BOOL},
        {"currency", ODS_NUMBER}, {"percentage", ODS_NUMBER},
        {"time", ODS_TIME},       {"error", ODS_ERROR},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].type;
    return ODS_NOTHING;
}

/* A type stands twice where LibreOffice has written it; only it says that a
 * cell is an error, in the second one. */
static void take_type(struct ods_cell *cell, const char *value)
{
    if (cell->type == ODS_NOTHING || strcmp(value, "error") == 0)
        cell->type = type_of(value);
}

static void take_value(struct ods_cell *cell, const char *value)
{
    size_t len = strlen(value);
    buf_clear(&cell->value);
    if (len <= ODS_VALUE_MAX)
        buf_add(&cell->value, value, len);
}

static void take_said(struct ods_cell *cell, const char *value)
{
    size_t len = strlen(value);
    buf_clear(&cell->said);
    cell->too_long |= len > cell->max;
    buf_add(&cell->said, value, len > cell->max ? 0 : len);
}

static void take_formula(struct ods_cell *cell, const char *value)
{
    cell->formula = *value != '\0';
}

static void take_repeat(struct ods_cell *cell, const char *value)
{
    cell->repeat = ods_count(value);
}

static void take_columns(struct ods_cell *cell, const char *value)
{
    cell->columns = ods_count(value);
}

static void take_rows(struct ods_cell *cell, const char *value)
{
    cell->rows = ods_count(value);
}

static const struct attribute {
    const char *name;
    void (*take)(struct ods_cell *cell, const char *value);
} known[] = {
    {"value-type", take_type},
    {"value", take_value},
    {"date-value", take_value},
    {"time-value", take_value},
    {"boolean-value", take_value},
    {"string-value", take_said},
    {"formula", take_formula},
    {"number-columns-repeated", take_repeat},
    {"number-columns-spanned", take_columns},
    {"number-rows-spanned", take_rows},
};

void ods_cell_begin(struct ods_cell *cell, const char *const *attributes)
{
    cell->type = ODS_NOTHING;
    cell->formula = cell->covered = cell->too_long = cell->blank = false;
    cell->lines = 0;
    cell->repeat = cell->columns = cell->rows = 1;
    buf_clear(&cell->value);
    buf_clear(&cell->said);
    buf_clear(&cell->text);
    for (; *attributes != NULL; attributes += 2)
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (attributes[0][0] == known[i].name[0] &&
                strcmp(attributes[0], known[i].name) == 0) {
                known[i].take(cell, attributes[1]);
                break;
            }
}

void ods_cell_release(struct ods_cell *cell)
{
    buf_release(&cell->value);
    buf_release(&cell->said);
    buf_release(&cell->text);
}

void ods_cell_put(struct ods_cell *cell, char byte, uint32_t count)
{
    cell->too_long |= count > cell->max - cell->text.len;
    if (cell->too_long)
        return;
    memset(buf_reserve(&cell->text, count), byte, count);
    cell->text.len += count;
}

void ods_cell_line(struct ods_cell *cell)
{
    if (cell->lines++ > 0)
        ods_cell_put(cell, '\n', 1);
    cell->blank = false;
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

static void put(struct ods_cell *cell, const char *text, size_t len)
{
    cell->too_long |= len > cell->max - cell->text.len;
    if (!cell->too_long)
        buf_add(&cell->text, text, len);
}

/* White space is one blank, and none at a line's beginning (OpenDocument 1.3,
 * part 3, 6.1.2). */
void ods_cell_text(struct ods_cell *cell, const char *text, size_t len)
{
    const char *end = text + len;
    while (text < end && !cell->too_long) {
        const char *from = text;
        while (text < end && !is_space(*text))
            text++;
        put(cell, from, (size_t)(text - from));
        if (text == end)
            return;
        size_t has = cell->text.len;
        bool follows = has > 0 && !is_space(cell->text.at[has - 1]);
        while (text < end && is_space(*text))
            text++;
        if (follows)
            ods_cell_put(cell, ' ', 1);
    }
}

static struct value keep(struct arena *arena, const char *text, size_t len)
{
    return value_text(memcpy(arena_alloc(arena, len), text, len), len);
}

static struct value seen(const struct ods_cell *cell, struct arena *arena)
{
    const struct buf *text = cell->text.len > 0 ? &cell->text : &cell->said;
    return text->len > 0 ? keep(arena, text->at, text->len) : (struct value){0};
}

static bool is_text(const struct buf *buf, const char *text)
{
    size_t len = strlen(text);
    return buf->len == len && memcmp(buf->at, text, len) == 0;
}

/* What people saw was yes or no: some write such cells as numbers. */
static bool is_truth(const struct ods_cell *cell, struct value *value)
{
    static const char *const words[2][2] = {{"FALSE", "SAI"}, {"TRUE", "ĐÚNG"}};
    if (cell->value.len != 1 || (cell->value.at[0] | 1) != '1')
        return false;
    bool truth = cell->value.at[0] == '1';
    for (size_t i = 0; i < 2; i++)
        if (is_text(&cell->text, words[truth][i])) {
            *value = (struct value){.truth = truth, .type = VALUE_BOOL};
            return true;
        }
    return false;
}

/* The digits that were seen, where they are the number's behind zeros: 0123,
 * 0912-345-678. Of zero itself (0,00) only what has nothing between them. */
static size_t count_seen(const struct buf *text, const char *digits, size_t len)
{
    size_t count = 0, zeros = 0, first = text->len, last = 0;
    for (size_t i = 0; i < text->len; i++) {
        if (!ascii_digit(text->at[i]))
            continue;
        if (first == text->len)
            first = i;
        last = i;
        if (count == zeros && text->at[i] == '0')
            zeros++;
        else if (count - zeros >= len || digits[count - zeros] != text->at[i])
            return 0;
        count++;
    }
    bool zero = len == 1 && digits[0] == '0';
    if (zero)
        return zeros == count && last - first + 1 == count ? count : 0;
    return count - zeros == len && zeros > 0 ? count : 0;
}

static struct value number(const struct ods_cell *cell, struct arena *arena,
                           const struct sheet_doubt **doubt)
{
    char digits[SHOWN_MAX];
    bool integer;
    struct shown shown = {.kind = SHOWN_NUMBER};
    struct value value;
    if (is_truth(cell, &value))
        return value;
    size_t len =
        shown_digits(cell->value.at, cell->value.len, digits, &integer);
    if (len == 0) {
        *doubt = &sheet_mistyped;
        return seen(cell, arena);
    }
    if (cell->text.len > len && cell->text.len < UINT8_MAX &&
        memchr(cell->text.at, '0', cell->text.len) != NULL) {
        size_t sign = digits[0] == '-';
        size_t count = count_seen(&cell->text, digits + sign, len - sign);
        if (count > len - sign)
            shown =
                (struct shown){.kind = SHOWN_ZEROS, .digits = (uint8_t)count};
    }
    return shown_text_value(cell->value.at, cell->value.len, shown, false,
                            arena);
}

static struct value moment(const struct ods_cell *cell, struct arena *arena)
{
    enum { DATE = 10 };
    char out[ODS_MOMENT_MAX];
    const struct buf *value = &cell->value, *text = &cell->text;
    size_t len = value->len;
    if (cell->type == ODS_DATE && len > DATE &&
        ods_shows_date(value->at, len, text->at, text->len))
        len = DATE;
    len = (cell->type == ODS_DATE ? ods_date : ods_time)(value->at, len, out);
    return len > 0 ? keep(arena, out, len) : seen(cell, arena);
}

static bool is_error(const struct ods_cell *cell)
{
    static const char *const errors[] = {
        "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"};
    if (cell->type == ODS_ERROR)
        return true;
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (is_text(&cell->text, errors[i]))
            return true;
    return cell->text.len > 4 && memcmp(cell->text.at, "Err:", 4) == 0;
}

struct value ods_cell_value(const struct ods_cell *cell, struct arena *arena,
                            const struct sheet_doubt **doubt)
{
    enum ods_type type = cell->value.len > 0 ? cell->type : ODS_TEXT;
    *doubt = NULL;
    if (cell->formula && is_error(cell)) {
        *doubt = &sheet_error;
        return (struct value){0};
    }
    if (cell->formula && cell->type == ODS_NOTHING && cell->lines == 0)
        *doubt = &sheet_no_result;
    switch (type) {
    case ODS_NUMBER:
        return number(cell, arena, doubt);
    case ODS_DATE:
    case ODS_TIME:
        return moment(cell, arena);
    case ODS_BOOL:
        if (is_text(&cell->value, "true") || is_text(&cell->value, "false"))
            return (struct value){.truth = cell->value.at[0] == 't',
                                  .type = VALUE_BOOL};
        *doubt = &sheet_mistyped;
        return seen(cell, arena);
    default:
        return seen(cell, arena);
    }
}
