/* check.c: the server's own view of records. It shares the form tables with
 * the client and nothing else: text is counted, blanks are found and types are
 * told here anew, so that a mistake of the encoder's meets a second opinion.
 * Keys are taken exactly as they go over the wire. */
#include "check.h"

#include <stdlib.h>

#include "base/case.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"

/* A walk over the records of one array; `why` is filled by the first
 * complaint, which ends it. */
struct check {
    const struct form *form;
    struct json_reader reader;
    struct fast_records *records;
    struct buf *why;
    bool seen[FORM_MAX_FIELDS]; /* in this record */
};

static bool complain(struct check *check, const char *field, const char *format,
                     ...) __attribute__((format(printf, 3, 4)));

static bool complain(struct check *check, const char *field, const char *format,
                     ...)
{
    buf_addf(check->why, "data[%zu]%s%s: ", check->records->count,
             field != NULL ? "." : "", field != NULL ? field : "");
    va_list args;
    va_start(args, format);
    buf_vaddf(check->why, format, args);
    va_end(args);
    return false;
}

/* UTF-16 code units: one for every first byte, two where four bytes make a
 * code point. */
static size_t count_units(const char *text, size_t len)
{
    size_t units = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        units += c < 0x80 || c >= 0xC0;
        units += c >= 0xF0;
    }
    return units;
}

static bool is_blank(const char *text, size_t len)
{
    const char *end = text + len;
    while (text < end) {
        if (!utf8_is_space(utf8_next(&text, end)))
            return false;
    }
    return true;
}

static bool is_choice(const struct field *field, const char *text, size_t len)
{
    return field->choices == NULL ||
           (len == 1 &&
            memchr(field->choices, text[0], strlen(field->choices)) != NULL);
}

/* Keeps the key's text as records are stored by it. */
static void take_key(struct check *check)
{
    struct fast_records *records = check->records;
    struct fast_record *record = &records->all[records->count];
    const char *start = check->reader.text;
    const char *end = start + check->reader.len;
    /* Fast compares codes without blanks at their ends and in any letter
     * case, and shows them in upper case. */
    utf8_trim(&start, &end);
    record->key = records->keys.len;
    utf8_upper(&records->keys, start, (size_t)(end - start));
    record->key_len = records->keys.len - record->key;
}

static bool check_string(struct check *check, unsigned i)
{
    const struct field *field = &check->form->fields[i];
    const char *text = check->reader.text;
    size_t len = check->reader.len;
    size_t units = count_units(text, len);
    if (field->required && is_blank(text, len))
        return complain(check, field->wire, "blank, but required");
    if (units > field->max)
        return complain(check, field->wire, "%zu characters, at most %u", units,
                        field->max);
    if (!is_choice(field, text, len))
        return complain(check, field->wire, "must be one of \"%s\"",
                        field->choices);
    if (i == check->form->key)
        take_key(check);
    return true;
}

static bool check_value(struct check *check, unsigned i)
{
    const struct field *field = &check->form->fields[i];
    if (check->seen[i])
        return complain(check, field->wire, "given twice");
    check->seen[i] = true;
    enum json_event event = json_next(&check->reader);
    if (field->quoted) {
        if (event != JSON_STRING)
            return complain(check, field->wire, "must be a string");
        return check_string(check, i);
    }
    if (event != JSON_NUMBER ||
        !is_choice(field, check->reader.text, check->reader.len))
        return complain(check, field->wire, "must be the number 1 or 0");
    return true;
}

/* The name is another's text: cut at a letter's boundary before it is shown. */
static bool unknown_field(struct check *check)
{
    const struct json_reader *reader = &check->reader;
    char name[64];
    size_t len = utf8_cut(reader->text, reader->len, sizeof name / 4);
    memcpy(name, reader->text, len);
    name[len] = '\0';
    int i = form_field(check->form, reader->text, reader->len);
    if (i >= 0)
        return complain(check, name, "unknown field; it is written %s",
                        check->form->fields[i].wire);
    return complain(check, name, "unknown field");
}

static bool check_fields(struct check *check)
{
    const struct form *form = check->form;
    memset(check->seen, 0, sizeof check->seen);
    while (json_next(&check->reader) == JSON_KEY) {
        unsigned i = 0;
        while (i < form->count &&
               !json_is(&check->reader, form->fields[i].wire))
            i++;
        if (i == form->count)
            return unknown_field(check);
        if (!check_value(check, i))
            return false;
    }
    for (unsigned i = 0; i < form->count; i++) {
        if (form->fields[i].required && !check->seen[i])
            return complain(check, form->fields[i].wire,
                            "missing, but required");
    }
    return true;
}

static struct fast_record *next_record(struct fast_records *records)
{
    if (records->count == records->cap) {
        records->cap = records->cap * 2 + 64;
        records->all =
            mem_resize(records->all, records->cap * sizeof *records->all);
    }
    records->all[records->count] = (struct fast_record){0};
    return &records->all[records->count];
}

static bool check_records(struct check *check)
{
    enum json_event event;
    json_next(&check->reader);
    while ((event = json_next(&check->reader)) != JSON_ARRAY_END) {
        struct fast_record *record = next_record(check->records);
        /* The reader stands past the opening brace. */
        record->json = check->reader.at - 1;
        if (event != JSON_OBJECT)
            return complain(check, NULL, "must be an object");
        if (!check_fields(check))
            return false;
        record->json_len = (size_t)(check->reader.at - record->json);
        check->records->count++;
    }
    return true;
}

bool fast_check(const struct form *form, const char *array, size_t len,
                struct fast_records *records, struct buf *why)
{
    struct check check = {.form = form, .records = records, .why = why};
    json_open(&check.reader, array, len);
    bool good = check_records(&check);
    json_close(&check.reader);
    return good;
}

void fast_records_release(struct fast_records *records)
{
    free(records->all);
    buf_release(&records->keys);
}
