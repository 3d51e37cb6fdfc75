/* sheet.c: what stands before the rows is read whole, the rows as they come,
 * and what stands behind them only to see that the part is sound.
 *
 * Where the text shows late that it is not plain, it is opened again and heard,
 * and as many rows are passed over as were given. */
#include "sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cut.h"
#include "tag.h"

static bool refuse(const struct xlsx_sheet *sheet, struct err *err,
                   const char *why)
{
    return err_set(err, EXIT_INPUT, "sheet \"%s\": after %lu rows: %s",
                   sheet->book->sheets[sheet->sheet].name,
                   (unsigned long)sheet->rows, why);
}

/* A row, or what stands before all. */
static bool refuse_long(const struct xlsx_sheet *sheet, struct err *err)
{
    char why[128];
    snprintf(why, sizeof why, "a row " XLSX_TOO_LONG, sheet->book->longest);
    return refuse(sheet, err, why);
}

/* More text, behind what was not given yet. *more: there was some. */
bool xlsx_sheet_more(struct xlsx_sheet *sheet, bool *more, struct err *err)
{
    struct buf *text = &sheet->text;
    size_t left = text->len - sheet->taken;
    if (left > sheet->book->longest)
        return refuse_long(sheet, err);
    if (sheet->taken > 0)
        memmove(text->at, text->at + sheet->taken, left);
    sheet->looked -=
        sheet->looked > sheet->taken ? sheet->taken : sheet->looked;
    sheet->taken = 0;
    text->len = left;
    if (!xlsx_plain_read(sheet->plain, text,
                         xlsx_plain_want(left, sheet->book->longest), err))
        return false;
    *more = text->len > left;
    return true;
}

static unsigned number(const char *text, size_t len)
{
    unsigned sum = 0;
    for (size_t i = 0; i < len && sum <= 100000; i++)
        sum = sum * 10 + (unsigned)(text[i] - '0') % 10;
    return sum;
}

static void add_hidden(struct xlsx_sheet *sheet, struct xlsx_tag *tag)
{
    struct xlsx_attribute attribute;
    unsigned min = 0, max = 0;
    bool hidden = false;
    while (xlsx_tag_attribute(tag, &attribute)) {
        if (xlsx_is(attribute.name, attribute.len, "min"))
            min = number(attribute.value, attribute.value_len);
        else if (xlsx_is(attribute.name, attribute.len, "max"))
            max = number(attribute.value, attribute.value_len);
        else if (xlsx_is(attribute.name, attribute.len, "hidden"))
            hidden = xlsx_is_true(attribute.value, attribute.value_len);
    }
    if (hidden && min > 0)
        hidden_add(&sheet->hidden, min - 1, max > min ? max - 1 : min - 1);
}

static void read_columns(struct xlsx_sheet *sheet, size_t len)
{
    struct xlsx_tag tag;
    const char *at = sheet->text.at, *end = at + len;
    while ((at = xlsx_tag_next(at, end, &tag)) != NULL)
        if (xlsx_tag_opens(&tag, "col"))
            add_hidden(sheet, &tag);
}

/* Reads to the tag of the rows; *odd: the head is not plain. A sheet without
 * that tag has no rows. */
static bool read_head(struct xlsx_sheet *sheet, bool *odd, struct err *err)
{
    static const char rows[] = "<sheetData";
    struct buf *text = &sheet->text;
    struct xlsx_tag tag;
    const char *after = NULL;
    size_t at = 0;
    bool more = true;
    while (after == NULL && more) {
        if (!xlsx_sheet_more(sheet, &more, err))
            return false;
        at = xlsx_cut_find(text->at, text->len, 0, rows);
        if (at < text->len)
            after = xlsx_tag_next(text->at + at, text->at + text->len, &tag);
    }
    *odd = !xlsx_plain_heard(sheet->plain) && xlsx_plain_is_odd(text->at, at);
    read_columns(sheet, at);
    sheet->over = after == NULL || tag.empty;
    sheet->taken = sheet->looked =
        after != NULL ? (size_t)(after - text->at) : text->len;
    return true;
}

