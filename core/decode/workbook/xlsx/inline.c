/* inline.c: runs of one look each are one text; how to pronounce it is left
 * out. */
#include "inline.h"

#include <string.h>

#include "letters.h"
#include "tag.h"

const char *xlsx_inline_text(const char *at, const char *end, const char **text,
                             size_t *len)
{
    const char *close = memchr(at, '<', (size_t)(end - at));
    *text = at;
    *len = close != NULL ? (size_t)(close - at) : 0;
    return close;
}

const char *xlsx_inline_read(struct buf *out, const char *at, const char *end,
                             const char **why)
{
    struct xlsx_tag tag;
    const char *text;
    size_t len;
    buf_clear(out);
    while (at != NULL && (at = xlsx_tag_next(at, end, &tag)) != NULL) {
        if (xlsx_tag_closes(&tag, "is"))
            return at;
        if (tag.empty)
            continue;
        if (xlsx_tag_opens(&tag, "rPh")) {
            at = xlsx_tag_skip(at, end, &tag);
        } else if (xlsx_tag_opens(&tag, "t")) {
            at = xlsx_inline_text(at, end, &text, &len);
            if (at != NULL)
                xlsx_letters_put(out, text, len, why);
        }
    }
    return NULL;
}
