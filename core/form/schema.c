/* schema.c: the JSON Schema of a form's record, as it goes over the wire. JSON
 * Schema counts code points where Fast counts UTF-16 units, so maxLength is the
 * weaker of the two; x-units says so. */
#include "form.h"

#include "base/json.h"
#include "types.h"

static void put_member(struct buf *out, const char *name, const char *text)
{
    json_cstring(out, name);
    buf_putc(out, ':');
    json_cstring(out, text);
}

/* In quotes or not, as the value itself. */
static void put_choices(const struct field *field, struct buf *out)
{
    const char *quote = field->quoted ? "\"" : "";
    buf_puts(out, ",\"enum\":[");
    for (const char *at = field->choices; *at != '\0'; at++)
        buf_addf(out, "%s%s%c%s", at == field->choices ? "" : ",", quote, *at,
                 quote);
    buf_putc(out, ']');
}

/* A required text must hold something that is no white space, as validation
 * says. */
static void put_field(const struct field *field, bool key, struct buf *out)
{
    buf_putc(out, '{');
    put_member(out, "description", field->help);
    buf_addf(out, ",\"type\":\"%s\"", field->type->schema);
    if (field->type->sized)
        buf_addf(out, ",\"maxLength\":%u,\"x-units\":\"UTF-16\"", field->max);
    if (field->quoted && field->required)
        buf_puts(out, ",\"pattern\":\"\\\\S\"");
    if (field->choices != NULL)
        put_choices(field, out);
    if (key)
        buf_puts(out, ",\"x-key\":true");
    buf_putc(out, '}');
}

static void put_required(const struct form *form, struct buf *out)
{
    const char *between = "";
    for (unsigned i = 0; i < form->count; i++) {
        if (!form->fields[i].required)
            continue;
        buf_puts(out, between);
        json_cstring(out, form->fields[i].wire);
        between = ",";
    }
}

/* The members of one form's schema, each on its line after `indent`. */
static void put_form(const struct form *form, const char *indent,
                     struct buf *out)
{
    buf_puts(out, indent);
    put_member(out, "title", form->name);
    buf_addf(out, ",\n%s", indent);
    put_member(out, "description", form->help);
    if (form->reads != NULL) {
        buf_addf(out, ",\n%s", indent);
        put_member(out, "x-reads", form->reads);
    }
    buf_addf(out, ",\n%s\"type\":\"object\",\n%s\"properties\":{", indent,
             indent);
    for (unsigned i = 0; i < form->count; i++) {
        buf_addf(out, "%s\n%s  ", i == 0 ? "" : ",", indent);
        json_cstring(out, form->fields[i].wire);
        buf_putc(out, ':');
        put_field(&form->fields[i], i == form->key, out);
    }
    buf_addf(out, "\n%s},\n%s\"required\":[", indent, indent);
    put_required(form, out);
    buf_addf(out, "],\n%s\"additionalProperties\":false\n", indent);
}

/* Without a form: all there are, for an editor that is given one file. */
void form_schema(const struct form *form, struct buf *out)
{
    static const char draft[] =
        "{\n  \"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\n";
    struct err err;
    const struct form *const *all = form == NULL ? forms_load(&err) : NULL;
    buf_puts(out, draft);
    if (form != NULL)
        put_form(form, "  ", out);
    else
        buf_puts(out, "  \"$defs\":{");
    for (unsigned i = 0; all != NULL && all[i] != NULL; i++) {
        buf_addf(out, "%s\n    \"%s\":{\n", i == 0 ? "" : ",", all[i]->name);
        put_form(all[i], "      ", out);
        buf_puts(out, "    }");
    }
    if (form == NULL)
        buf_puts(out, "\n  }\n");
    buf_puts(out, "}\n");
}
