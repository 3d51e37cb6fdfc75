/* looked.c: what a look says. */
#include "looked.h"

#include <stdarg.h>
#include <stdio.h>

#include "validate.h"

static const char *format_text(struct arena *arena, const char *format,
                               va_list args)
    __attribute__((format(printf, 2, 0)));

static const char *format_text(struct arena *arena, const char *format,
                               va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    size_t size = len < 0 ? 1 : (size_t)len + 1;
    char *text = arena_alloc(arena, size);
    text[0] = '\0';
    vsnprintf(text, size, format, args);
    return text;
}

bool looked_refuse(struct looked *looked, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    faults_add(looked->faults, looked->field->name, "%s",
               format_text(looked->faults->arena, format, args));
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
         "%s", format_text(looked->faults->arena, format, args));
    va_end(args);
}

const char *looked_shown(const struct looked *looked)
{
    return field_shown(looked->value, looked->faults->arena);
}
