/* fault.c: what is wrong with a row, where, and how it is shown.
 *
 * All that is rare. The masks have only said that something in the row, or
 * near it, is no UTF-8; here it is found byte by byte, and counted out in
 * lines and columns. What is shown is always valid text with as many cells as
 * the header has, so that the rejects file can be read again; a mark stands
 * for what could not be read or was missing, and while it does the row is not
 * taken: it has not been corrected yet. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "csv.h"
#include "decode/rejected.h"

static const char *say(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static const char *say(struct arena *arena, const char *format, ...)
{
    enum { SIZE = 256 };
    char *text = arena_alloc(arena, SIZE);
    va_list args;
    va_start(args, format);
    vsnprintf(text, SIZE, format, args);
    va_end(args);
    return text;
}

static int hex(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* One character of text that may be anything. */
struct sign {
    const char *at;
    size_t len;
    bool bad;           /* NUL, not UTF-8, or a byte without a mapping */
    unsigned char byte; /* of the input, where bad */
};

/* In text that came through a decoder, 0xFF and two digits stand for a byte
 * (charset.h). */
static struct sign next_sign(const char *at, const char *end, bool decoded)
{
    struct sign sign = {.at = at, .byte = (unsigned char)*at};
    const char *after = at;
    sign.bad = *at == '\0' || utf8_next(&after, end) < 0;
    sign.len = sign.bad ? (*at == '\0' ? 1 : (size_t)(after - at))
                        : (size_t)(after - at);
    if (decoded && sign.byte == 0xFF && end - at >= 3 && hex(at[1]) >= 0 &&
        hex(at[2]) >= 0) {
        sign.byte = (unsigned char)(hex(at[1]) * 16 + hex(at[2]));
        sign.len = 3;
    }
    return sign;
}

static bool is_decoded(const struct input *input)
{
    return strcmp(input->encoding, "UTF-8") != 0;
}

/* A place as people count: lines from `line` on, code points from 1. */
struct spot {
    uint64_t line, column;
};

static struct spot find_spot(const struct input *input, const char *text,
                             size_t offset, uint64_t line)
{
    struct spot spot = {line, 1};
    const char *at = text, *end = text + offset;
    while (at < end) {
        struct sign sign = next_sign(at, end, is_decoded(input));
        at += sign.len;
        bool ends = *sign.at == '\n' || (*sign.at == '\r' && *at != '\n');
        spot.line += ends;
        spot.column = ends ? 1 : spot.column + 1;
    }
    return spot;
}

/* What is no text between two places, or NULL. */
static const char *find_bad(const struct input *input, struct csv_rows *rows,
                            size_t start, size_t stop)
{
    bool decoded = is_decoded(input);
    const char *at = rows->text + start, *end = rows->text + stop;
    while (at < end) {
        struct sign sign = next_sign(at, end, decoded);
        if (sign.bad) {
            struct spot spot =
                find_spot(input, rows->text + start,
                          (size_t)(at - rows->text) - start, rows->line);
            unsigned long long line = spot.line, column = spot.column;
            if (sign.byte == 0 && sign.len == 1)
                return say(rows->arena, "NUL byte at line %llu, column %llu",
                           line, column);
            return say(rows->arena,
                       "invalid %s (byte 0x%02X) at line %llu, column %llu",
                       input->encoding, sign.byte, line, column);
        }
        at += sign.len;
    }
    return NULL;
}

/* Appends text with everything replaced that is none. */
static void add_clean(const struct input *input, struct buf *out,
                      const char *text, size_t len)
{
    const char *at = text, *end = text + len;
    while (at < end) {
        struct sign sign = next_sign(at, end, is_decoded(input));
        if (sign.bad)
            buf_puts(out, REJECTED_MARK);
        else
            buf_add(out, at, sign.len);
        at += sign.len;
    }
}

/* Appends text as one cell, quoted in the input's own way. A dialect that
 * cannot quote a byte gets a blank or an apostrophe instead. */
static void add_quoted(const struct input *input, struct buf *out,
                       const char *text, size_t len)
{
    const struct dialect *dialect = &input->dialect;
    struct buf clean = {0};
    add_clean(input, &clean, text, len);
    if (dialect->quote)
        buf_putc(out, dialect->quote);
    for (size_t i = 0; i < clean.len; i++) {
        char byte = clean.at[i];
        bool special = byte == dialect->quote ||
                       (dialect->escape && byte == dialect->escape);
        if (!dialect->quote && byte == dialect->delimiter)
            byte = ' ';
        else if (special && dialect->escape)
            buf_putc(out, dialect->escape);
        else if (special)
            byte = '\'';
        buf_putc(out, byte);
    }
    if (dialect->quote)
        buf_putc(out, dialect->quote);
    buf_release(&clean);
}

/* Makes what is in the scratch, and a mark for each cell that should not be
 * missing, the row's source. */
static void show_scratch(const struct input *input, struct csv_rows *rows,
                         unsigned width, struct row *row)
{
    struct buf *out = &rows->scratch;
    for (; width < csv_shown_columns(input); width++) {
        buf_putc(out, input->dialect.delimiter);
        buf_puts(out,
                 row->fault != NULL ? REJECTED_MARK : ""); /* else: ragged */
    }
    char *text = arena_alloc(rows->arena, out->len);
    if (out->len > 0)
        memcpy(text, out->at, out->len);
    row->origin = origin_text(text, out->len);
}

static const char *check_width(const struct input *input,
                               const struct csv_rows *rows)
{
    unsigned width = rows->width, count = csv_shown_columns(input);
    if (width == count || input->ragged)
        return NULL;
    return say(rows->arena, "%u cell%s, the %s has %u", width,
               width == 1 ? "" : "s", input->named ? "header" : "input", count);
}

