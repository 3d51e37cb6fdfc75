/* skim.c: colons outside of strings end names: one of the row's own is compared
 * with the name that came after the last one in rows before. */
#include "skim.h"

#include <string.h>

#include "quotes.h"

struct skim {
    const struct tree_names *names;
    const char *start;
    unsigned expected;
    uint64_t depth;
};

/* Does this name, which no backslash is in, end before the colon? What stands
 * before the opening quote tells that it is one. */
static inline bool is_name(const struct skim *skim, const char *colon,
                           const struct value *name)
{
    size_t len = name->len;
    if ((size_t)(colon - skim->start) < len + 3 ||
        (name->flags & VALUE_SPECIAL) != 0)
        return false;
    const char *open = colon - len - 2;
    return open[0] == '"' && colon[-1] == '"' && open[-1] != '\\' &&
           tree_names_same(name, open + 1);
}

/* One that other rows have in another place. */
static bool find_name(struct skim *skim, const char *colon)
{
    const char *end = colon - 1, *at = end;
    if (*end != '"')
        return false;
    while (at > skim->start && at[-1] != '"' && at[-1] != '\\')
        at--;
    if (at - skim->start < 2 || at[-1] != '"' || at[-2] == '\\')
        return false;
    int found = tree_names_find(skim->names, at, (size_t)(end - at));
    skim->expected = (unsigned)found + 1;
    return found >= 0;
}

static bool take_name(struct skim *skim, const char *colon)
{
    if (skim->expected == skim->names->count ||
        !is_name(skim, colon, &skim->names->all[skim->expected]))
        return find_name(skim, colon);
    skim->expected++;
    return true;
}

enum met { MORE, ENDED, STRANGE };

/* The block's brackets and colons, one by one; *at: where the row ends. */
static enum met look_at(struct skim *skim, uint64_t marks, const char **at)
{
    const char *block = *at;
    for (; marks != 0; marks &= marks - 1) {
        const char *mark = block + scan_first(marks);
        if (*mark == ':') {
            if (skim->depth == 1 && !take_name(skim, mark))
                return STRANGE;
        } else if (*mark == '{' || *mark == '[') {
            skim->depth++;
        } else if (--skim->depth == 0) {
            *at = mark + 1;
            return ENDED;
        }
    }
    return MORE;
}

const char *skim_known(const struct tree_names *names, unsigned first,
                       const char *at, const char *end)
{
    struct skim skim = {.names = names, .start = at, .expected = first};
    struct quotes quotes = {false, false};
    enum met met = MORE;
    while (at < end) {
        struct scan_block block = scan_load(at);
        uint64_t marks =
            scan_mask(scan_or(scan_is(&block, ':'), quotes_brackets(&block)));
        marks &=
            quotes_outside(&quotes, &block, quotes_own((size_t)(end - at)));
        met = look_at(&skim, marks, &at);
        if (met != MORE)
            break;
        at += SCAN_BLOCK;
    }
    return met == ENDED ? at : NULL;
}
