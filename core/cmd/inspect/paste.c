/* paste.c: a field is suggested where a column has a name that means it and
 * cells that agree; of several, that whose name is the surest (Tên khách hàng
 * before Tên công ty), if it is alone. */
#include "paste.h"

#include <limits.h>
#include <string.h>

#include "base/screen/aligned.h"
#include "form/form.h"

/* The mapping will lie beside the export. */
static void put_path(const struct gather *gather, struct buf *out)
{
    const struct input *input = gather->input;
    const char *path = input->spec.path;
    if (path == NULL || strcmp(path, "-") == 0) {
        buf_addf(out, "\"export%s\"", input->format->extensions[0]);
        return;
    }
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL && slash[1] != '\0' ? slash + 1 : path;
    facts_quote(out, name, strlen(name));
}

static void put_source(const struct gather *gather, const char *between,
                       const char *end, struct buf *out)
{
    buf_addf(out, "fast.%s {%s", gather->input->format->name, between);
    put_path(gather, out);
    for (unsigned i = 0; i < gather->facts.option_count; i++)
        buf_addf(out, ",%s%s = %s", between, gather->facts.options[i].name,
                 gather->facts.options[i].value);
    buf_puts(out, end);
}

void paste_source(const struct gather *gather, size_t width, struct buf *out)
{
    size_t from = out->len;
    put_source(gather, " ", " }", out);
    buf_reserve(out, 1);
    out->at[out->len] = '\0';
    if (aligned_width(out->at + from, width + 1) <= width)
        return;
    out->len = from;
    put_source(gather, "\n    ", ",\n  }", out);
}

static bool is_sure(const struct gather_column *column, const char *field)
{
    return column->heading.field != NULL &&
           strcmp(column->heading.field, field) == 0 &&
           column->profile.filled > 0 && column->look == column->heading.look;
}

/* The column for the field, or -1. */
static int find_column(const struct gather *gather, const char *field)
{
    int found = -1;
    bool alone = true;
    for (unsigned i = 0; i < gather->count; i++) {
        const struct gather_column *columns = gather->columns;
        if (!is_sure(&columns[i], field))
            continue;
        unsigned rank = columns[i].heading.rank;
        unsigned best = found >= 0 ? columns[found].heading.rank : UINT_MAX;
        alone = rank < best || (alone && rank != best);
        found = rank < best ? (int)i : found;
    }
    return alone ? found : -1;
}

void paste_fields(const struct gather *gather,
                  void (*take)(void *out, const char *field, unsigned column),
                  void *out)
{
    const struct form *form = form_find("setCustomer");
    for (unsigned f = 0; form != NULL && f < form->count; f++) {
        int column = find_column(gather, form->fields[f].name);
        if (column >= 0)
            take(out, form->fields[f].name, (unsigned)column);
    }
}

void paste_missing(const struct gather *gather,
                   void (*take)(void *out, const char *field), void *out)
{
    const struct form *form = form_find("setCustomer");
    for (unsigned f = 0; form != NULL && f < form->count; f++)
        if (form->fields[f].required &&
            find_column(gather, form->fields[f].name) < 0)
            take(out, form->fields[f].name);
}
