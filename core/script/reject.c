/* reject.c: faults live in the row's arena, rejects in the chunk's: so their
 * texts are copied, and only of rows that are rejected. */
#include "reject.h"

#include <stdio.h>

#include "encode.h"

/* All at once, in the chunk: the sender must not look into the mapper's arena.
 */
static struct reject *reject_row(struct chunk *chunk, const struct row *row,
                                 const struct fault *faults, unsigned count,
                                 const char *key)
{
    struct fault *kept = arena_alloc(&chunk->arena, count * sizeof *kept);
    for (unsigned i = 0; i < count; i++)
        kept[i] = (struct fault){
            .field =
                chunk_keep(chunk, faults[i].field, strlen(faults[i].field)),
            .text = chunk_keep(chunk, faults[i].text, strlen(faults[i].text))};
    struct reject *reject = chunk_add_reject(chunk);
    *reject = (struct reject){.place = row->place,
                              .origin = row->origin,
                              .key = key,
                              .carried = row->carried,
                              .faults = kept,
                              .count = count};
    return reject;
}

static bool is_of(const struct faults *faults, const char *field)
{
    for (unsigned i = 0; i < faults->count; i++)
        if (strcmp(faults->all[i].field, field) == 0)
            return true;
    return false;
}

void script_reject(struct script *script, struct chunk *chunk,
                   const struct row *row, bool with_key)
{
    struct value key;
    const char *kept = NULL;
    faults_sort(&script->faults, script->host.form);
    if (with_key && script_key_text(script, script->use->mapping.key, &key))
        kept = chunk_keep(chunk, key.text, key.len);
    unsigned field = script->use->mapping.key;
    struct reject *reject =
        reject_row(chunk, row, script->faults.all, script->faults.count, kept);
    if (is_of(&script->faults, script->host.form->fields[field].name))
        reject->about_key = REJECT_KEY_WRONG;
}

/* Only faults that the form found are named so: those of text functions name
 * their column themselves. */
void script_name_columns(struct script *script, unsigned from)
{
    const struct form *form = script->host.form;
    struct faults *faults = &script->faults;
    for (unsigned i = from; i < faults->count; i++) {
        struct fault *fault = &faults->all[i];
        int field = form_field(form, fault->field, strlen(fault->field));
        const char *column =
            field >= 0 ? plan_column(script->use->plan, (unsigned)field) : NULL;
        if (column == NULL)
            continue;
        size_t size = strlen(fault->text) + strlen(column) + 32;
        char *text = arena_alloc(&script->arena, size);
        snprintf(text, size, "%s (column \"%s\")", fault->text, column);
        fault->text = text;
    }
}
