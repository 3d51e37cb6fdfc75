/* text.c: what all text functions use: values as texts, and what is said
 * where a value cannot be one.
 *
 * Messages and answers are made in the call's arena, so nothing is freed. */
#include "text.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "answer.h"
#include "base/screen/show.h"
#include "base/utf8.h"

enum { SHOWN_UNITS = 60 };

const char text_same[] = "same", text_empty[] = "empty";

/* A format is the program's own, and one without a % needs no copy. */
__attribute__((format(printf, 2, 0))) static const char *text_vformat(
    struct arena *arena, const char *format, va_list args)
{
    return strchr(format, '%') == NULL ? format
                                       : arena_vformat(arena, format, args);
}

__attribute__((format(printf, 2, 3))) static const char *text_format(
    struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = text_vformat(arena, format, args);
    va_end(args);
    return text;
}

bool text_refuse(struct text_call *call, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    call->reason = text_vformat(call->arena, format, args);
    va_end(args);
    return false;
}

__attribute__((format(printf, 3, 0))) static void add_note(struct arena *arena,
                                                           const char **notes,
                                                           const char *format,
                                                           va_list args)
{
    const char *more = text_vformat(arena, format, args);
    *notes = *notes != NULL ? text_format(arena, "%s; %s", *notes, more) : more;
}

void text_note(struct text_call *call, const char **notes, const char *format,
               ...)
{
    va_list args;
    va_start(args, format);
    add_note(call->arena, notes, format, args);
    va_end(args);
}

/* Remarks cost memory and time for every cell, so they are made only where
 * somebody reads them. */
void text_remark(struct text_call *call, const char *format, ...)
{
    if (!call->remarks)
        return;
    va_list args;
    va_start(args, format);
    add_note(call->arena, &call->remark, format, args);
    va_end(args);
}

/* Numbers as a form field shows them: without a fraction where there is none,
 * in Lua's own format otherwise. */
static struct value number_text(struct text_call *call, double number)
{
    char *text = arena_alloc(call->arena, 40);
    int len = fabs(number) < 9.2e18 && number == floor(number)
                  ? snprintf(text, 40, "%" PRId64, (int64_t)number)
                  : snprintf(text, 40, "%.14g", number);
    return text_part(text, (size_t)len, 0);
}

static struct value integer_text(struct text_call *call, int64_t integer)
{
    char *text = arena_alloc(call->arena, 24);
    int len = snprintf(text, 24, "%" PRId64, integer);
    return text_part(text, (size_t)len, 0);
}

bool text_of(struct text_call *call, const struct value *value,
             struct value *text)
{
    switch ((enum value_type)value->type) {
    case VALUE_TEXT:
        *text = *value;
        return true;
    case VALUE_INT:
        *text = integer_text(call, value->integer);
        return true;
    case VALUE_NUMBER:
        *text = number_text(call, value->number);
        return true;
    case VALUE_DECIMAL:
        *text = text_part(value->text, value->len, VALUE_TIGHT);
        return true;
    case VALUE_BOOL:
        *text = text_plain(value->truth ? "true" : "false");
        return true;
    case VALUE_NIL:
    case VALUE_EMPTY:
        *text = text_plain("");
        return true;
    case VALUE_LIST:
    case VALUE_MAP:
        break;
    }
    return text_refuse(call, "%s is not a text%s", text_show(call, value),
                       value->type == VALUE_LIST ? " (join makes one)" : "");
}

/* The reason is made first and the name put before it, as text_of serves
 * others that have no name. */
bool text_convert(struct text_call *call, const struct text_args *args,
                  unsigned i, struct value *text)
{
    if (text_of(call, &args->all[i], text))
        return true;
    return args->name != NULL &&
           text_refuse(call, "%s: %s", args->name, call->reason);
}

static bool members_blank(const struct value *map)
{
    for (uint32_t i = 0; i < map->len; i++)
        if (!text_blank(&map->members[i].value))
            return false;
    return true;
}

/* What join leaves out, default replaces and first passes over: one meaning
 * for all of them. */
bool text_blank(const struct value *value)
{
    if (value->type == VALUE_TEXT)
        return text_trimmed(*value).len == 0;
    if (value->type == VALUE_MAP)
        return members_blank(value);
    if (value->type != VALUE_LIST)
        return value->type == VALUE_NIL || value->type == VALUE_EMPTY;
    for (uint32_t i = 0; i < value->len; i++)
        if (!text_blank(&value->list[i]))
            return false;
    return true;
}

/* A cell may hold anything: it is cut to what fits into a line. */
const char *text_show(struct text_call *call, const struct value *value)
{
    struct value text = value_text("", 0);
    if (value->type == VALUE_LIST || value->type == VALUE_MAP)
        return text_format(call->arena, "a %s of %u",
                           value->type == VALUE_LIST ? "list" : "map",
                           (unsigned)value->len);
    text_of(call, value, &text);
    size_t len = utf8_cut(text.text, text.len, SHOWN_UNITS);
    return show_keep(call->arena, "\"", text.text, len,
                     len < text.len ? "…\"" : "\"");
}
