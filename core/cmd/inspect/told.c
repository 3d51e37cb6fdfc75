/* told.c: a function for each fact. */
#include "told.h"

#include <ctype.h>

#include "base/number.h"

void told_place(const struct gather *gather, const struct place *place,
                struct buf *out)
{
    const char *sheet = input_sheet(gather->input, place->sheet);
    if (place->line > 0 && sheet == NULL)
        buf_puts(out, "line ");
    place_put(out, place, sheet);
}

static void put_format(const struct gather *gather, struct buf *out)
{
    const struct facts *facts = &gather->facts;
    buf_puts(out, gather->input->format->title);
    if (facts->misnamed)
        buf_addf(out, ", though its name ends in %s", facts->extension);
    if (facts->packed != NULL)
        buf_addf(out, "; the file is %s", facts->packed);
    if (gather->input->rejects_file)
        buf_puts(out, ", a corrected rejects file");
}

static void put_encoding(const struct gather *gather, struct buf *out)
{
    const struct facts *facts = &gather->facts;
    if (facts->encoding == NULL || facts->sure == NULL)
        return;
    buf_addf(out, "%s (%s)", facts->encoding, facts->sure);
}

static void put_delimiter(const struct gather *gather, struct buf *out)
{
    int delimiter = gather->facts.delimiter;
    if (delimiter == 0)
        return;
    if (delimiter == '\t')
        buf_puts(out, "tab");
    else if (isprint(delimiter))
        buf_addf(out, "'%c'", delimiter);
    else
        buf_addf(out, "0x%02X", (unsigned)delimiter);
    if (gather->facts.delimiter_guessed)
        buf_puts(out, " (guessed: most lines have as many)");
}

static void put_sheet(const struct gather *gather, unsigned at, struct buf *out)
{
    char number[NUMBER_TEXT];
    const struct facts_sheet *sheet = &gather->facts.sheets[at];
    uint64_t rows = sheet->rows;
    buf_addf(out, "%s%s", at > 0 ? ", " : "", sheet->name);
    for (unsigned i = 0; sheet->read && i < gather->input->sheet_count; i++)
        if (strcmp(gather->input->sheets[i], sheet->name) == 0 &&
            gather->sheet_rows != NULL)
            rows = gather->sheet_rows[i + 1];
    if (!sheet->table)
        buf_puts(out, " (no table)");
    else if (sheet->read || rows > 0)
        buf_addf(out, " (%s row%s%s%s)", number_text(rows, number),
                 rows == 1 ? "" : "s", sheet->read ? ", read" : "",
                 sheet->hidden ? ", hidden" : "");
    else
        buf_puts(out, sheet->hidden ? " (hidden, not read)" : " (not read)");
}

static void put_sheets(const struct gather *gather, struct buf *out)
{
    enum { SHOWN = 20 };
    unsigned count = gather->facts.sheet_count;
    for (unsigned i = 0; i < count && i < SHOWN; i++)
        put_sheet(gather, i, out);
    if (count > SHOWN)
        buf_addf(out, " and %u more", count - SHOWN);
}

static void put_header(const struct gather *gather, struct buf *out)
{
    const struct facts *facts = &gather->facts;
    unsigned count = facts->header_count;
    if (count == 0)
        buf_puts(out, "none");
    else
        buf_addf(out, "%s%s", facts->sheet_count > 0 ? "row" : "line",
                 count > 1 ? "s" : "");
    for (unsigned i = 0; i < count; i++)
        buf_addf(out, "%s%llu",
                 i == 0          ? " "
                 : i + 1 < count ? ", "
                                 : " and ",
                 (unsigned long long)facts->header[i]);
    if (facts->why != NULL)
        buf_addf(out, " (%s)", facts->why);
    if (facts->doubt != NULL)
        buf_addf(out, "; doubtful: %s", facts->doubt);
}

void told_notes(const struct gather *gather, struct buf *out)
{
    const char *notes = gather->facts.notes;
    if (notes != NULL && notes[0] == ';')
        buf_puts(out, notes + 2);
    if (gather->input->back.line > 0) {
        buf_puts(out, out->len > 0 ? "; " : "");
        told_place(gather, &gather->input->back, out);
        buf_puts(out, " and more rows are out of order");
    }
    if (gather->unended > 0)
        buf_addf(out, "%sthe last line (%llu) has no line end; is it whole?",
                 out->len > 0 ? "; " : "", (unsigned long long)gather->unended);
}

static void put_rows(const struct gather *gather, struct buf *out)
{
    char number[NUMBER_TEXT];
    buf_puts(out, number_text(gather->rows, number));
    if (gather->limited)
        buf_puts(out, ", and no more were read (--limit)");
    if (gather->faults == 0)
        return;
    buf_addf(out, ", of which %s cannot be used; the first is ",
             number_text(gather->faults, number));
    told_place(gather, &gather->first_fault, out);
    buf_addf(out, ": %s", gather->fault);
}

static void put_left_out(const struct gather *gather, struct buf *out)
{
    left_out_put(&gather->left, gather->input->sheets, out);
}

static void put_key(const struct gather *gather, struct buf *out)
{
    if (gather->key == GATHER_NO_KEY)
        return;
    unsigned column = gather->key_columns[gather->key];
    buf_puts(out, gather->input->columns.all[column].name);
    if (gather->keys[gather->key].missed > 0)
        buf_addf(out, " (repeats are found among the first %d)", KEYS_MAX);
}

const struct told told_facts[] = {
    {"Format", put_format},       {"Encoding", put_encoding},
    {"Delimiter", put_delimiter}, {"Sheets", put_sheets},
    {"Header", put_header},       {"Rows", put_rows},
    {"Left out", put_left_out},   {"Key", put_key},
    {"Note", told_notes},         {NULL, NULL},
};
