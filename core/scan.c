/* scan.c: the masks asked of texts of any length: whole blocks in place, the
 * rest as a block of its own, filled up with blanks, which no question finds.
 */
#include "scan.h"

static struct scan_block load_rest(const char *text, size_t len)
{
    char rest[64];
    memset(rest, ' ', sizeof rest);
    memcpy(rest, text, len);
    return scan_load(rest);
}

static bool is_wide(const struct scan_block *block)
{
    return scan_any(*block);
}

static bool is_escape(const struct scan_block *block)
{
    return scan_any(
        scan_or(scan_control(block),
                scan_or(scan_is(block, '"'), scan_is(block, '\\'))));
}

static bool any_block(const char *text, size_t len,
                      bool (*is)(const struct scan_block *))
{
    for (; len >= 64; text += 64, len -= 64) {
        struct scan_block block = scan_load(text);
        if (is(&block))
            return true;
    }
    if (len == 0)
        return false;
    struct scan_block block = load_rest(text, len);
    return is(&block);
}

bool scan_text_wide(const char *text, size_t len)
{
    return any_block(text, len, is_wide);
}

bool scan_text_escape(const char *text, size_t len)
{
    return any_block(text, len, is_escape);
}
