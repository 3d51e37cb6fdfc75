/* names.c: captions are of any length and any bytes; a name is one line. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "clean.h"

void names_release(struct names *names)
{
    for (unsigned i = 0; i < names->count; i++)
        free((char *)names->sheets[i].name);
    free(names->sheets);
    free(names->places);
    *names = (struct names){0};
}

static bool is_sheet(const struct found_table *table)
{
    return !table->layout && !table->inner && table->cells > 0;
}

/* On one line, without marks, not endless; NULL where nothing is left. */
static char *tidy(const char *text, size_t len)
{
    enum { UNITS = 64 };
    struct clean_faults faults = {0};
    struct buf name = {0};
    utf8_mend(&name, text, len);
    name.len = clean_mend(name.at, name.len, &faults);
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.at[i] < ' ' || name.at[i] == 0x7F)
            name.at[i] = ' ';
    const char *start = name.at, *end = name.at + name.len;
    utf8_trim(&start, &end);
    size_t cut = utf8_cut(start, (size_t)(end - start), UNITS);
    char *tidied = cut > 0 ? mem_text_n(start, cut) : NULL;
    buf_release(&name);
    return tidied;
}

static char *name_of(const struct found_table *table,
                     const struct island_sheet *known, unsigned number)
{
    char *name = NULL;
    if (known != NULL && known->name.len > 0)
        name = tidy(known->name.at, known->name.len);
    if (name == NULL && table->caption.len > 0)
        name = tidy(table->caption.at, table->caption.len);
    if (name == NULL && table->id[0] != '\0')
        name = tidy(table->id, strlen(table->id));
    return name ? name : mem_format("table %u", number);
}

static void add(struct names *names, unsigned page,
                const struct found_table *table,
                const struct island_sheet *known)
{
    if (names->count == names->cap) {
        names->cap = names->cap > 0 ? 2 * names->cap : 4;
        names->sheets =
            mem_resize(names->sheets, names->cap * sizeof *names->sheets);
        names->places =
            mem_resize(names->places, names->cap * sizeof *names->places);
    }
    names->sheets[names->count] = (struct grid_sheet){
        .name = name_of(table, known, names->count + 1),
        .hidden = table->hidden || (known != NULL && known->hidden),
        .blank = table->rows == 0};
    names->places[names->count++] =
        (struct names_place){.page = page,
                             .number = table->number,
                             .cells = known == NULL ? table->cells : 0};
}

void names_add(struct names *names, unsigned page, const struct found *found,
               const struct island_sheet *known, unsigned known_count)
{
    unsigned tables = 0, told = 0;
    for (unsigned i = 0; i < found->count; i++)
        tables += is_sheet(&found->all[i]);
    if (known_count > tables)
        known_count = 0;
    for (unsigned i = 0; i < found->count; i++)
        if (is_sheet(&found->all[i])) {
            add(names, page, &found->all[i],
                told < known_count ? &known[told] : NULL);
            told++;
        }
}

void names_settle(struct names *names)
{
    enum { FAR = 10 };
    uint64_t most = 0;
    for (unsigned i = 0; i < names->count; i++)
        if (names->places[i].cells > most)
            most = names->places[i].cells;
    for (unsigned i = 0; i < names->count; i++)
        names->sheets[i].minor =
            names->places[i].cells > 0 && names->places[i].cells < most / FAR;
}
