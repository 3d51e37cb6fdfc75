/* line.c: rows as people wrote them, and what is wrong beside them. Several
 * faults of a row stand in one cell: their fields joined by ", ", their reasons
 * by "; ", each with its field in front. */
#include "line.h"

#include <string.h>

#include "base/screen/show.h"
#include "decode/carried.h"
#include "decode/marks.h"
#include "decode/rejected.h"

static const char bom[] = "\xef\xbb\xbf";

/* What a journal of an earlier version restores may have no dialect. */
static struct dialect sound(const struct dialect *dialect)
{
    return dialect->delimiter != '\0' ? *dialect : dialect_usual;
}

struct names {
    struct buf *out;
    const struct dialect *dialect;
};

static void put_name(void *owner, const char *name, size_t len)
{
    const struct names *names = owner;
    marks_put(names->out, names->dialect, name, len);
    buf_putc(names->out, names->dialect->delimiter);
}

void rejects_header(struct buf *out, const struct input *input)
{
    const struct dialect dialect = sound(&input->dialect);
    buf_puts(out, bom);
    struct names names = {out, &dialect};
    rejected_names(input, put_name, &names);
    put_name(&names, REJECTED_KEY, strlen(REJECTED_KEY));
    for (int i = 0; i < REJECTED_COLUMNS; i++) {
        buf_puts(out, rejected_columns[i]);
        buf_putc(out, i + 1 < REJECTED_COLUMNS ? dialect.delimiter : '\n');
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

/* One of our cells, after a delimiter. */
static void put_ours(struct buf *out, const struct dialect *dialect,
                     struct buf *text)
{
    buf_putc(out, dialect->delimiter);
    marks_put(out, dialect, buf_text(text), text->len);
    buf_clear(text);
}

/* One that is read by people alone. */
static void put_shown(struct buf *out, const struct dialect *dialect,
                      struct buf *text)
{
    struct buf room = {0};
    size_t len = text->len;
    const char *shown = show_in(&room, buf_text(text), &len);
    buf_putc(out, dialect->delimiter);
    marks_put(out, dialect, shown, len);
    buf_release(&room);
    buf_clear(text);
}

/* A line's number is none that a spreadsheet changes. */
void rejects_line(struct buf *out, const struct input *input,
                  const struct reject *reject)
{
    const struct dialect dialect = sound(&input->dialect);
    const struct place *place = &reject->place;
    struct buf text = {0};
    rejected_row(&text, input, &reject->origin);
    marks_add(out, &dialect, buf_text(&text), text.len);
    buf_clear(&text);
    carried_put(&text, reject);
    put_ours(out, &dialect, &text);
    if (place->line > 0 || place->index > 0)
        place_put(&text, place, input_sheet(input, place->sheet));
    put_shown(out, &dialect, &text);
    join_faults(&text, reject, false);
    put_shown(out, &dialect, &text);
    join_faults(&text, reject, true);
    put_shown(out, &dialect, &text);
    buf_putc(out, '\n');
    buf_release(&text);
}

/* "_line,_field,_reason" with any delimiter, up to `stop`. */
static bool ends_as_ours(const char *head, const char *stop)
{
    for (int i = REJECTED_COLUMNS - 1; i >= 0; i--) {
        size_t len = strlen(rejected_columns[i]);
        if ((size_t)(stop - head) < len + 1 ||
            memcmp(stop - len, rejected_columns[i], len) != 0)
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

size_t rejects_message(struct buf *out, const struct input *input,
                       const struct place *place, const struct fault *fault,
                       const char *form)
{
    size_t start = out->len;
    input_place(input, place, out);
    size_t end = out->len;
    buf_addf(out, ": %s%s%s (%s)", fault->field, *fault->field ? ": " : "",
             fault->text, form);
    return end - start;
}

bool rejects_same_shape(const struct input *a, const struct input *b)
{
    struct buf one = {0}, other = {0};
    if (a == b)
        return true;
    rejects_header(&one, a);
    rejects_header(&other, b);
    bool same = one.len == other.len &&
                memcmp(one.at, other.at, one.len) == 0 &&
                a->dialect.quote == b->dialect.quote &&
                a->dialect.escape == b->dialect.escape;
    buf_release(&one);
    buf_release(&other);
    return same;
}
