/* paste.c: a field is suggested where one column alone has a name that means it
 * and cells that agree. */
#include "paste.h"

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

void paste_fields(const struct gather *gather,
                  void (*take)(void *out, const char *field, unsigned column),
                  void *out)
{
    const struct form *form = form_find("setCustomer");
    for (unsigned f = 0; form != NULL && f < form->count; f++) {
        unsigned found = 0, at = 0;
        for (unsigned i = 0; i < gather->count; i++)
            if (is_sure(&gather->columns[i], form->fields[f].name)) {
                found++;
                at = i;
            }
        if (found == 1)
            take(out, form->fields[f].name, at);
    }
}
