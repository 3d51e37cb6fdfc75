/* copy.c: the lines of a COPY: fields with tabs between them, \N for NULL. */
#include <string.h>

#include "base/ascii.h"
#include "base/utf8.h"
#include "fault.h"
#include "state.h"

/* What stands behind a backslash, as a byte. */
static char unescape(const char **at, const char *end)
{
    static const char letters[] = "bfnrtv", bytes[] = "\b\f\n\r\t\v";
    char first = *(*at)++;
    const char *letter = first != '\0' ? strchr(letters, first) : NULL;
    if (letter != NULL)
        return bytes[letter - letters];
    bool hex = first == 'x' && *at < end && ascii_hex(**at) >= 0;
    if (!hex && (first < '0' || first > '7'))
        return first;
    int base = hex ? 16 : 8, most = hex ? 2 : 3, number = 0;
    *at -= !hex;
    for (int i = 0; i < most && *at < end; i++, (*at)++) {
        int digit = ascii_hex(**at);
        if (digit < 0 || digit >= base)
            break;
        number = number * base + digit;
    }
    return (char)number;
}

/* False: it is no valid UTF-8, and left out. */
static bool take_field(struct arena *arena, const char *at, const char *end,
                       struct value *cell)
{
    size_t len = (size_t)(end - at);
    char *text = arena_alloc(arena, len), *to = text;
    *cell = (struct value){.type = VALUE_NIL};
    if (len == 2 && at[0] == '\\' && at[1] == 'N')
        return true;
    if (memchr(at, '\\', len) == NULL) {
        memcpy(text, at, len);
        to += len;
        at = end;
    }
    while (at < end) {
        char byte = *at++;
        *to++ = byte == '\\' && at < end ? unescape(&at, end) : byte;
    }
    size_t made = (size_t)(to - text);
    bool valid = utf8_valid(text, made) == made;
    if (valid)
        *cell = value_text(text, made);
    return valid;
}

static const char *take_fields(struct dump *dump, struct arena *arena,
                               const char *at, const char *end,
                               struct value *cells)
{
    unsigned count = 0;
    const char *fault = NULL;
    for (bool more = true; more; count++) {
        struct value cell;
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        more = tab != NULL;
        bool valid = take_field(arena, at, more ? tab : end, &cell);
        if (count < dump->listed)
            cells[dump->columns[count]] = cell;
        if (count < dump->listed && !valid && fault == NULL)
            fault =
                dump_fault_of(arena, &dump->table.columns, dump->columns[count],
                              "a text is no valid UTF-8; encoding = \"…\" "
                              "says what it is");
        at = more ? tab + 1 : end;
    }
    return count == dump->listed
               ? fault
               : dump_fault(arena, "has %u values for %u columns", count,
                            dump->listed);
}

/* Bytes of the line, without its end; SIZE_MAX: there is no end. */
static size_t measure(struct dump_text *text, size_t max)
{
    size_t len = 0;
    while (len < max && dump_look(text, len) >= 0) {
        size_t left = text->buf.len - text->at - len;
        const char *from = text->buf.at + text->at + len;
        const char *end = memchr(from, '\n', left);
        if (end != NULL)
            return len + (size_t)(end - from);
        len += left;
    }
    return len < max ? SIZE_MAX : max;
}

enum step dump_copy_row(struct dump *dump, struct arena *arena,
                        struct value *cells, const char **fault)
{
    struct dump_text *text = &dump->lexer.text;
    size_t len = measure(text, dump->lexer.max);
    *fault = NULL;
    if (len == SIZE_MAX && dump_look(text, 0) == '\\' &&
        dump_look(text, 1) == '.')
        return STEP_END;
    if (len == SIZE_MAX)
        return STEP_FAIL;
    const char *at = text->buf.at + text->at, *end = at + len;
    end -= len > 0 && end[-1] == '\r';
    bool last = end - at == 2 && at[0] == '\\' && at[1] == '.';
    if (len >= dump->lexer.max)
        *fault = "it is longer than max_cell";
    else if (!last)
        *fault = take_fields(dump, arena, at, end, cells);
    dump_pass_line(text);
    return last ? STEP_END : STEP_ITEM;
}
