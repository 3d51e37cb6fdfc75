/* cells.c: what a run would warn of in any field (form/look.h), and what only
 * shows in the text as it stands. Most cells are passed over at a glance. */
#include "cells.h"

#include <string.h>

#include "base/ascii.h"
#include "base/unseen.h"
#include "base/utf8.h"
#include "charset/letters.h"
#include "form/kind.h"
#include "form/look.h"
#include "form/ordinary.h"

static const char WRAPPED_WITHIN[] =
    "=\"…\" or ' around the value, in the cell itself: it stays";

enum { LOOK = 64 * 1024 }; /* bytes; what comes after them is like them */

void cells_init(struct cells *cells, struct signs *signs)
{
    *cells = (struct cells){
        .signs = signs,
        .field = {.name = "", .kind = field_kind_usual()},
    };
    arena_init(&cells->arena);
    cells->warnings.arena = &cells->arena;
    cells->faults.arena = &cells->arena;
    cells->faults.warnings = &cells->warnings;
}

void cells_release(struct cells *cells)
{
    arena_release(&cells->arena);
}

static unsigned sign_of_rune(int32_t rune)
{
    if (rune == 0xA0 || rune == 0x202F || rune == 0x2007)
        return SIGN_NO_BREAK;
    if ((rune >= 0x200B && rune <= 0x200D) || rune == 0x2060 ||
        rune == 0xFEFF || rune == 0xAD)
        return SIGN_NO_WIDTH;
    if (rune >= 0xFF10 && rune <= 0xFF19)
        return SIGN_FULL_WIDTH;
    return SIGN_KINDS;
}

/* What is there of these three, each once; a bit for each kind. */
static uint32_t find_runes(const char *at, const char *end)
{
    uint32_t found = 0;
    while (at < end) {
        if ((unsigned char)*at < 0x80) {
            at++;
            continue;
        }
        unsigned kind = sign_of_rune(utf8_next(&at, end));
        if (kind < SIGN_KINDS)
            found |= UINT32_C(1) << kind;
    }
    return found;
}

static void add_runes(struct cells *cells, unsigned column,
                      const struct place *place, const struct value *text,
                      uint32_t found)
{
    for (unsigned kind = SIGN_NO_BREAK; kind <= SIGN_FULL_WIDTH; kind++)
        if ((found >> kind & 1) != 0)
            signs_add(cells->signs, kind, column, place, text->text, text->len,
                      NULL);
}

void cells_trim(struct cells *cells, unsigned column, const struct place *place,
                struct value *text)
{
    const char *start = text->text, *end = start + text->len;
    if (start == end || (unseen_is_ink(*start) && unseen_is_ink(end[-1])))
        return;
    utf8_trim(&start, &end);
    if (start == end) /* a blank cell, as any */
        text->len = 0;
    if ((size_t)(end - start) == text->len)
        return;
    uint32_t found =
        find_runes(text->text, start) | find_runes(end, text->text + text->len);
    if (found == 0)
        signs_add(cells->signs, SIGN_EDGES, column, place, text->text,
                  text->len, NULL);
    add_runes(cells, column, place, text, found);
    text->text = start;
    text->len = (uint32_t)(end - start);
}

/* What a run would say of it; true: its letters are not what they seem. */
static bool second_look(struct cells *cells, unsigned column,
                        const struct place *place, struct value text)
{
    arena_reset(&cells->arena);
    warnings_clear(&cells->warnings);
    cells->faults.count = 0;
    if (text.len > LOOK)
        text.len = (uint32_t)utf8_cut(text.text, text.len, LOOK / 4);
    field_look(&cells->field, &text, &cells->faults);
    bool misread = false;
    for (unsigned i = 0; i < cells->warnings.count; i++) {
        const struct warning *warning = &cells->warnings.all[i];
        unsigned kind = SIGN_WARNINGS + warning->kind;
        if (warning->kind == WARNING_INVISIBLE)
            continue; /* is told by its characters */
        if (warning->kind == WARNING_MOJIBAKE)
            kind = SIGN_MISREAD;
        misread |= kind == SIGN_MISREAD;
        signs_add(cells->signs, kind, column, place, text.text, text.len,
                  warning->text);
    }
    return misread;
}

/* The letters of most texts stand where Vietnamese has them. */
static bool is_plain(const struct value *text)
{
    if ((text->flags & VALUE_SPECIAL) != 0 || !ordinary_ends(text))
        return false;
    return (text->flags & VALUE_WIDE) == 0 ||
           ((text->flags & VALUE_TIGHT) == 0 &&
            letters_in_place(text->text, text->len));
}

/* ="0123" or '0123: readers of text take it off; in a workbook's cell it is a
 * part of the value. */
static bool is_wrapped(const struct value *text)
{
    const char *at = text->text;
    if (*at == '=')
        return text->len > 3 && at[1] == '"' && at[text->len - 1] == '"';
    for (uint32_t i = 1; *at == '\'' && i < text->len; i++)
        if (!ascii_digit(at[i]))
            return false;
    return *at == '\'' && text->len > 1;
}

/* In what was misread they are bytes of letters. */
void cells_look(struct cells *cells, unsigned column, const struct place *place,
                const struct value *text)
{
    if (is_wrapped(text))
        signs_add(cells->signs, SIGN_WRAPPED, column, place, text->text,
                  text->len, WRAPPED_WITHIN);
    if (is_plain(text) || second_look(cells, column, place, *text))
        return;
    if ((text->flags & VALUE_SPECIAL) != 0 && (text->flags & VALUE_WIDE) != 0)
        add_runes(cells, column, place, text,
                  find_runes(text->text, text->text + text->len));
}
