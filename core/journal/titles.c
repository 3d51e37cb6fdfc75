/* titles.c: first the path of the input, with its NUL; then for each record the
 * first word of its key's hash, its place, a byte of its title's length, and
 * the title. Of rows of other inputs the place is left out. */
#include "titles.h"

#include <string.h>

#include "base/utf8.h"
#include "decode/input.h"
#include "form/form.h"
#include "known.h"
#include "packed.h"

enum { HEAD = 8 + 8 + 1 };

/* A body was formed long before it is answered: what is read of a record, its
 * start, is asked for so many records earlier. */
enum { AHEAD = 8, LINE = 64 };

static inline void fetch(const char *json)
{
    __builtin_prefetch(json);
    __builtin_prefetch(json + LINE);
}

static void pack_one(struct buf *blob, const struct batch_entry *entry,
                     const struct input *input, const struct span *title)
{
    size_t len = title->len;
    bool here = entry->input == input && entry->place.sheet == 0;
    char *at = buf_reserve(blob, HEAD + len);
    at = word_put(at, entry->key_hash[0]);
    at = word_put(at, here ? (uint64_t)place_number(&entry->place) : 0);
    *at++ = (char)len;
    if (len > 0)
        memcpy(at, title->text, len);
    blob->len += HEAD + len;
}

/* It follows the key, in forms that we know. */
static struct span title_of(const struct form *form, const struct field *title,
                            const struct batch *batch,
                            const struct batch_entry *entry,
                            struct buf *scratch)
{
    size_t guess = form->fields[form->key].lead_len + entry->key_len + 1;
    struct span text = form_member_at(batch->body.at + entry->json,
                                      entry->json_len, title, guess, scratch);
    if (text.len > KNOWN_TITLE)
        text.len = utf8_cut(text.text, text.len, KNOWN_TITLE);
    return text;
}

void titles_pack(struct buf *blob, const struct batch *batch, uint32_t from,
                 uint32_t upto)
{
    const struct form *form = form_find(batch->limits->form);
    const struct field *field = form ? form_title(form) : NULL;
    const struct input *input = batch->entries[from].input;
    struct buf scratch = {0};
    buf_clear(blob);
    buf_puts(blob, input ? input->path : "");
    buf_putc(blob, '\0');
    for (uint32_t i = from; i < upto; i++) {
        const struct batch_entry *entry = &batch->entries[i];
        struct span title = {"", 0};
        if (i + AHEAD < upto)
            fetch(batch->body.at + entry[AHEAD].json);
        if (field != NULL)
            title = title_of(form, field, batch, entry, &scratch);
        pack_one(blob, entry, input, &title);
    }
    buf_release(&scratch);
}

bool titles_find(const char *blob, size_t len, const uint64_t key[2],
                 struct title *title)
{
    const char *end = blob + len, *path = blob;
    const char *at = len > 0 ? memchr(blob, '\0', len) : NULL;
    for (at = at ? at + 1 : end; end - at >= HEAD;) {
        size_t size = (unsigned char)at[HEAD - 1];
        const char *text = at + HEAD;
        if ((size_t)(end - text) < size)
            return false;
        if (word_get(at) == key[0]) {
            *title =
                (struct title){.path = path,
                               .place = place_of((int64_t)word_get(at + 8), 0),
                               .text = text,
                               .len = size};
            return true;
        }
        at = text + size;
    }
    return false;
}
