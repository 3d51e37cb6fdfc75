/* cell.c: a cell's type says how its text is meant. */
#include "cell.h"

#include <string.h>

#include "base/ascii.h"
#include "base/scan.h"
#include "letters.h"
#include "tag.h"

static const struct value blank = {.text = "", .type = VALUE_TEXT};

enum xlsx_cell_type xlsx_cell_type(const char *name, size_t len)
{
    static const struct {
        const char *name;
        enum xlsx_cell_type type;
    } all[] = {
        {"s", XLSX_SHARED}, {"n", XLSX_NUMBER},         {"str", XLSX_TEXT},
        {"b", XLSX_TRUTH},  {"inlineStr", XLSX_INLINE}, {"e", XLSX_ERROR},
        {"d", XLSX_DATE},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (xlsx_is(name, len, all[i].name))
            return all[i].type;
    return XLSX_UNKNOWN;
}

int xlsx_cell_column(const char *reference, size_t len)
{
    enum { LETTERS = 26, MOST = 16384 };
    int column = 0;
    size_t i = 0;
    for (; i < len && ascii_letter(reference[i]) && column <= MOST; i++)
        column = column * LETTERS + (ascii_lower(reference[i]) - 'a' + 1);
    return i > 0 && column <= MOST ? column - 1 : -1;
}

/* `flags` are those of a scan. */
static struct value ready_text(const char *text, size_t len, unsigned flags,
                               bool *ready)
{
    struct value value = value_text(text, len);
    value.flags = (uint8_t)(flags & (VALUE_WIDE | VALUE_SPECIAL));
    *ready = xlsx_letters_ready(text, len, flags);
    return value;
}

bool xlsx_cell_plain(const char *text, size_t len, struct value *value,
                     bool *ready)
{
    unsigned flags;
    if (!xlsx_letters_plain(text, len, &flags))
        return false;
    *value = ready_text(text, len, flags, ready);
    value->flags |= VALUE_TIGHT;
    return true;
}

/* A text that is no longer than what it is copied from. */
static struct value keep_text(struct arena *arena, const char *text, size_t len,
                              struct xlsx_said *said)
{
    bool ready;
    if (len == 0)
        return blank;
    text = memcpy(arena_alloc(arena, len), text, len);
    struct value value = ready_text(text, len, scan_text(text, len), &ready);
    said->unready |= !ready;
    return value;
}

/* What XML says, in the arena where it does not stand as it is meant. */
static struct value xml_text(const char *text, size_t len, struct arena *arena,
                             struct buf *scratch, struct xlsx_said *said)
{
    struct value value;
    bool ready;
    if (len == 0)
        return blank;
    if (xlsx_cell_plain(text, len, &value, &ready)) {
        said->unready |= !ready;
        return value;
    }
    buf_clear(scratch);
    if (!xlsx_letters_put(scratch, text, len, &said->fault))
        return blank;
    return keep_text(arena, scratch->at, scratch->len, said);
}

/* The string's number, of digits alone. */
static bool read_number(const char *text, size_t len, uint32_t most,
                        uint32_t *number)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned digit = (unsigned)(text[i] - '0');
        sum = sum * 10 + digit;
        if (digit > 9 || sum >= most)
            return false;
    }
    *number = (uint32_t)sum;
    return len > 0;
}

static struct value shared_text(const char *text, size_t len,
                                const struct xlsx_book *book,
                                struct xlsx_said *said)
{
    uint32_t number;
    bool ready;
    while (len > 0 && xlsx_is_blank(text[len - 1]))
        len--;
    for (; len > 0 && xlsx_is_blank(*text); len--)
        text++;
    if (len == 0)
        return blank;
    if (!read_number(text, len, xlsx_strings_count(book->strings), &number)) {
        said->fault = "a cell names a shared string that there is none of";
        return blank;
    }
    struct value value = xlsx_strings_at(book->strings, number, &ready);
    said->unready |= !ready;
    return value;
}

