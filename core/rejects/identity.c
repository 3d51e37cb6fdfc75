/* identity.c: reasons hold lines ("same CustomerCode as line 18", "NUL byte at
 * line 4, column 7"): what is a number after such a word is left out. A key
 * that another row has is one fault, whatever it is called from file to file.
 */
#include "identity.h"

#include <ctype.h>
#include <string.h>

#include "base/hash.h"
#include "decode/carried.h"
#include "decode/rejected.h"

static bool after(const struct buf *out, const char *word)
{
    size_t len = strlen(word);
    return out->len >= len && memcmp(out->at + out->len - len, word, len) == 0;
}

/* "Sheet1!17" as well. */
static void put_reason(struct buf *out, const char *text)
{
    while (*text != '\0') {
        bool place = isdigit((unsigned char)*text) &&
                     (after(out, "line ") || after(out, "column ") ||
                      after(out, "record ") || after(out, "!"));
        while (place && isdigit((unsigned char)*text))
            text++;
        if (*text != '\0')
            buf_putc(out, *text++);
    }
}

/* A corrected row is the row that it was, whatever key it has now. */
uint64_t rejects_identity(const struct input *input,
                          const struct reject *reject)
{
    struct buf text = {0};
    struct carried before = {.about = reject->about_key, .key = ""};
    carried_read(reject->carried, &before);
    bool taken = before.about == REJECT_KEY_TAKEN ||
                 before.about == REJECT_OWN_TAKEN ||
                 reject->about_key == REJECT_KEY_TAKEN ||
                 reject->about_key == REJECT_OWN_TAKEN;
    if (*before.key != '\0')
        buf_puts(&text, before.key);
    else if (reject->key != NULL)
        buf_puts(&text, reject->key);
    else
        rejected_row(&text, input, &reject->origin);
    for (unsigned i = 0; i < reject->count; i++) {
        const struct fault *fault = &reject->faults[i];
        buf_addf(&text, "\n%s\n", fault->field);
        if (taken)
            buf_puts(&text, REJECTED_TAKEN);
        else
            put_reason(&text, fault->text);
    }
    uint64_t hash = XXH3_64bits(text.at, text.len);
    buf_release(&text);
    return hash;
}
