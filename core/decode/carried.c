/* carried.c: a word for each thing that may be wrong with a key. It also keeps
 * spreadsheets from reading the key behind it. */
#include "carried.h"

#include <string.h>

#include "rejected.h"

static const char *const words[] = {
    [REJECT_KEY] = REJECTED_RIGHT,
    [REJECT_KEY_WRONG] = REJECTED_WRONG,
    [REJECT_KEY_TAKEN] = REJECTED_TAKEN,
    [REJECT_OWN_TAKEN] = REJECTED_OWN,
};

bool carried_read(const char *text, struct carried *carried)
{
    if (text == NULL)
        return false;
    size_t len = strcspn(text, " ");
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == len && memcmp(words[i], text, len) == 0) {
            *carried = (struct carried){(enum reject_key)i,
                                        text + len + (text[len] == ' ')};
            return true;
        }
    return false;
}

/* A conflict is of the key that the row has now; for all else the first key
 * stays. */
static bool goes_on(const struct reject *reject)
{
    struct carried before;
    return reject->about_key != REJECT_KEY_TAKEN &&
           reject->about_key != REJECT_OWN_TAKEN &&
           carried_read(reject->carried, &before);
}

void carried_put(struct buf *out, const struct reject *reject)
{
    if (goes_on(reject)) {
        buf_puts(out, reject->carried);
        return;
    }
    if (reject->key == NULL && reject->about_key == REJECT_KEY)
        return;
    buf_puts(out, words[reject->about_key]);
    if (reject->key == NULL)
        return;
    buf_putc(out, ' ');
    buf_puts(out, reject->key);
}
