/* decoder.c: the formats there are. */
#include "decoder.h"

#include <strings.h>

#define FORMAT_ADDRESS(name) &format_##name,
const struct format *const formats[] = {FORMATS(FORMAT_ADDRESS) NULL};
#undef FORMAT_ADDRESS

const struct format *format_claiming(const char *head, size_t len)
{
    for (const struct format *const *format = formats; *format; format++)
        if ((*format)->claims != NULL && (*format)->claims(head, len))
            return *format;
    return NULL;
}

const struct format *format_find(const char *name)
{
    for (const struct format *const *format = formats; *format; format++)
        if (strcasecmp((*format)->name, name) == 0)
            return *format;
    return NULL;
}
