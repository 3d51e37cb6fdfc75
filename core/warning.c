/* warning.c: the list of a row's warnings, and the table of their kinds. */
#include "warning.h"

#include <stdarg.h>
#include <string.h>

#include "base/screen/show.h"
#include "base/utf8.h"

enum { SHOWN_UNITS = 200, /* of a value */ WARNINGS_MAX = 1000 };

#define WARNING_ROW(constant, name, help) {#name, help},
static const struct {
    const char *name, *help;
} kinds[] = {WARNINGS(WARNING_ROW)};
#undef WARNING_ROW

_Static_assert(WARNING_KINDS <= 32, "a set of kinds has 32 bits");

const char *warning_name(enum warning_kind kind)
{
    return kinds[kind].name;
}

const char *warning_help(enum warning_kind kind)
{
    return kinds[kind].help;
}

enum warning_kind warning_find(const char *name, size_t len)
{
    for (unsigned kind = 0; kind < WARNING_KINDS; kind++)
        if (strlen(kinds[kind].name) == len &&
            memcmp(kinds[kind].name, name, len) == 0)
            return (enum warning_kind)kind;
    return WARNING_KINDS;
}

/* What is no text is shown as JSON. */
const char *warning_show(struct arena *arena, const struct value *value)
{
    struct buf json = {0};
    const char *text = "";
    size_t len = 0;
    if (value != NULL && value->type == VALUE_TEXT) {
        text = value->text;
        len = value->len;
    } else if (value != NULL && value->type != VALUE_NIL) {
        value_json(&json, value);
        text = json.at;
        len = json.len;
    }
    size_t kept = utf8_cut(text, len, SHOWN_UNITS);
    const char *shown = show_keep(arena, "", text, kept, kept < len ? "…" : "");
    buf_release(&json);
    return shown;
}

static bool is_there(const struct warnings *warnings,
                     const struct warning *warning)
{
    for (unsigned i = 0; i < warnings->count; i++) {
        const struct warning *other = &warnings->all[i];
        if (other->kind == warning->kind &&
            strcmp(other->field, warning->field) == 0 &&
            strcmp(other->value, warning->value) == 0 &&
            strcmp(other->text, warning->text) == 0)
            return true;
    }
    return false;
}

/* The old list stays in the arena, which is emptied with the row. */
static void grow(struct warnings *warnings)
{
    unsigned cap = warnings->cap ? warnings->cap * 2 : 8;
    struct warning *all = arena_alloc(warnings->arena, cap * sizeof *all);
    if (warnings->count > 0)
        memcpy(all, warnings->all, warnings->count * sizeof *all);
    warnings->all = all;
    warnings->cap = cap;
}

static const char *keep(struct arena *arena, const char *text)
{
    size_t size = strlen(text) + 1;
    return memcpy(arena_alloc(arena, size), text, size);
}

static void add(struct warnings *warnings, const struct warning *warning)
{
    if (warnings->count == warnings->cap)
        grow(warnings);
    warnings->all[warnings->count++] = *warning;
}

/* One row's are told up to so many; then it is said once of each kind, so that
 * what is strict stays so, that there are others. */
static bool is_full(struct warnings *warnings, enum warning_kind kind)
{
    static const struct warning more = {
        .field = "", .value = "", .text = "more of one row are left out"};
    struct warning last = more;
    if (warnings->count < WARNINGS_MAX)
        return false;
    last.kind = kind;
    for (unsigned i = WARNINGS_MAX; i < warnings->count; i++)
        if (warnings->all[i].kind == kind)
            return true;
    add(warnings, &last);
    return true;
}

void warn(struct warnings *warnings, enum warning_kind kind, const char *field,
          const struct value *value, const char *format, ...)
{
    va_list args;
    if (warnings == NULL || is_full(warnings, kind))
        return;
    struct arena_mark before = arena_mark(warnings->arena);
    if (field == NULL)
        field = warnings->field != NULL ? warnings->field : "";
    struct warning warning = {.kind = kind,
                              .field = keep(warnings->arena, field),
                              .value = warning_show(warnings->arena, value)};
    va_start(args, format);
    const char *text = arena_vformat(warnings->arena, format, args);
    va_end(args);
    warning.text = show_keep(warnings->arena, "", text, strlen(text), "");
    if (is_there(warnings, &warning))
        arena_return(warnings->arena, before);
    else
        add(warnings, &warning);
}

void warnings_add(struct warnings *warnings, const struct warnings *others)
{
    if (others == NULL || others->count == 0)
        return;
    size_t size = others->count * sizeof *others->all;
    warnings->count = warnings->cap = others->count;
    warnings->all =
        memcpy(arena_alloc(warnings->arena, size), others->all, size);
}
