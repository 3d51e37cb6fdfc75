/* doubt.c: a row's list lives in the row's arena; what is kept is copied to the
 * chunk. A map that answers several records of one row doubts the row, not
 * one of them: its warnings go with the first record that is taken. */
#include "doubt.h"

#include <stdio.h>
#include <string.h>

#include "decode/carried.h"
#include "decode/workbook/sheet/spreadsheet.h"
#include "plan/plan.h"

/* The decoder's texts live as long as the row. */
static void take_decoded(struct script *script, const struct warnings *decoded)
{
    const struct use *use = script->use;
    for (unsigned i = 0; i < decoded->count; i++) {
        const struct warning *warning = &decoded->all[i];
        struct value value = value_text(warning->value, strlen(warning->value));
        bool of_row = *warning->field == '\0';
        if (!of_row && use->map == LUA_NOREF &&
            !plan_reads(use->plan, warning->field))
            continue;
        warn(&script->warnings, warning->kind, warning->field, &value, "%s",
             warning->text);
    }
}

void script_doubt_begin(struct script *script, const struct row *row)
{
    warnings_clear(&script->warnings);
    if (row->warnings != NULL)
        take_decoded(script, row->warnings);
}

/* What a spreadsheet made of the key is no correction: the sender refuses it.
 */
void script_doubt_key(struct script *script, const struct row *row,
                      const struct value *key)
{
    struct carried carried;
    unsigned field = script->use->mapping.key;
    uint64_t before[2], now[2];
    if (!carried_read(row->carried, &carried) || *carried.key == '\0' ||
        (carried.about != REJECT_KEY_TAKEN &&
         carried.about != REJECT_KEY_WRONG))
        return;
    form_key_hash(carried.key, strlen(carried.key), before);
    form_key_hash(key->text, key->len, now);
    bool same = before[0] == now[0] && before[1] == now[1];
    if (!same && !spreadsheet_made(carried.key, strlen(carried.key), key->text,
                                   key->len))
        warn(&script->warnings, WARNING_KEY,
             script->host.form->fields[field].name, key,
             "the row that was rejected has the key \"%s\"", carried.key);
}

bool script_doubt_strict(struct script *script)
{
    const struct warnings *warnings = &script->warnings;
    struct faults *faults = &script->faults;
    for (unsigned i = 0; i < warnings->count; i++) {
        const struct warning *warning = &warnings->all[i];
        if ((script->strict & warning_bit(warning->kind)) == 0)
            continue;
        int field = form_field(script->host.form, warning->field,
                               strlen(warning->field));
        /* A column is no field of the form: it is named in the text. */
        faults_add(faults, field >= 0 ? warning->field : "",
                   "%s%s%s (strict %s)", field >= 0 ? "" : warning->field,
                   field >= 0 || *warning->field == '\0' ? "" : ": ",
                   warning->text, warning_name(warning->kind));
    }
    return faults->count > 0;
}

/* The column that alone feeds the field, for messages. */
static const char *column_of(const struct script *script, const char *name)
{
    int field = form_field(script->host.form, name, strlen(name));
    return field >= 0 && script->use->map == LUA_NOREF
               ? plan_column(script->use->plan, (unsigned)field)
               : NULL;
}

/* A script names the field alone: its value is what the record says. */
static const char *keep_value(const struct script *script, struct chunk *chunk,
                              const struct warning *warning)
{
    const struct form *form = script->host.form;
    int field = form_field(form, warning->field, strlen(warning->field));
    if (*warning->value != '\0' || field < 0)
        return chunk_keep(chunk, warning->value, strlen(warning->value));
    return warning_show(&chunk->arena, &script->values[field]);
}

static const char *keep_text(struct script *script, struct chunk *chunk,
                             const struct warning *warning)
{
    const char *column = column_of(script, warning->field);
    if (column == NULL)
        return chunk_keep(chunk, warning->text, strlen(warning->text));
    static const char before[] = " (column \"", after[] = "\")";
    size_t said = strlen(warning->text), name = strlen(column);
    char *text =
        arena_alloc(&chunk->arena, said + name + sizeof before + sizeof after);
    memcpy(text, warning->text, said);
    memcpy(text + said, before, sizeof before - 1);
    said += sizeof before - 1;
    memcpy(text + said, column, name);
    memcpy(text + said + name, after, sizeof after);
    return text;
}

void script_doubt_keep(struct script *script, struct chunk *chunk,
                       const struct record *record)
{
    struct warnings *warnings = &script->warnings;
    for (unsigned i = 0; i < warnings->count; i++) {
        const struct warning *from = &warnings->all[i];
        struct doubt *doubt = chunk_add_doubt(chunk);
        doubt->place = record->place;
        doubt->key = record->key;
        doubt->warning = (struct warning){
            .kind = from->kind,
            .field = chunk_keep(chunk, from->field, strlen(from->field)),
            .value = keep_value(script, chunk, from),
            .text = keep_text(script, chunk, from)};
    }
    warnings->count = 0;
}
