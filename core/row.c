/* row.c: columns: how they get their names, and how they are found again. */
#include "row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "mem.h"
#include "utf8.h"

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

enum { LONGEST = 96 }; /* bytes of a folded name that are compared */

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many bytes must be put in, taken out or changed. */
static size_t distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t row[LONGEST + 1];
    for (size_t j = 0; j <= b_len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t above = row[j];
            row[j] = least(corner + (a[i - 1] != b[j - 1]),
                           least(above, row[j - 1]) + 1);
            corner = above;
        }
    }
    return row[b_len];
}

const struct column *columns_nearest(const struct columns *columns,
                                     const char *name, size_t len)
{
    struct buf wanted = {0}, folded = {0};
    utf8_fold(&wanted, name, len);
    size_t wanted_len = least(wanted.len, LONGEST);
    size_t nearest = wanted_len / 3 + 1; /* farther is not near */
    const struct column *found = NULL;
    for (unsigned i = 0; i < columns->count && nearest > 0; i++) {
        buf_clear(&folded);
        utf8_fold(&folded, columns->all[i].name, columns->all[i].len);
        size_t folded_len = least(folded.len, LONGEST);
        if (wanted_len == 0 || folded_len == 0)
            continue;
        size_t far = distance(wanted.at, wanted_len, folded.at, folded_len);
        if (far < nearest) {
            nearest = far;
            found = &columns->all[i];
        }
    }
    buf_release(&wanted);
    buf_release(&folded);
    return found;
}
