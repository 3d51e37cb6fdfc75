/* styles.c: styles come before the cells that use them, so they are sorted
 * once the first of them is asked for. */
#include "styles.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct style {
    char *id;
    struct shown shown;
};

/* Formats by the names of Visual Basic; all others are codes. */
static const struct {
    const char *name;
    enum shown_kind kind;
} named[] = {
    {"General", SHOWN_NUMBER},   {"General Number", SHOWN_NUMBER},
    {"Currency", SHOWN_NUMBER},  {"Euro Currency", SHOWN_NUMBER},
    {"Fixed", SHOWN_NUMBER},     {"Standard", SHOWN_NUMBER},
    {"Percent", SHOWN_NUMBER},   {"Scientific", SHOWN_NUMBER},
    {"Yes/No", SHOWN_NUMBER},    {"True/False", SHOWN_NUMBER},
    {"On/Off", SHOWN_NUMBER},    {"General Date", SHOWN_DATETIME},
    {"Long Date", SHOWN_DATE},   {"Medium Date", SHOWN_DATE},
    {"Short Date", SHOWN_DATE},  {"Long Time", SHOWN_TIME},
    {"Medium Time", SHOWN_TIME}, {"Short Time", SHOWN_TIME},
};

void styles_release(struct styles *styles)
{
    for (unsigned i = 0; i < styles->count; i++)
        free(styles->all[i].id);
    free(styles->all);
    *styles = (struct styles){0};
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct style *)a)->id, ((const struct style *)b)->id);
}

static struct style *find_among(const struct styles *styles, const char *id)
{
    for (unsigned i = 0; id && i < styles->count; i++)
        if (strcmp(styles->all[i].id, id) == 0)
            return &styles->all[i];
    return NULL;
}

/* Parents are few, and stand before their children. */
bool styles_add(struct styles *styles, const char *id, const char *parent)
{
    enum { PARENTS = 64 };
    const struct styles first = {
        styles->all, styles->count < PARENTS ? styles->count : PARENTS, 0, 0};
    const struct style *from = find_among(&first, parent);
    struct shown shown = from ? from->shown : (struct shown){0};
    if (styles->count == STYLES)
        return false;
    if (styles->count == styles->cap) {
        styles->cap = styles->cap > 0 ? 2 * styles->cap : 32;
        styles->all =
            mem_resize(styles->all, styles->cap * sizeof *styles->all);
    }
    styles->all[styles->count++] =
        (struct style){.id = mem_text(id), .shown = shown};
    return true;
}

void styles_format(struct styles *styles, const char *format)
{
    if (styles->count == 0)
        return;
    struct shown shown = shown_of_code(format, strlen(format));
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (strcmp(named[i].name, format) == 0)
            shown = (struct shown){.kind = (uint8_t)named[i].kind};
    styles->all[styles->count - 1].shown = shown;
}

struct shown styles_find(struct styles *styles, const char *id)
{
    const struct style wanted = {.id = (char *)id};
    if (id == NULL || styles->count == 0)
        return (struct shown){0};
    if (!styles->sorted)
        qsort(styles->all, styles->count, sizeof *styles->all, compare);
    styles->sorted = true;
    const struct style *found = bsearch(&wanted, styles->all, styles->count,
                                        sizeof *styles->all, compare);
    return found ? found->shown : (struct shown){0};
}
