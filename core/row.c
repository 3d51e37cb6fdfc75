/* row.c: places in words; columns: how they get their names, and how they are
 * found again. */
#include "row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/nearest.h"
#include "base/nfc.h"
#include "base/utf8.h"

/* The names given so far, by hash; each knows how often it was asked for. */
struct name {
    const char *text; /* NULL: a free slot */
    uint32_t len;
    unsigned asked;
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

/* Appends the cell in NFC, each run of white space as one blank. */
static void squeeze(struct buf *out, const struct value *cell)
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

static struct column name_column(struct names *names, const struct value *cell,
                                 unsigned position)
{
    struct buf wanted = {0};
    if (cell != NULL && cell->len > 0)
        squeeze(&wanted, cell);
    if (wanted.len == 0)
        buf_addf(&wanted, "column %u", position);
    make_unique(names, &wanted);
    uint32_t len = (uint32_t)wanted.len;
    char *text = mem_text_n(wanted.at, wanted.len);
    buf_release(&wanted);
    *names_find(names, text, len) =
        (struct name){.text = text, .len = len, .asked = 1};
    return (struct column){.name = text, .len = len};
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
    for (unsigned i = 0; i < count; i++)
        columns->all[i] = name_column(&names, cells ? &cells[i] : NULL, i + 1);
    free(names.slots);
}

void columns_release(struct columns *columns)
{
    for (unsigned i = 0; i < columns->count; i++)
        free((char *)columns->all[i].name);
    free(columns->all);
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
