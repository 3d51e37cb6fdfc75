/* encode.c: the form writes the JSON at the end of the chunk's, and what the
 * sender decides by is taken beside it: the key's identity, and the hash of the
 * bytes. Nobody looks into the JSON again. */
#include "encode.h"

#include "base/hash.h"
#include "doubt.h"
#include "text/answer.h"

/* As text_blank, told at once of most keys: a byte that is no white space. */
static inline bool is_blank(const struct value *value)
{
    return !(value->type == VALUE_TEXT && value->len > 0 &&
             *value->text > ' ') &&
           text_blank(value);
}

/* The key is known from its value and not from the JSON, where it may be
 * escaped. */
bool script_key_text(struct script *script, unsigned field, struct value *key)
{
    struct text_call call = {.arena = &script->arena};
    const struct value *value = &script->values[field];
    if (!text_of(&call, value, key))
        return false;
    size_t len = key->len;
    form_key_trim(&key->text, &len);
    key->len = (uint32_t)len;
    return len > 0;
}

/* The server keeps records by the form's own key, whatever the mapping's is. */
static void hash_own_key(struct script *script, struct record *record)
{
    struct value own = {.text = ""};
    unsigned field = script->host.form->key;
    if (field == script->use->mapping.key)
        return;
    script_key_text(script, field, &own);
    form_key_hash(own.text, own.len, record->own_hash);
}

/* The form's JSON, and what it does not look for by itself. */
static bool encode_json(struct script *script, const struct row *row,
                        struct buf *json)
{
    struct faults *faults = &script->faults;
    unsigned key = script->use->mapping.key;
    unsigned doubts = script->warnings.count;
    struct value now;
    if (row->carried != NULL && script_key_text(script, key, &now))
        script_doubt_key(script, row, &now);
    if (is_blank(&script->values[key]))
        faults_add(faults, script->host.form->fields[key].name,
                   "missing (required)");
    bool good = form_encode(script->host.form, script->values, faults, json) &&
                !(script->warnings.count > 0 && script_doubt_strict(script));
    if (good && json->len > UINT32_MAX) {
        faults_add(faults, "", "too many records of one row");
        good = false;
    }
    if (good)
        return true;
    script->warnings.count = doubts;
    return false;
}

/* The comma between records is written before it is known that there will be
 * one, and taken back where there is none. */
bool script_encode(struct script *script, struct chunk *chunk,
                   const struct row *row)
{
    struct buf *json = &chunk->json;
    size_t start = json->len;
    if (start > 0)
        buf_putc(json, ',');
    size_t at = json->len;
    if (!encode_json(script, row, json)) {
        json->len = start;
        return false;
    }
    struct value key = {.text = ""};
    script_key_text(script, script->use->mapping.key, &key);
    struct record *record = chunk_add_record(chunk);
    *record =
        (struct record){.content = XXH3_64bits(json->at + at, json->len - at),
                        .place = row->place,
                        .origin = row->origin,
                        .carried = row->carried,
                        .key = chunk_keep(chunk, key.text, key.len),
                        .key_len = key.len,
                        .json = (uint32_t)at,
                        .json_len = (uint32_t)(json->len - at)};
    form_key_hash(record->key, record->key_len, record->key_hash);
    hash_own_key(script, record);
    if (script->warnings.count > 0)
        script_doubt_keep(script, chunk, record);
    return true;
}
