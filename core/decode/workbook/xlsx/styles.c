/* styles.c: formats that the workbook brings have numbers, and its styles name
 * these, or built-in ones. Programs write the formats before the styles, as the
 * standard asks; those of others are found all the same, as they are joined at
 * the end. */
#include "styles.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "package/hear.h"

enum { MOST = 1 << 20 }; /* spreadsheets allow 64 000 styles */

struct own_format {
    unsigned id;
    struct shown shown;
};

struct reading {
    struct own_format *formats;
    unsigned format_count, format_cap;
    unsigned *ids; /* of formats, one a style */
    unsigned id_count, id_cap;
    bool styles; /* within <cellXfs> */
    bool more;   /* there are more than are kept */
};

static unsigned number(const char *text)
{
    unsigned long value = text ? strtoul(text, NULL, 10) : 0;
    return value <= UINT32_MAX ? (unsigned)value : UINT32_MAX;
}

static void add_format(struct reading *reading, const char *const *attributes)
{
    const char *id = xml_attribute(attributes, "numFmtId");
    const char *code = xml_attribute(attributes, "formatCode");
    reading->more |= reading->format_count == MOST;
    if (id == NULL || code == NULL || reading->more)
        return;
    if (reading->format_count == reading->format_cap) {
        reading->format_cap = reading->format_cap * 2 + 16;
        reading->formats = mem_resize(
            reading->formats, reading->format_cap * sizeof *reading->formats);
    }
    reading->formats[reading->format_count++] =
        (struct own_format){number(id), shown_of_code(code, strlen(code))};
}

static void add_style(struct reading *reading, const char *const *attributes)
{
    reading->more |= reading->id_count == MOST;
    if (reading->more)
        return;
    if (reading->id_count == reading->id_cap) {
        reading->id_cap = reading->id_cap * 2 + 64;
        reading->ids =
            mem_resize(reading->ids, reading->id_cap * sizeof *reading->ids);
    }
    reading->ids[reading->id_count++] =
        number(xml_attribute(attributes, "numFmtId"));
}

static void hear_start(void *self, const char *name,
                       const char *const *attributes)
{
    struct reading *reading = self;
    if (strcmp(name, "numFmt") == 0)
        add_format(reading, attributes);
    else if (strcmp(name, "cellXfs") == 0)
        reading->styles = true;
    else if (reading->styles && strcmp(name, "xf") == 0)
        add_style(reading, attributes);
}

static void hear_end(void *self, const char *name)
{
    struct reading *reading = self;
    if (strcmp(name, "cellXfs") == 0)
        reading->styles = false;
}

static int by_id(const void *a, const void *b)
{
    unsigned x = ((const struct own_format *)a)->id;
    unsigned y = ((const struct own_format *)b)->id;
    return x < y ? -1 : x > y;
}

/* A workbook's own format holds over a built-in one of that number. */
static struct shown find(const struct reading *reading, unsigned id)
{
    const struct own_format wanted = {.id = id};
    const struct own_format *found =
        reading->format_count == 0
            ? NULL
            : bsearch(&wanted, reading->formats, reading->format_count,
                      sizeof wanted, by_id);
    return found ? found->shown : shown_built_in(id);
}

static void join(struct xlsx_styles *styles, const struct reading *reading)
{
    if (reading->format_count > 0)
        qsort(reading->formats, reading->format_count, sizeof *reading->formats,
              by_id);
    styles->all = mem_alloc((reading->id_count + 1) * sizeof *styles->all);
    for (unsigned i = 0; i < reading->id_count; i++)
        styles->all[i] = find(reading, reading->ids[i]);
    styles->count = reading->id_count;
}

bool xlsx_styles_read(struct xlsx_styles *styles, struct zip *zip, int part,
                      struct err *err)
{
    struct reading reading = {0};
    const struct xml_listener listener = {
        .start = hear_start, .end = hear_end, .self = &reading};
    *styles = (struct xlsx_styles){0};
    bool good = part < 0 || package_hear(zip, (unsigned)part, &listener, err);
    if (good && reading.more)
        good = err_set(err, EXIT_INPUT, "more than %d cell styles" ERR_FIXED,
                       MOST);
    if (good)
        join(styles, &reading);
    free(reading.formats);
    free(reading.ids);
    return good;
}

void xlsx_styles_release(struct xlsx_styles *styles)
{
    free(styles->all);
    *styles = (struct xlsx_styles){0};
}
