/* row.c: places and what is left out in words; columns: how they get their
 * names, and how they are found again. */
#include "row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/nfc.h"
#include "base/number.h"
#include "base/utf8.h"

/* The names given so far, by hash; each knows how often it was asked for. */
struct name {
    const char *text; /* NULL: a free slot */
    uint32_t len;
    unsigned asked;
    unsigned column;
};

struct names {
    struct name *slots;
    size_t size; /* a power of two, at most half full */
};

static struct name *names_find(const struct names *names, const char *text,
                               size_t len)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    size_t at = (hash ^ hash >> 29) & (names->size - 1);
    while (names->slots[at].text != NULL &&
           (names->slots[at].len != len ||
            memcmp(names->slots[at].text, text, len) != 0))
        at = (at + 1) & (names->size - 1);
    return &names->slots[at];
}

/* In NFC, each run of white space as one blank. */
void column_spell(struct buf *out, const struct value *cell)
{
    struct buf nfc = {0};
    utf8_nfc(&nfc, cell->text, cell->len);
    const char *at = buf_text(&nfc), *end = nfc.at + nfc.len;
    utf8_trim(&at, &end);
    while (at < end) {
        int32_t rune = utf8_next(&at, end);
        bool space = utf8_is_space(rune);
        if (space && out->len > 0 && out->at[out->len - 1] == ' ')
            continue;
        utf8_put(out, space ? ' ' : rune);
    }
    buf_release(&nfc);
}

/* Makes the wanted name one that no column before has. */
static void make_unique(struct names *names, struct buf *wanted)
{
    struct name *name = names_find(names, wanted->at, wanted->len);
    size_t len = wanted->len;
    unsigned number = name->text != NULL ? ++name->asked : 1;
    while (names_find(names, wanted->at, wanted->len)->text != NULL) {
        wanted->len = len;
        buf_addf(wanted, " (%u)", number);
        if (names_find(names, wanted->at, wanted->len)->text != NULL)
            number = ++name->asked;
    }
}

/* The column at `position`, from 0; a name that was met before is counted
 * where it was met first. */
static void name_column(struct names *names, struct columns *columns,
                        const struct value *cell, unsigned position)
{
    struct column *column = &columns->all[position];
    struct repeat *repeat = &columns->repeats[position];
    struct buf wanted = {0};
    if (cell != NULL && cell->len > 0)
        column_spell(&wanted, cell);
    if (wanted.len == 0)
        buf_addf(&wanted, "column %u", position + 1);
    const struct name *met = names_find(names, wanted.at, wanted.len);
    repeat->stem = (uint32_t)wanted.len;
    repeat->first = met->text != NULL ? met->column : position;
    repeat->number = ++columns->repeats[repeat->first].same;
    make_unique(names, &wanted);
    column->len = (uint32_t)wanted.len;
    column->name = mem_text_n(wanted.at, wanted.len);
    buf_release(&wanted);
    *names_find(names, column->name, column->len) =
        (struct name){.text = column->name,
                      .len = column->len,
                      .asked = 1,
                      .column = position};
}

void columns_name(struct columns *columns, const struct value *cells,
                  unsigned count)
{
    struct names names = {.size = 16};
    while (names.size < 2 * (size_t)count)
        names.size *= 2;
    names.slots = mem_zero(names.size, sizeof *names.slots);
    columns->all = mem_zero(count, sizeof *columns->all);
    columns->count = count;
    columns->repeats = mem_zero(count, sizeof *columns->repeats);
    for (unsigned i = 0; i < count; i++)
        name_column(&names, columns, cells ? &cells[i] : NULL, i);
    free(names.slots);
}

void columns_release(struct columns *columns)
{
    for (unsigned i = 0; i < columns->count; i++)
        free((char *)columns->all[i].name);
    free(columns->all);
    free(columns->repeats);
    *columns = (struct columns){0};
}

int columns_find(const struct columns *columns, const char *name, size_t len)
{
    for (unsigned i = 0; i < columns->count; i++)
        if (columns->all[i].len == len &&
            memcmp(columns->all[i].name, name, len) == 0)
            return (int)i;
    return -1;
}

int columns_find_number(const struct columns *columns, const char *name,
                        size_t len, unsigned number)
{
    for (unsigned i = 0; columns->repeats != NULL && i < columns->count; i++)
        if (columns->repeats[i].stem == len &&
            columns->repeats[i].number == number &&
            memcmp(columns->all[i].name, name, len) == 0)
            return (int)i;
    return number == 1 ? columns_find(columns, name, len) : -1;
}

