/* json.c: the same facts as on the screen, all of them, with exact numbers. */
#include "json.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>

#include "base/json.h"
#include "paste.h"
#include "told.h"

static void put_name(struct buf *out, const char *name)
{
    if (out->len > 0 && strchr("{[:", out->at[out->len - 1]) == NULL)
        buf_putc(out, ',');
    json_cstring(out, name);
    buf_putc(out, ':');
}

static void put_text(struct buf *out, const char *name, const char *text)
{
    put_name(out, name);
    json_cstring(out, text);
}

static void put_number(struct buf *out, const char *name, uint64_t number)
{
    put_name(out, name);
    buf_number(out, number);
}

static void put_truth(struct buf *out, const char *name, bool truth)
{
    put_name(out, name);
    buf_puts(out, truth ? "true" : "false");
}

static void put_place(struct buf *out, const struct gather *gather,
                      const struct place *place)
{
    const char *sheet = input_sheet(gather->input, place->sheet);
    if (sheet != NULL)
        put_text(out, "sheet", sheet);
    put_number(out, place->line > 0 ? "line" : "index",
               place->line > 0 ? place->line : place->index);
}

static void put_comma(struct buf *out, unsigned i)
{
    if (i > 0)
        buf_putc(out, ',');
}

static void put_header(struct buf *out, const struct facts *facts)
{
    put_name(out, "header");
    buf_puts(out, "{\"lines\":[");
    for (unsigned i = 0; i < facts->header_count; i++) {
        put_comma(out, i);
        buf_number(out, facts->header[i]);
    }
    buf_putc(out, ']');
    put_text(out, "why", facts->why);
    put_text(out, "doubt", facts->doubt);
    buf_putc(out, '}');
}

static uint64_t rows_of(const struct gather *gather,
                        const struct facts_sheet *sheet)
{
    const struct input *input = gather->input;
    for (unsigned i = 0; sheet->read && i < input->sheet_count; i++)
        if (strcmp(input->sheets[i], sheet->name) == 0 &&
            gather->sheet_rows != NULL)
            return gather->sheet_rows[i + 1];
    return sheet->rows;
}

