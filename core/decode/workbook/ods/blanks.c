/* blanks.c: the reader of XML takes as long for a cell that holds nothing as
 * for any other, and programs write them by the million. So a run of
 *
 *     <table:table-cell/><table:table-cell/><table:table-cell/>
 *
 * becomes one cell that says how often it stands there, and white space up to
 * where the last one ended. */
#define _GNU_SOURCE /* memmem */
#include "blanks.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char next_blank[] = "/><table:table-cell";
static const char style[] = " table:style-name=\"";

/* Says the tag nothing but how its cell looks? */
static bool is_bare(const char *tag, size_t len)
{
    const size_t name = sizeof next_blank - 3, said = sizeof style - 1;
    if (len == name + 2)
        return true;
    return len > name + said + 3 && memcmp(tag + name, style, said) == 0 &&
           memchr(tag + name + said, '"', len) == tag + len - 3;
}

/* Makes one of `count` cells of `len` bytes each, if there is room. */
static void join(char *at, size_t len, size_t count)
{
    char said[64];
    int more = snprintf(said, sizeof said,
                        " table:number-columns-repeated=\"%zu\"/>", count);
    size_t own = len - 2, all = len * count;
    if (own + (size_t)more > all)
        return;
    memcpy(at + own, said, (size_t)more);
    memset(at + own + more, ' ', all - own - (size_t)more);
}

/* The run of the tag that begins at `at` goes on for how many bytes? */
static size_t run_of(const char *at, size_t len, const char *end)
{
    const char *next = at;
    while ((size_t)(end - next) >= len && memcmp(next, at, len) == 0)
        next += len;
    return (size_t)(next - at);
}

void ods_blanks_join(char *text, size_t len)
{
    char *at = text, *end = text + len;
    while ((at = memmem(at, (size_t)(end - at), next_blank,
                        sizeof next_blank - 1)) != NULL) {
        char *second = at + 2;
        char *close = memchr(second, '>', (size_t)(end - second));
        if (close == NULL)
            return;
        size_t tag = (size_t)(close + 1 - second);
        bool same = (size_t)(second - text) >= tag &&
                    memcmp(second - tag, second, tag) == 0 &&
                    is_bare(second, tag);
        at = second;
        if (!same)
            continue;
        size_t run = tag + run_of(second, tag, end);
        join(second - tag, tag, run / tag);
        at = second - tag + run - 2;
    }
}
