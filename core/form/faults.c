/* faults.c: what is wrong with a record, in an order of its own.
 *
 * Lua goes through a table in any order; a reject's text must not depend on
 * it, so faults are sorted before they are written down. */
#include "form.h"

#include <stdarg.h>
#include <string.h>

/* The first fault of a field stays: later ones follow from it more often than
 * not. Those of no field (an unknown name, say) are all kept. */
void faults_add(struct faults *faults, const char *field, const char *format,
                ...)
{
    if (faults->count == FORM_MAX_FIELDS)
        return;
    for (unsigned i = 0; i < faults->count; i++) {
        if (field[0] != '\0' && strcmp(faults->all[i].field, field) == 0)
            return;
    }
    va_list args;
    va_start(args, format);
    const char *text = arena_vformat(faults->arena, format, args);
    va_end(args);
    faults->all[faults->count++] = (struct fault){field, text};
}

/* Of two faults, is the first one to be told later? */
static bool is_later(const struct form *form, const struct fault *a,
                     const struct fault *b)
{
    int first = form_field(form, a->field, strlen(a->field));
    int second = form_field(form, b->field, strlen(b->field));
    return first != second ? first > second : strcmp(a->text, b->text) > 0;
}

/* By insertion: there are few, and equal ones keep their order. */
void faults_sort(struct faults *faults, const struct form *form)
{
    struct fault *all = faults->all;
    for (unsigned i = 1; i < faults->count; i++) {
        struct fault fault = all[i];
        unsigned at = i;
        for (; at > 0 && is_later(form, &all[at - 1], &fault); at--)
            all[at] = all[at - 1];
        all[at] = fault;
    }
}