static void reset(struct xlsx_sheet *sheet)
{
    xlsx_plain_close(sheet->plain);
    sheet->plain = NULL;
    buf_clear(&sheet->text);
    sheet->taken = sheet->looked = 0;
    sheet->rows = 0;
    sheet->hidden = (struct hidden){0};
}

static bool start(struct xlsx_sheet *sheet, bool heard, bool *odd,
                  struct err *err)
{
    int part = xlsx_book_part(sheet->book, sheet->sheet, err);
    reset(sheet);
    if (part < 0)
        return false;
    sheet->plain =
        xlsx_plain_open(sheet->book->zip, (unsigned)part, heard, err);
    return sheet->plain != NULL && read_head(sheet, odd, err);
}

bool xlsx_sheet_open(struct xlsx_sheet *sheet, const struct xlsx_book *book,
                     unsigned number, struct err *err)
{
    bool odd;
    *sheet = (struct xlsx_sheet){.book = book, .sheet = number};
    return start(sheet, false, &odd, err) &&
           (!odd || start(sheet, true, &odd, err));
}

void xlsx_sheet_close(struct xlsx_sheet *sheet)
{
    xlsx_plain_close(sheet->plain);
    buf_release(&sheet->text);
    *sheet = (struct xlsx_sheet){0};
}

/* The next mark that is in view or comes into it. */
static bool find_mark(struct xlsx_sheet *sheet, enum xlsx_mark *mark,
                      struct err *err)
{
    struct buf *text = &sheet->text;
    bool more = true;
    for (;;) {
        *mark = xlsx_cut(text->at, text->len, sheet->looked, &sheet->looked);
        if (*mark != XLSX_NONE)
            return true;
        if (!xlsx_sheet_more(sheet, &more, err))
            return false;
        if (!more)
            return refuse(sheet, err, "the sheet ends within its rows");
    }
}

/* What follows the rows is of no use here. */
static bool drain(struct xlsx_sheet *sheet, struct err *err)
{
    sheet->over = true;
    do {
        buf_clear(&sheet->text);
        if (!xlsx_plain_read(sheet->plain, &sheet->text, xlsx_plain_step, err))
            return false;
    } while (sheet->text.len > 0);
    sheet->taken = sheet->looked = 0;
    return true;
}

static enum step next_row(struct xlsx_sheet *sheet, const char **row,
                          size_t *len, bool *odd, struct err *err)
{
    enum xlsx_mark mark;
    if (sheet->over)
        return STEP_END;
    if (!find_mark(sheet, &mark, err))
        return STEP_FAIL;
    *odd = mark == XLSX_ODD;
    if (*odd)
        return STEP_ITEM;
    if (mark == XLSX_END)
        return drain(sheet, err) ? STEP_END : STEP_FAIL;
    sheet->taken = sheet->looked++;
    if (!find_mark(sheet, &mark, err))
        return STEP_FAIL;
    *odd = mark == XLSX_ODD;
    *row = sheet->text.at + sheet->taken;
    *len = sheet->looked - sheet->taken;
    if (!*odd) {
        sheet->taken = sheet->looked;
        sheet->rows++;
    }
    return STEP_ITEM;
}

/* From the beginning, heard, to behind the rows that were given. */
bool xlsx_sheet_again(struct xlsx_sheet *sheet, struct err *err)
{
    uint64_t given = sheet->rows;
    const char *row;
    size_t len;
    bool odd = false;
    enum step step = STEP_ITEM;
    if (!start(sheet, true, &odd, err))
        return false;
    while (step == STEP_ITEM && sheet->rows < given)
        step = next_row(sheet, &row, &len, &odd, err);
    return step == STEP_ITEM ||
           (step == STEP_END && refuse(sheet, err, "its XML is damaged"));
}

enum step xlsx_sheet_next(struct xlsx_sheet *sheet, const char **row,
                          size_t *len, struct err *err)
{
    bool odd = false;
    enum step step = next_row(sheet, row, len, &odd, err);
    if (step != STEP_ITEM || !odd)
        return step;
    if (!xlsx_sheet_again(sheet, err))
        return STEP_FAIL;
    return next_row(sheet, row, len, &odd, err);
}
