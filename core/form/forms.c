/* forms.c: the forms there are, compiled once and found by name.
 *
 * Names are compared in any letter case, as the server does, and a name that is
 * not there is answered with the nearest one. */
#include "form.h"

#include <string.h>
#include <strings.h>

#include "base/nearest.h"
#include "charset/letters.h"
#include "compile.h"
#include "look.h"

#define FORM_NAME(name) #name,
static const char *const form_names[] = {FORMS(FORM_NAME)};

enum { FORM_COUNT = sizeof form_names / sizeof *form_names };

static const struct form *all[FORM_COUNT + 1];

/* Not locked: it is called before threads start, and later calls only read. */
const struct form *const *forms_load(struct err *err)
{
    if (all[0] == NULL) {
        letters_prepare();
        look_prepare();
    }
    for (unsigned i = 0; i < FORM_COUNT; i++) {
        if (all[i] == NULL)
            all[i] = form_compile(form_names[i], err);
        if (all[i] == NULL) {
            forms_release();
            return NULL;
        }
    }
    return all;
}

void forms_release(void)
{
    for (unsigned i = 0; i < FORM_COUNT; i++) {
        form_free((struct form *)all[i]);
        all[i] = NULL;
    }
}

const struct form *form_find(const char *name)
{
    for (unsigned i = 0; all[i] != NULL; i++) {
        if (strcasecmp(all[i]->name, name) == 0)
            return all[i];
    }
    return NULL;
}

const char *form_nearest(const char *name)
{
    struct nearest nearest;
    nearest_init(&nearest, name, strlen(name));
    for (unsigned i = 0; i < FORM_COUNT; i++)
        nearest_try(&nearest, form_names[i]);
    return nearest_end(&nearest);
}
