/* columns.c: the columns of a lookup: those of its key, and those that the
 * script uses or its files have. */
#include "own.h"

#include <string.h>

#include "base/nearest.h"
#include "plan/column.h"
#include "plan/grown.h"

unsigned lookup_add_column(struct lookup *lookup, struct value name, int line)
{
    lookup->columns = grown(lookup->columns, lookup->count + 1, &lookup->cap,
                            sizeof *lookup->columns);
    struct plan_column *column = &lookup->columns[lookup->count];
    *column = (struct plan_column){.line = line};
    lookup->call.arena = &lookup->memory;
    plan_name_column(column, name, &lookup->call);
    return lookup->count++;
}

uint32_t lookup_find_column(const struct lookup *lookup, const char *name,
                            size_t len)
{
    for (unsigned i = lookup->said.key_count; i < lookup->count; i++)
        if (lookup->columns[i].len == len &&
            memcmp(lookup->columns[i].name, name, len) == 0)
            return i - lookup->said.key_count;
    return LOOKUP_NONE;
}

/* Names of a script may have white space that columns do not: so it is added,
 * and taken away again where it is there. */
uint32_t lookup_column(struct lookup *lookup, const struct value *name,
                       int line)
{
    uint32_t found = lookup_find_column(lookup, name->text, name->len);
    if (found != LOOKUP_NONE || lookup->ready)
        return found;
    unsigned added = lookup_add_column(lookup, *name, line);
    found = lookup_find_column(lookup, lookup->columns[added].name,
                               lookup->columns[added].len);
    if (found < added - lookup->said.key_count)
        lookup->count--;
    return found;
}

unsigned lookup_columns(const struct lookup *lookup)
{
    return lookup_kept(lookup);
}

const char *lookup_name(const struct lookup *lookup, uint32_t column,
                        size_t *len)
{
    const struct plan_column *at =
        &lookup->columns[lookup->said.key_count + column];
    *len = at->len;
    return at->name;
}

const char *lookup_nearest(const struct lookup *lookup, const char *name,
                           size_t len)
{
    struct nearest nearest;
    nearest_init(&nearest, name, len);
    for (unsigned i = lookup->said.key_count; i < lookup->count; i++)
        nearest_try_any(&nearest, lookup->columns[i].name);
    return nearest_end(&nearest);
}
