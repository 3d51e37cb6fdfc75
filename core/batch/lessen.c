/* lessen.c: record by record, each with its texts. */
#include "lessen.h"

static void copy_entry(const struct batch *from, uint32_t index,
                       struct batch *to)
{
    const struct batch_entry *old = &from->entries[index];
    struct batch_entry *entry = &to->entries[to->count];
    if (to->count++ > 0)
        buf_putc(&to->body, ',');
    *entry = *old;
    entry->key = to->texts.len;
    buf_add(&to->texts, from->texts.at + old->key, old->key_len);
    entry->source = to->texts.len;
    buf_add(&to->texts, from->texts.at + old->source, old->source_len);
    entry->json = (uint32_t)to->body.len;
    buf_add(&to->body, from->body.at + old->json, old->json_len);
}

void batch_lessen(const struct batch *from, const bool *out, struct batch *to)
{
    batch_reserve(to, from->count);
    for (uint32_t i = from->part.at; i < from->count; i++)
        if (!out[i])
            copy_entry(from, i, to);
    batch_close(to);
    to->posted = from->posted;
    to->unknown = from->unknown;
    to->tried = from->tried;
    to->resumed = from->resumed;
    to->again = from->again;
}