/* Could it be a number? What is none of these is text. */
static bool is_numeric(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!ascii_digit(text[i]) && strchr("+-.eE \t\r\n", text[i]) == NULL)
            return false;
    return len > 0 && memchr(text, '\0', len) == NULL;
}

static bool all_digits(const char *text, const char *form)
{
    for (; *form != '\0'; text++, form++)
        if (*form == '0' ? !ascii_digit(*text) : *text != *form)
            return false;
    return true;
}

/* An ISO 8601 date as others show it: without parts of a second, and without
 * a midnight that its format does not show. */
static struct value iso_date(struct value text, struct shown shown)
{
    enum { DAY = 10, MINUTE = 16, SECOND = 19, TIME = 8 };
    const char *at = text.text;
    if (text.len >= TIME && all_digits(at, "00:00:00")) {
        text.len = TIME;
    } else if (text.len >= SECOND && all_digits(at, "0000-00-00T00:00:00")) {
        bool midnight = memcmp(at + DAY, "T00:00:00", SECOND - DAY) == 0;
        text.len = midnight && shown.kind == SHOWN_DATE ? DAY : SECOND;
    }
    return text;
}

/* Text where there should be another kind of value. */
static struct value mistyped(struct value text, struct xlsx_said *said)
{
    said->doubt = &sheet_mistyped;
    said->about = text;
    return text;
}

static struct value truth_of(struct value text, struct xlsx_said *said)
{
    bool yes = xlsx_is(text.text, text.len, "1") ||
               xlsx_is(text.text, text.len, "true");
    if (yes || xlsx_is(text.text, text.len, "0") ||
        xlsx_is(text.text, text.len, "false"))
        return (struct value){.truth = yes, .type = VALUE_BOOL};
    return mistyped(text, said);
}

static struct value error_of(struct value text, struct xlsx_said *said)
{
    said->doubt = &sheet_error;
    said->about = text;
    return blank;
}

static bool is_blank(const char *text, size_t len)
{
    while (len > 0 && xlsx_is_blank(text[len - 1]))
        len--;
    return len == 0;
}

static struct value number_of(const struct xlsx_cell *cell,
                              const struct xlsx_book *book, struct arena *arena,
                              struct buf *scratch, struct xlsx_said *said)
{
    const char *text = cell->text;
    if (is_blank(text, cell->len))
        return blank;
    if (!is_numeric(text, cell->len))
        return mistyped(xml_text(text, cell->len, arena, scratch, said), said);
    struct value value = shown_text_value(
        text, cell->len, xlsx_styles_at(&book->styles, cell->style),
        book->from_1904, arena);
    bool none = value.type == VALUE_TEXT && value.flags != 0;
    return none ? mistyped(value, said) : value;
}

struct value xlsx_cell_value(const struct xlsx_cell *cell,
                             const struct xlsx_book *book, struct arena *arena,
                             struct buf *scratch, struct xlsx_said *said)
{
    struct value text;
    if (cell->has_inline && cell->len == 0)
        return keep_text(arena, cell->inline_text->at, cell->inline_text->len,
                         said);
    if (cell->len == 0 && cell->formula && cell->type != XLSX_TEXT)
        said->doubt = &sheet_no_result;
    if (cell->len == 0)
        return blank;
    if (cell->type == XLSX_NUMBER)
        return number_of(cell, book, arena, scratch, said);
    if (cell->type == XLSX_SHARED)
        return shared_text(cell->text, cell->len, book, said);
    text = xml_text(cell->text, cell->len, arena, scratch, said);
    switch (cell->type) {
    case XLSX_TRUTH:
        return truth_of(text, said);
    case XLSX_ERROR:
        return error_of(text, said);
    case XLSX_DATE:
        return iso_date(text, xlsx_styles_at(&book->styles, cell->style));
    case XLSX_UNKNOWN:
        said->fault = "a cell of a type that there is none of";
        return text;
    default:
        return text;
    }
}
