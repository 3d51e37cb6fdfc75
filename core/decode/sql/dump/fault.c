/* fault.c: a text of an arena, of which the dump's own words are shown. */
#include "fault.h"

#include <string.h>

#include "base/screen/show.h"

const char *dump_fault(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vformat(arena, format, args);
    va_end(args);
    size_t len = strlen(text);
    return show_plain(text, len) == len ? text
                                        : show_keep(arena, "", text, len, "");
}

const char *dump_fault_of(struct arena *arena, const struct sql_names *names,
                          unsigned column, const char *fault)
{
    return column < names->count
               ? dump_fault(arena, "%s (column \"%s\")", fault,
                            names->all[column])
               : dump_fault(arena, "%s (column %u)", fault, column + 1);
}
