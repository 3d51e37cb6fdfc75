/* forms.c: `fastsync forms [NAME]`: the forms there are, or one form's fields;
 * as JSON Schema with --json. */
#include "command.h"

#include <stdio.h>

#include "base/screen/print.h"
#include "form/types.h"

static void print_schema(const struct form *form)
{
    struct buf out = {0};
    form_schema(form, &out);
    print_json(&out);
    buf_release(&out);
}

static void print_field(const struct field *field, bool key)
{
    char type[32];
    snprintf(type, sizeof type, field->type->sized ? "%s(%u)" : "%s",
             field->type->name, field->max);
    print_line("%-16s %-12s %-10s %s", field->name, type,
               key               ? "yes (key)"
               : field->required ? "yes"
                                 : "",
               field->help);
}

static void print_form(const struct form *form)
{
    print_line("%s: %s, %u fields", form->name, form->help, form->count);
    print_end();
    print_line("%-16s %-12s %-10s %s", "Field", "Type", "Required", "Meaning");
    for (unsigned i = 0; i < form->count; i++)
        print_field(&form->fields[i], i == form->key);
}

static void print_forms(const struct form *const *all)
{
    print_line("%-16s %-16s %-16s %6s  %s", "Form", "Key", "Read with",
               "Fields", "Meaning");
    for (; *all != NULL; all++)
        print_line("%-16s %-16s %-16s %6u  %s", (*all)->name,
                   (*all)->fields[(*all)->key].name,
                   (*all)->reads != NULL ? (*all)->reads : "", (*all)->count,
                   (*all)->help);
}

static bool no_such_form(const char *name, struct err *err)
{
    const char *nearest = form_nearest(name);
    if (nearest == NULL)
        return err_set(err, EXIT_USAGE, "%s: no such form; see fastsync forms",
                       name);
    return err_set(err, EXIT_USAGE, "%s: no such form; did you mean %s?", name,
                   nearest);
}

static enum exit_code forms(struct arguments *arguments, struct err *err)
{
    /* Loaded for one listing: a form is compiled from Lua. */
    const struct form *const *all = forms_load(err);
    const struct form *form = NULL;
    if (all == NULL)
        return err->code;
    if (arguments->count > 0) {
        form = form_find(arguments->operands[0]);
        if (form == NULL) {
            no_such_form(arguments->operands[0], err);
            forms_release();
            return EXIT_USAGE;
        }
    }
    if (arguments->json)
        print_schema(form);
    else if (form != NULL)
        print_form(form);
    else
        print_forms(all);
    forms_release();
    return EXIT_DONE;
}

static const char *const options[] = {"json", NULL};

const struct command command_forms = {
    .name = "forms",
    .usage = "fastsync forms [NAME]",
    .help = "the forms and their fields (--json: as JSON Schema)",
    .example = "fastsync forms setCustomer",
    .options = options,
    .operands_max = 1,
    .body = forms,
};
