/* signs.c: a column gets its counters when something is found in it; where many
 * columns have some, the rest is counted together. */
#include "signs.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define SIGN_ROW(constant, name, text) {#name, text},
static const struct {
    const char *name, *text;
} own[] = {SIGNS(SIGN_ROW)};

const char *sign_name(unsigned kind)
{
    return kind < SIGN_WARNINGS
               ? own[kind].name
               : warning_name((enum warning_kind)(kind - SIGN_WARNINGS));
}

static const char *text_of(unsigned kind)
{
    return kind < SIGN_WARNINGS
               ? own[kind].text
               : warning_help((enum warning_kind)(kind - SIGN_WARNINGS));
}

void signs_init(struct signs *signs, unsigned columns)
{
    *signs = (struct signs){.columns = columns};
    signs->all = mem_zero((size_t)columns + 1, sizeof(struct sign_row *));
    arena_init(&signs->arena);
}

void signs_release(struct signs *signs)
{
    free(signs->all);
    arena_release(&signs->arena);
    *signs = (struct signs){0};
}

char *sign_excerpt(struct arena *arena, const char *text, size_t len,
                   size_t max)
{
    static const char more[] = "…";
    bool cut = len > max;
    if (cut)
        len = max;
    while (cut && len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
        len--;
    char *kept = arena_alloc(arena, len + sizeof more);
    if (len > 0)
        memcpy(kept, text, len);
    memcpy(kept + len, cut ? more : "", cut ? sizeof more : 1);
    return kept;
}

static struct sign_row *row_of(struct signs *signs, unsigned column)
{
    if (column < signs->columns && signs->all[column] == NULL &&
        signs->told == SIGN_COLUMNS)
        column = signs->columns;
    struct sign_row **row = &signs->all[column];
    if (*row == NULL) {
        *row = arena_alloc(&signs->arena, sizeof **row);
        memset(*row, 0, sizeof **row);
        signs->told += column < signs->columns;
    }
    return *row;
}

void signs_add(struct signs *signs, unsigned kind, unsigned column,
               const struct place *place, const char *value, size_t len,
               const char *text)
{
    struct sign *sign = &row_of(signs, column)->of[kind];
    if (sign->count++ > 0)
        return;
    sign->first = *place;
    sign->excerpt = sign_excerpt(&signs->arena, value, len, SIGN_EXCERPT);
    sign->text = text_of(kind);
    if (text != NULL)
        sign->text = sign_excerpt(&signs->arena, text, strlen(text), 400);
}

void signs_count(struct signs *signs, unsigned kind, unsigned column,
                 uint64_t count, const struct place *first, const char *excerpt)
{
    struct sign *sign = &row_of(signs, column)->of[kind];
    if (sign->count == 0) {
        sign->first = *first;
        sign->excerpt = excerpt;
        sign->text = text_of(kind);
    }
    sign->count += count;
}

const struct sign *signs_find(const struct signs *signs, unsigned kind,
                              unsigned column)
{
    const struct sign_row *row = signs->all[column];
    return row != NULL && row->of[kind].count > 0 ? &row->of[kind] : NULL;
}
