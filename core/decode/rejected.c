/* rejected.c: cells to text and back, so that what a mapping saw first it sees
 * again. */
#include "rejected.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nested.h"
#include "ready.h"

const char *const rejected_columns[REJECTED_COLUMNS] = {"_line", "_field",
                                                        "_reason"};

void rejected_names(const struct input *input, rejected_put *put, void *owner)
{
    for (unsigned i = 0; i < input->columns.count; i++)
        put(owner, input->columns.all[i].name, input->columns.all[i].len);
    if (input->typed)
        put(owner, REJECTED_TYPES, strlen(REJECTED_TYPES));
}

static const char letters[] = {
    [VALUE_NIL] = 'z',    [VALUE_TEXT] = 't', [VALUE_INT] = 'i',
    [VALUE_NUMBER] = 'n', [VALUE_BOOL] = 'b', [VALUE_EMPTY] = 't',
    [VALUE_LIST] = 'j',   [VALUE_MAP] = 'j',  [VALUE_DECIMAL] = 'd',
};

/* Text as it is; all else as JSON writes it, and nothing as nothing. */
static void put_cell(struct buf *out, const struct dialect *dialect,
                     const struct value *cell)
{
    struct buf text = {0};
    if (cell->type == VALUE_TEXT) {
        dialect_put(out, dialect, cell->text, cell->len);
        return;
    }
    if (cell->type != VALUE_NIL && cell->type != VALUE_EMPTY)
        value_json(&text, cell);
    dialect_put(out, dialect, buf_text(&text), text.len);
    buf_release(&text);
}

/* A row that begins with '#' would be read back as a comment. */
static void put_first(struct buf *out, const struct dialect *dialect,
                      const struct value *cell)
{
    size_t start = out->len;
    put_cell(out, dialect, cell);
    if (dialect->quote == '\0' || out->len == start || out->at[start] != '#')
        return;
    buf_putc(out, dialect->quote);
    buf_putc(out, dialect->quote);
    memmove(out->at + start + 1, out->at + start, out->len - start - 2);
    out->at[start] = dialect->quote;
}

/* Every column has its cell, also where the row ended before: the file is read
 * again as rows of one width. */
static void put_decoded(struct buf *out, const struct input *input,
                        const struct origin *origin)
{
    static const struct value none = {.type = VALUE_NIL};
    unsigned count = input->columns.count;
    for (unsigned i = 0; i < count; i++) {
        (i == 0 ? put_first : put_cell)(
            out, &input->dialect, i < origin->len ? &origin->cells[i] : &none);
        buf_putc(out, input->dialect.delimiter);
    }
    if (origin->len > count) { /* cells without a name, which are not here */
        buf_puts(out, REJECTED_MARK);
        return;
    }
    for (unsigned i = 0; i < count; i++)
        buf_putc(out,
                 letters[i < origin->len ? origin->cells[i].type : VALUE_NIL]);
}

/* Of an input whose cells have no types: a row that was filled (fill_down.h).
 */
static void put_filled(struct buf *out, const struct input *input,
                       const struct origin *origin)
{
    for (uint32_t i = 0; i < origin->len; i++) {
        if (i > 0)
            buf_putc(out, input->dialect.delimiter);
        (i == 0 ? put_first : put_cell)(out, &input->dialect,
                                        &origin->cells[i]);
    }
}

void rejected_row(struct buf *out, const struct input *input,
                  const struct origin *origin)
{
    if (origin->decoded && input->typed)
        put_decoded(out, input, origin);
    else if (origin->decoded)
        put_filled(out, input, origin);
    else
        buf_add(out, origin->text, origin->len);
}

/* What a letter makes of a text; false where it does not fit. */
static bool fits(char letter, const struct value *read)
{
    switch (letter) {
    case 'i':
        return read->type == VALUE_INT;
    case 'd':
    case 'n':
        return read->type == VALUE_INT || read->type == VALUE_DECIMAL;
    case 'b':
        return read->type == VALUE_BOOL;
    case 'j':
        return read->type == VALUE_LIST || read->type == VALUE_MAP;
    default:
        return false;
    }
}

static struct value decimal_of(const struct value *read, struct arena *arena)
{
    enum { SIZE = 24 };
    struct value decimal = *read;
    if (read->type == VALUE_INT) {
        char *text = arena_alloc(arena, SIZE);
        decimal.len =
            (uint32_t)snprintf(text, SIZE, "%lld", (long long)read->integer);
        decimal.text = text;
    }
    decimal.type = VALUE_DECIMAL;
    decimal.flags = 0;
    return decimal;
}

static struct value number_of(const struct value *read, struct arena *arena)
{
    struct value number = {.type = VALUE_NUMBER};
    if (read->type == VALUE_INT) {
        number.number = (double)read->integer;
        return number;
    }
    char *text = arena_alloc(arena, read->len + 1); /* strtod wants an end */
    memcpy(text, read->text, read->len);
    text[read->len] = '\0';
    number.number = strtod(text, NULL);
    return number;
}

/* As the decoder's own lists and maps were made ready. */
static struct value nested_of(const struct value *read, bool trim,
                              struct arena *arena)
{
    struct ready ready = {.arena = arena, .trim = trim};
    struct value made = ready_value(&ready, read);
    buf_release(&ready.scratch);
    return made;
}

/* A cell is read as JSON is: digits stay digits, and what people changed into
 * something else stays the text that they wrote. */
static void restore(struct value *cell, char letter, bool trim,
                    struct arena *arena)
{
    struct value read;
    if (letter == 'z' && cell->len == 0)
        cell->type = VALUE_NIL;
    if (letter == 't' || letter == 'z' ||
        !nested_read(cell->text, cell->len, arena, &read) ||
        !fits(letter, &read))
        return;
    *cell = letter == 'd'   ? decimal_of(&read, arena)
            : letter == 'n' ? number_of(&read, arena)
            : letter == 'j' ? nested_of(&read, trim, arena)
                            : read;
}

bool rejected_types(const struct value *types, unsigned count)
{
    if (types->type != VALUE_TEXT || types->len != count)
        return false;
    for (unsigned i = 0; i < count; i++)
        if (memchr("tidnbjz", types->text[i], 7) == NULL)
            return false;
    return true;
}

void rejected_restore(struct value *cells, unsigned count,
                      const struct value *types, bool trim, struct arena *arena)
{
    for (unsigned i = 0; i < count && i < types->len; i++)
        restore(&cells[i], types->text[i], trim, arena);
}
