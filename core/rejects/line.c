/* line.c: cells in an input's own dialect. Several faults of a row
 * stand in one cell: their fields joined by ", ", their reasons by "; ", each
 * with its field in front. */
#include "line.h"

#include <string.h>

static const char bom[] = "\xef\xbb\xbf";
static const char *const added[] = {"_line", "_field", "_reason"};

/* Without quotes there is no way to write what ends a cell or a line: blanks
 * stand for it. */
static void add_plain(struct buf *out, const struct dialect *dialect,
                      const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool ends =
            text[i] == '\n' || text[i] == '\r' || text[i] == dialect->delimiter;
        buf_putc(out, ends ? ' ' : text[i]);
    }
}

static bool needs_quotes(const struct dialect *dialect, const char *text,
                         size_t len)
{
    const char special[] = {'\n', '\r', dialect->delimiter, dialect->quote,
                            dialect->escape ? dialect->escape : dialect->quote};
    if (len > 0 && (text[0] == ' ' || text[len - 1] == ' '))
        return true;
    for (size_t i = 0; i < len; i++)
        if (memchr(special, text[i], sizeof special) != NULL)
            return true;
    return false;
}

static void add_cell(struct buf *out, const struct dialect *dialect,
                     const char *text, size_t len)
{
    if (dialect->quote == '\0' || !needs_quotes(dialect, text, len)) {
        add_plain(out, dialect, text, len);
        return;
    }
    char escape = dialect->escape ? dialect->escape : dialect->quote;
    buf_putc(out, dialect->quote);
    for (size_t i = 0; i < len; i++) {
        if (text[i] == dialect->quote || text[i] == escape)
            buf_putc(out, escape);
        buf_putc(out, text[i]);
    }
    buf_putc(out, dialect->quote);
}

/* An input that is no text has no dialect: it gets the usual one. */
static struct dialect sound(const struct dialect *dialect)
{
    if (dialect->delimiter != '\0')
        return *dialect;
    return (struct dialect){.delimiter = ',', .quote = '"', .escape = '"'};
}

void rejects_header(struct buf *out, const struct input *input)
{
    const struct dialect dialect = sound(&input->dialect);
    buf_puts(out, bom);
    for (unsigned i = 0; i < input->columns.count; i++) {
        const struct column *column = &input->columns.all[i];
        add_cell(out, &dialect, column->name, column->len);
        buf_putc(out, dialect.delimiter);
    }
    for (size_t i = 0; i < 3; i++) {
        buf_puts(out, added[i]);
        buf_putc(out, i < 2 ? dialect.delimiter : '\n');
    }
}

/* The names of the fields at fault, or what is wrong with them. */
static void join_faults(struct buf *out, const struct reject *reject,
                        bool reasons)
{
    bool named = reasons && reject->count > 1;
    size_t start = out->len;
    for (unsigned i = 0; i < reject->count; i++) {
        const struct fault *fault = &reject->faults[i];
        if (!reasons && *fault->field == '\0')
            continue;
        if (out->len > start)
            buf_puts(out, reasons ? "; " : ", ");
        if (named && *fault->field != '\0')
            buf_addf(out, "%s: ", fault->field);
        buf_puts(out, reasons ? fault->text : fault->field);
    }
}

/* A reason that a spreadsheet would take for a formula gets a blank first. */
static bool is_formula(const struct buf *text)
{
    return text->len > 0 && memchr("=+-@", text->at[0], 4) != NULL;
}

void rejects_line(struct buf *out, const struct input *input,
                  const struct reject *reject)
{
    const struct dialect dialect = sound(&input->dialect);
    const struct place *place = &reject->place;
    struct buf fields = {0}, reasons = {0}, safe = {0};
    join_faults(&fields, reject, false);
    join_faults(&reasons, reject, true);
    if (is_formula(&reasons))
        buf_putc(&safe, ' ');
    buf_add(&safe, reasons.at, reasons.len);

    buf_add(out, reject->source, reject->source_len);
    buf_putc(out, dialect.delimiter);
    if (place->line > 0 || place->index > 0)
        place_put(out, place, input_sheet(input, place->sheet));
    buf_putc(out, dialect.delimiter);
    add_cell(out, &dialect, fields.at, fields.len);
    buf_putc(out, dialect.delimiter);
    add_cell(out, &dialect, safe.at, safe.len);
    buf_putc(out, '\n');
    buf_release(&fields);
    buf_release(&reasons);
    buf_release(&safe);
}

/* "_line,_field,_reason" with any delimiter, up to `stop`. */
static bool ends_as_ours(const char *head, const char *stop)
{
    for (int i = 2; i >= 0; i--) {
        size_t len = strlen(added[i]);
        if ((size_t)(stop - head) < len + 1 ||
            memcmp(stop - len, added[i], len) != 0)
            return false;
        stop -= len + 1;
    }
    return true;
}

bool rejects_is_ours(const char *head, size_t len)
{
    if (len < sizeof bom - 1 || memcmp(head, bom, sizeof bom - 1) != 0)
        return false;
    const char *end = memchr(head, '\n', len);
    while (end != NULL) { /* a column's name may hold a line end */
        if (ends_as_ours(head, end[-1] == '\r' ? end - 1 : end))
            return true;
        end = memchr(end + 1, '\n', len - (size_t)(end + 1 - head));
    }
    return false;
}

void rejects_message(struct buf *out, const struct input *input,
                     const struct place *place, const struct fault *fault,
                     const char *form)
{
    size_t start = out->len;
    input_place(input, place, out);
    buf_addf(out, ": %s%s%s (%s)", fault->field, *fault->field ? ": " : "",
             fault->text, form);
    for (size_t at = start; at < out->len; at++)
        if ((unsigned char)out->at[at] < ' ' || out->at[at] == 0x7f)
            out->at[at] = ' ';
}

bool rejects_same_shape(const struct input *a, const struct input *b)
{
    if (a == b)
        return true;
    if (a->columns.count != b->columns.count ||
        a->dialect.delimiter != b->dialect.delimiter ||
        a->dialect.quote != b->dialect.quote ||
        a->dialect.escape != b->dialect.escape)
        return false;
    for (unsigned i = 0; i < a->columns.count; i++) {
        const struct column *one = &a->columns.all[i];
        const struct column *other = &b->columns.all[i];
        if (one->len != other->len ||
            memcmp(one->name, other->name, one->len) != 0)
            return false;
    }
    return true;
}