static void put_sheets(struct buf *out, const struct gather *gather)
{
    if (gather->facts.sheet_count == 0)
        return;
    put_name(out, "sheets");
    buf_putc(out, '[');
    for (unsigned i = 0; i < gather->facts.sheet_count; i++) {
        const struct facts_sheet *sheet = &gather->facts.sheets[i];
        put_comma(out, i);
        buf_putc(out, '{');
        put_text(out, "name", sheet->name);
        put_truth(out, "table", sheet->table);
        put_truth(out, "hidden", sheet->hidden);
        put_truth(out, "read", sheet->read);
        if (sheet->read || rows_of(gather, sheet) > 0)
            put_number(out, "rows", rows_of(gather, sheet));
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

static void put_facts(struct buf *out, const struct gather *gather)
{
    const struct facts *facts = &gather->facts;
    const char delimiter[] = {(char)facts->delimiter, '\0'};
    put_text(out, "path", gather->input->path);
    put_text(out, "format", gather->input->format->name);
    put_text(out, "title", gather->input->format->title);
    put_text(out, "packed", facts->packed);
    put_text(out, "extension", facts->extension);
    put_truth(out, "misnamed", facts->misnamed);
    put_text(out, "encoding", facts->encoding);
    put_text(out, "encoding_sure", facts->sure);
    put_text(out, "delimiter", facts->delimiter != 0 ? delimiter : NULL);
    put_truth(out, "delimiter_guessed", facts->delimiter_guessed);
    put_truth(out, "rejects_file", gather->input->rejects_file);
    put_header(out, facts);
    put_sheets(out, gather);
}

static void put_rows(struct buf *out, const struct gather *gather)
{
    put_number(out, "rows", gather->rows);
    put_truth(out, "limited", gather->limited);
    put_number(out, "faults", gather->faults);
    if (gather->faults > 0) {
        put_name(out, "first_fault");
        buf_putc(out, '{');
        put_place(out, gather, &gather->first_fault);
        put_text(out, "text", gather->fault);
        buf_putc(out, '}');
    }
    buf_putc(out, ',');
    left_out_json(&gather->left, out);
    if (gather->unended > 0)
        put_number(out, "unended", gather->unended);
    struct buf notes = {0};
    told_notes(gather, &notes);
    put_text(out, "notes", notes.len > 0 ? buf_text(&notes) : NULL);
    buf_release(&notes);
}

static void put_value(struct buf *out, const char *name,
                      const struct profile_text *text)
{
    put_name(out, name);
    buf_putc(out, '{');
    put_number(out, "length", text->units);
    put_text(out, "text", text->text);
    buf_putc(out, '}');
}

static void put_profile(struct buf *out, const struct profile *profile)
{
    bool exact;
    uint64_t different = profile_distinct(profile, &exact);
    put_number(out, "filled", profile->filled);
    put_number(out, "blank", profile->blank);
    put_text(out, "type", profile_type(profile));
    put_number(out, "typed", profile->typed);
    put_number(out, "distinct", different);
    put_truth(out, "distinct_exact", exact);
    if (profile->filled > 0) {
        put_value(out, "shortest", &profile->shortest);
        put_value(out, "longest", &profile->longest);
    }
    put_name(out, "samples");
    buf_putc(out, '[');
    for (unsigned i = 0; i < profile->sample_count; i++) {
        put_comma(out, i);
        json_cstring(out, profile->samples[i].text);
    }
    buf_putc(out, ']');
}

static void put_columns(struct buf *out, const struct gather *gather)
{
    put_name(out, "columns");
    buf_putc(out, '[');
    for (unsigned i = 0; i < gather->count; i++) {
        const struct gather_column *column = &gather->columns[i];
        const char *look = look_name(column->look);
        put_comma(out, i);
        buf_putc(out, '{');
        put_text(out, "name", gather->input->columns.all[i].name);
        put_profile(out, &column->profile);
        put_text(out, "looks", look[0] != '\0' ? look : NULL);
        buf_putc(out, '}');
    }
    buf_putc(out, ']');
}

static void put_sign(struct buf *out, const struct gather *gather,
                     unsigned kind, unsigned column, const struct sign *sign)
{
    const struct columns *columns = &gather->input->columns;
    if (out->at[out->len - 1] != '[')
        buf_putc(out, ',');
    buf_putc(out, '{');
    put_text(out, "kind", sign_name(kind));
    put_text(out, "column",
             column < gather->count ? columns->all[column].name : NULL);
    put_number(out, "count", sign->count);
    put_place(out, gather, &sign->first);
    put_text(out, "value", sign->excerpt);
    put_text(out, "text", sign->text);
    buf_putc(out, '}');
}

static void put_signs(struct buf *out, const struct gather *gather)
{
    put_name(out, "wrong");
    buf_putc(out, '[');
    for (unsigned kind = 0; kind < SIGN_KINDS; kind++)
        for (unsigned i = 0; i <= gather->count; i++) {
            const struct sign *sign = signs_find(&gather->signs, kind, i);
            if (sign != NULL)
                put_sign(out, gather, kind, i, sign);
        }
    buf_putc(out, ']');
}

/* No line of a source is so long. */
enum { WIDE = INT_MAX };

struct fields {
    const struct gather *gather;
    struct buf *out;
};

static void take_field(void *taken, const char *field, unsigned column)
{
    const struct fields *fields = taken;
    put_text(fields->out, field,
             fields->gather->input->columns.all[column].name);
}

static void take_missing(void *taken, const char *field)
{
    struct buf *out = taken;
    if (out->at[out->len - 1] != '[')
        buf_putc(out, ',');
    json_cstring(out, field);
}

static void put_paste(struct buf *out, const struct gather *gather)
{
    struct buf text = {0};
    struct paste paste;
    char *const path = gather->input->spec.path;
    struct fields fields = {gather, out};
    paste_make(gather, &paste);
    if (gather->key != GATHER_NO_KEY) {
        unsigned key = gather->key_columns[gather->key];
        put_text(out, "key", gather->input->columns.all[key].name);
        put_truth(out, "key_exact", gather->keys[gather->key].missed == 0);
    }
    paste_source(&paste, &path, 1, WIDE, &text);
    put_text(out, "source", buf_text(&text));
    put_name(out, "fields");
    buf_putc(out, '{');
    paste_fields(gather, take_field, &fields);
    buf_putc(out, '}');
    put_name(out, "missing");
    buf_putc(out, '[');
    paste_missing(gather, take_missing, out);
    buf_putc(out, ']');
    buf_clear(&text);
    if (paste.fields.len > 0)
        paste_put(&paste, &path, 1, WIDE, &text);
    put_text(out, "mapping", text.len > 0 ? buf_text(&text) : NULL);
    buf_release(&text);
    paste_release(&paste);
}

void inspect_json(const struct gather *gather, struct buf *out)
{
    buf_puts(out, "{\"command\":\"inspect\"");
    put_facts(out, gather);
    put_rows(out, gather);
    put_columns(out, gather);
    put_signs(out, gather);
    put_paste(out, gather);
    buf_puts(out, "}\n");
}

void inspect_json_error(const char *path, const char *error, struct buf *out)
{
    buf_puts(out, "{\"command\":\"inspect\"");
    put_text(out, "path", path);
    put_text(out, "error", error);
    buf_puts(out, "}\n");
}