unsigned columns_same(const struct columns *columns, int column)
{
    return columns->repeats != NULL
               ? columns->repeats[columns->repeats[column].first].same
               : 1;
}

bool columns_repeat(const struct columns *columns, int column)
{
    return columns_same(columns, column) > 1 &&
           columns->repeats[column].number == 1;
}

void columns_places(const struct columns *columns, int column, struct buf *out)
{
    unsigned same = columns_same(columns, column), count = 0;
    for (unsigned i = (unsigned)column; i < columns->count; i++)
        if (same == 1
                ? i == (unsigned)column
                : columns->repeats[i].first == columns->repeats[column].first)
            buf_addf(out, "%s%u",
                     count++ == 0    ? ""
                     : count == same ? " and "
                                     : ", ",
                     i + 1);
}

const struct column *columns_nearest(const struct columns *columns,
                                     const char *name, size_t len)
{
    struct nearest nearest;
    nearest_init(&nearest, name, len);
    for (unsigned i = 0; i < columns->count; i++)
        nearest_try(&nearest, columns->all[i].name);
    const char *found = nearest_end(&nearest);
    for (unsigned i = 0; i < columns->count; i++)
        if (columns->all[i].name == found)
            return &columns->all[i];
    return NULL;
}

int64_t place_number(const struct place *place)
{
    return place->line > 0 ? (int64_t)place->line : -(int64_t)place->index;
}

struct place place_of(int64_t number, uint32_t sheet)
{
    struct place place = {.sheet = sheet};
    if (number > 0)
        place.line = (uint64_t)number;
    else
        place.index = 0 - (uint64_t)number;
    return place;
}

void place_put(struct buf *out, const struct place *place, const char *sheet)
{
    bool by_line = place->line > 0;
    if (sheet != NULL)
        buf_addf(out, "%s!", sheet);
    if (!by_line)
        buf_puts(out, "record ");
    buf_number(out, by_line ? place->line : place->index);
}

static const struct {
    const char *name, *one, *many;
} left_kinds[] = {
#define LEFT_WORDS(kind, name, one, many) [kind] = {name, one, many},
    LEFT_OUT(LEFT_WORDS)
#undef LEFT_WORDS
};

void left_out_lines(struct left_out *left, enum left_kind kind, uint64_t count,
                    uint32_t sheet, uint64_t first)
{
    bool before =
        sheet == left->sheet[kind] && first > 0 && first < left->first[kind];
    if (left->count[kind] == 0 || (before && count > 0)) {
        left->first[kind] = first;
        left->sheet[kind] = sheet;
    }
    left->count[kind] += count;
}

void left_out_add(struct left_out *left, const struct left_out *more)
{
    for (unsigned i = 0; i < LEFT_KINDS; i++)
        left_out_lines(left, (enum left_kind)i, more->count[i], more->sheet[i],
                       more->first[i]);
}

static void put_first(const struct left_out *left, unsigned kind,
                      char *const *sheets, struct buf *out)
{
    const struct place place = {.line = left->first[kind]};
    const char *first = left->count[kind] == 1 ? "" : "first ";
    uint32_t sheet = left->sheet[kind];
    if (place.line == 0)
        return;
    buf_addf(out, " (%s%s ", first, sheet > 0 ? "at" : "on line");
    place_put(out, &place, sheet > 0 ? sheets[sheet - 1] : NULL);
    buf_putc(out, ')');
}

void left_out_put(const struct left_out *left, char *const *sheets,
                  struct buf *out)
{
    uint64_t all = 0;
    char number[NUMBER_TEXT];
    for (unsigned i = 0; i < LEFT_KINDS; i++) {
        uint64_t count = left->count[i];
        if (count == 0)
            continue;
        buf_addf(out, "%s%s %s", all > 0 ? ", " : "",
                 number_text(count, number),
                 count == 1 ? left_kinds[i].one : left_kinds[i].many);
        put_first(left, i, sheets, out);
        all += count;
    }
    if (all > 0)
        buf_puts(out, all == 1 ? " is left out" : " are left out");
}

void left_out_json(const struct left_out *left, struct buf *out)
{
    const char *before = "";
    buf_puts(out, "\"left_out\":{");
    for (unsigned i = 0; i < LEFT_KINDS; i++) {
        if (left->count[i] == 0)
            continue;
        buf_addf(out, "%s\"%s\":%llu", before, left_kinds[i].name,
                 (unsigned long long)left->count[i]);
        before = ",";
    }
    buf_putc(out, '}');
}
