/* names.c: a few names are shown, and the nearest one. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/nearest.h"

void sql_names_add(struct sql_names *tables, const char *name)
{
    unsigned count = tables->count;
    if ((count & (count - 1)) == 0)
        tables->all = mem_resize(tables->all,
                                 (count ? 2 * count : 1) * sizeof *tables->all);
    tables->all[tables->count++] = mem_text(name);
}

void sql_names_drop(struct sql_names *tables)
{
    free(tables->all[--tables->count]);
}

void sql_names_release(struct sql_names *tables)
{
    for (unsigned i = 0; i < tables->count; i++)
        free(tables->all[i]);
    free(tables->all);
    *tables = (struct sql_names){.all = NULL};
}

static void show_names(const struct sql_names *tables, struct buf *out)
{
    enum { SHOWN = 12 };
    for (unsigned i = 0; i < tables->count && i < SHOWN; i++)
        buf_addf(out, "%s\"%s\"", i > 0 ? ", " : "", tables->all[i]);
    if (tables->count > SHOWN)
        buf_puts(out, ", …");
}

static const char *nearest_of(const struct sql_names *tables, const char *asked)
{
    struct nearest nearest;
    nearest_init(&nearest, asked, strlen(asked));
    for (unsigned i = 0; i < tables->count; i++)
        nearest_try_any(&nearest, tables->all[i]);
    return nearest_end(&nearest);
}

bool sql_names_refuse(const struct sql_names *tables, const char *asked,
                      const char *none, struct err *err)
{
    struct buf shown = {0};
    show_names(tables, &shown);
    if (tables->count == 0) {
        err_set(err, EXIT_INPUT, "%s", none);
    } else if (asked == NULL) {
        err_set(err, EXIT_INPUT,
                "holds %u tables, %s: say which one with table = \"NAME\" "
                "(--table NAME)",
                tables->count, buf_text(&shown));
    } else {
        const char *near = nearest_of(tables, asked);
        err_set(err, EXIT_INPUT, "has no table \"%s\"%s%s%s; it has %s", asked,
                near ? ": did you mean \"" : "", near ? near : "",
                near ? "\"?" : "", buf_text(&shown));
    }
    buf_release(&shown);
    return false;
}
