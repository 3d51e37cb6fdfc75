/* kind.c: the table of kinds. */
#include "kind.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
static const struct field_kind kinds[] = {
    /*                        strict bare   trimmed line   known  digits number alike doubt */
    { "text",    ROAD_WORDS,  false, false, false,  false, false, false, false, false, WARNING_KINDS },
    { "name",    ROAD_WORDS,  true,  false, true,   false, true,  false, false, false, WARNING_KINDS },
    { "code",    ROAD_CODE,   true,  true,  true,   true,  true,  true,  false, true , WARNING_KINDS },
    { "phone",   ROAD_NUMBER, true,  true,  true,   true,  false, true,  true,  true , WARNING_PHONE },
    { "taxcode", ROAD_NUMBER, true,  true,  true,   true,  false, true,  true,  true , WARNING_TAXCODE },
    { "account", ROAD_NUMBER, true,  true,  true,   true,  false, true,  true,  true , WARNING_NUMBER },
    { "mail",    ROAD_MAIL,   true,  true,  true,   false, false, false, false, false, WARNING_KINDS },
};
/* clang-format on */

static const struct field_kind none = {.name = "none"};

enum { COUNT = sizeof kinds / sizeof *kinds };

const struct field_kind *field_kind_find(const char *name)
{
    for (size_t i = 0; i < COUNT; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    return NULL;
}

const struct field_kind *field_kind_usual(void)
{
    return &kinds[0];
}

const struct field_kind *field_kind_none(void)
{
    return &none;
}

const char *field_kind_names(char *names, size_t room)
{
    size_t len = 0;
    for (size_t i = 0; i < COUNT && len < room; i++) {
        const char *between = i == 0 ? "" : i + 1 < COUNT ? ", " : " and ";
        len += (size_t)snprintf(names + len, room - len, "%s%s", between,
                                kinds[i].name);
    }
    return names;
}
