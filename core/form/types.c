/* types.c: the table of field types. */
#include "types.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
static const struct field_type types[] = {
    /* name     quoted sized  choices schema     settle */
    { "String", true,  true,  NULL,   "string",  settle_string },
    { "Byte",   false, false, "10",   "integer", settle_byte },
};
/* clang-format on */

enum { COUNT = sizeof types / sizeof *types };

const struct field_type *field_type_find(const char *name)
{
    for (size_t i = 0; i < COUNT; i++)
        if (strcmp(types[i].name, name) == 0)
            return &types[i];
    return NULL;
}

const char *field_type_names(char *names, size_t room)
{
    size_t len = 0;
    for (size_t i = 0; i < COUNT && len < room; i++) {
        const char *between = i == 0 ? "" : i + 1 < COUNT ? ", " : " and ";
        len += (size_t)snprintf(names + len, room - len, "%s%s", between,
                                types[i].name);
    }
    return names;
}
