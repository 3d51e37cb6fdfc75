/* looked.c: what a look says. */
#include "looked.h"

#include <stdarg.h>

#include "validate.h"

bool looked_refuse(struct looked *looked, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    faults_add(looked->faults, looked->field->name, "%s",
               arena_vformat(looked->faults->arena, format, args));
    va_end(args);
    return false;
}

void looked_warn(struct looked *looked, enum warning_kind kind,
                 const char *format, ...)
{
    if (looked->faults->warnings == NULL || looked->told)
        return;
    va_list args;
    va_start(args, format);
    warn(looked->faults->warnings, kind, looked->field->name, looked->value,
         "%s", arena_vformat(looked->faults->arena, format, args));
    va_end(args);
}

const char *looked_shown(const struct looked *looked)
{
    return field_shown(looked->value, looked->faults->arena);
}
