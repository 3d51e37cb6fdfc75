/* fault.c: a text of an arena. */
#include "fault.h"

const char *dump_fault(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = arena_vformat(arena, format, args);
    va_end(args);
    return text;
}
