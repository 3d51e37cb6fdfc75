/* strings.c: how many there are is read as a claim: those that are there
 * count. */
#include "strings.h"

#include <stdlib.h>

#include "base/mem.h"
#include "bytes.h"

enum { HEAD = 8, AT_COUNT = 4 };

void xls_strings_release(struct xls_strings *strings)
{
    buf_release(&strings->text);
    free(strings->ends);
    *strings = (struct xls_strings){0};
}

static void add_end(struct xls_strings *strings)
{
    if (strings->count == strings->cap) {
        strings->cap = strings->cap * 2 + 1024;
        strings->ends =
            mem_resize(strings->ends, strings->cap * sizeof *strings->ends);
    }
    strings->ends[strings->count++] = (uint32_t)strings->text.len;
}

static bool cut_off(const struct xls_strings *strings,
                    const struct xls_bytes *bytes, uint32_t claimed,
                    struct err *err)
{
    if (bytes->failed)
        return false;
    return err_set(err, EXIT_INPUT,
                   "it is damaged or cut off: of %u texts that its cells share "
                   "%u are there; export it once more",
                   claimed, strings->count);
}

bool xls_strings_read(struct xls_strings *strings, struct xls_text *text,
                      struct xls_records *records,
                      const struct xls_record *record, struct err *err)
{
    unsigned char head[HEAD], count[2];
    struct xls_bytes bytes;
    unsigned unread;
    xls_bytes_open(&bytes, records, record, 0, err);
    if (!xls_bytes_take(&bytes, head, HEAD))
        return cut_off(strings, &bytes, 0, err);
    uint32_t claimed = xls_u32(head + AT_COUNT);
    for (uint32_t i = 0; i < claimed; i++) {
        if (!xls_bytes_take(&bytes, count, sizeof count) ||
            !xls_text_take(text, &bytes, xls_u16(count), &strings->text,
                           &unread))
            return cut_off(strings, &bytes, claimed, err);
        if (strings->text.len > UINT32_MAX || strings->count == UINT32_MAX)
            return err_set(err, EXIT_INPUT,
                           "its texts are beyond 4 GiB" ERR_FIXED);
        add_end(strings);
    }
    return true;
}