/* An escape at the input's end escapes nothing; shown, it would escape what
 * is put after it. */
static size_t without_loose_escape(const struct csv_rows *rows,
                                   const char *text, size_t len)
{
    size_t escapes = 0;
    while (rows->grammar.escape != '\n' && escapes < len &&
           text[len - 1 - escapes] == rows->grammar.escape)
        escapes++;
    return len - escapes % 2;
}

/* Why the row cannot be used, or NULL; *bad: it holds what is no text. */
static const char *find_fault(const struct input *input, struct csv_rows *rows,
                              bool *bad)
{
    const char *fault = NULL;
    *bad = false;
    if (rows->start < rows->bad_upto) {
        fault = find_bad(input, rows, rows->start, rows->end);
        *bad = fault != NULL;
    }
    if (fault == NULL && rows->width != csv_shown_columns(input))
        fault = check_width(input, rows);
    if (fault == NULL && input->rejects_file)
        fault = csv_find_gap(rows);
    unsigned count = input->columns.count;
    if (fault == NULL && input->typed && rows->width > count &&
        !rejected_types(&rows->cells[count], count))
        fault = "its " REJECTED_TYPES " must say a letter for each cell";
    return fault;
}

/* Cells that are missing are blank. Those of a typed rejects file get back
 * what they were. */
static void complete(const struct input *input, struct csv_rows *rows,
                     struct row *row)
{
    static const struct value blank = {.text = "", .type = VALUE_TEXT};
    unsigned count = input->columns.count;
    if (input->typed && rows->width > count)
        rejected_restore(rows->cells, count, &rows->cells[count], input->trim,
                         rows->arena);
    for (unsigned i = rows->width; i < count; i++)
        rows->cells[i] = blank;
    row->cells = rows->cells;
    row->count = count;
    row->width = rows->width > count ? rows->width - input->typed : rows->width;
}

void csv_check(const struct input *input, struct csv_rows *rows,
               struct row *row)
{
    bool bad;
    const char *text = rows->text + rows->start;
    row->carried = NULL;
    if (input->rejects_file)
        csv_take_corrected(input, rows, row);
    else
        row->origin = origin_text(text, rows->end - rows->start);
    row->origin.len =
        (uint32_t)without_loose_escape(rows, row->origin.text, row->origin.len);
    row->fault = find_fault(input, rows, &bad);
    if (bad || rows->width < csv_shown_columns(input)) {
        buf_clear(&rows->scratch);
        add_clean(input, &rows->scratch, row->origin.text, row->origin.len);
        show_scratch(input, rows, rows->width, row);
    }
    complete(input, rows, row);
}

/* Why the lines of a damaged chunk are no rows: said of the first of them. */
static const char *name_damage(const struct input *input, struct csv_rows *rows)
{
    struct csv_cut cut;
    const char *text = rows->text;
    uint64_t line = rows->line;
    csv_cut(&rows->grammar, text, rows->len, true, &cut);
    struct spot opened = find_spot(input, text, cut.opened, line);
    struct spot found = find_spot(input, text, cut.found, line);
    if (cut.trouble == CSV_UNCLOSED &&
        cut.found - cut.opened >= csv_limits.quote)
        return say(rows->arena,
                   "quote opened at line %llu, column %llu is not closed "
                   "within %zu bytes",
                   (unsigned long long)opened.line,
                   (unsigned long long)opened.column, csv_limits.quote);
    if (cut.trouble == CSV_UNCLOSED)
        return say(rows->arena,
                   "quote opened at line %llu, column %llu is never closed",
                   (unsigned long long)opened.line,
                   (unsigned long long)opened.column);
    if (cut.trouble == CSV_TEXT_AFTER)
        return say(
            rows->arena,
            "quote opened at line %llu, column %llu is followed by text "
            "after its closing quote at line %llu, column %llu",
            (unsigned long long)opened.line, (unsigned long long)opened.column,
            (unsigned long long)found.line, (unsigned long long)found.column);
    return say(rows->arena,
               "the row that begins here is longer than %zu bytes; only its "
               "beginning is kept",
               csv_limits.row);
}

static size_t line_length(const char *text, size_t len)
{
    while (len > 0 && (text[len - 1] == '\n' || text[len - 1] == '\r'))
        len--;
    return len;
}

bool csv_next_damaged(const struct input *input, struct csv_rows *rows,
                      const struct chunk *chunk, struct row *row)
{
    static const struct value blank = {.text = "", .type = VALUE_TEXT};
    const char *line;
    size_t next, len;
    do {
        if (rows->at >= rows->len)
            return false;
        rows->line += rows->ends;
        rows->ends = 1;
        line = rows->text + rows->at;
        next = csv_next_line(rows->text, rows->len, rows->at);
        len = next - rows->at;
        rows->at = next;
    } while (!rows->first_damage && csv_is_blank(&rows->grammar, line, len));
    row->carried = NULL;
    row->fault = say(rows->arena, "inside the damage that began at line %llu",
                     (unsigned long long)chunk->damaged_at);
    if (rows->first_damage)
        row->fault = name_damage(input, rows);
    rows->first_damage = false;
    buf_clear(&rows->scratch);
    add_quoted(input, &rows->scratch, line, line_length(line, len));
    show_scratch(input, rows, 1, row);
    for (unsigned i = 0; i < input->columns.count; i++)
        rows->cells[i] = blank;
    row->cells = rows->cells;
    row->count = input->columns.count;
    row->width = 1;
    return true;
}
