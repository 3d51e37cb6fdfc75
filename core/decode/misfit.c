/* misfit.c: bytes beyond ASCII tell UTF-8 from everything else: text in
 * another encoding is hardly ever UTF-8 by chance, and where it is not, hardly
 * any of its letters are. UTF-16 and UTF-32 have a NUL in every line end. */
#include "misfit.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "charset/charset.h"
#include "source/source.h"

struct letters {
    size_t good, bad; /* beyond ASCII: in UTF-8, and bytes that are not */
    size_t bytes;     /* of the good ones */
    bool nul;
};

/* A character that the head's end cuts is neither. */
static struct letters count_letters(const char *head, size_t len)
{
    struct letters found = {.nul = memchr(head, '\0', len) != NULL};
    const char *at = head, *end = head + len;
    while (at < end) {
        const char *start = at;
        if ((unsigned char)*at < 0x80) {
            at++;
            continue;
        }
        size_t left = (size_t)(end - at);
        size_t valid = utf8_valid(at, left < 4 ? left : 4);
        if (valid == 0) {
            found.bad += len < SOURCE_PEEK || left >= 4;
            at++;
            continue;
        }
        utf8_next(&at, end);
        found.good++;
        found.bytes += (size_t)(at - start);
    }
    return found;
}

static bool is_wide(const char *name)
{
    static const char *const names[] = {"UTF-16", "UTF16", "UTF-32",
                                        "UTF32",  "UCS",   "UNICODE"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strncasecmp(name, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}

/* A mark goes before what was said. */
static char *find_other_mark(const char *encoding, const char *declared)
{
    bool fits = charset_is_utf8(encoding) ? charset_is_utf8(declared)
                                          : is_wide(declared);
    return fits ? NULL
                : mem_format("it begins with the mark of %s, and is read so, "
                             "not as %s",
                             encoding, declared);
}

static char *find_declared(const struct letters *letters, const char *declared)
{
    enum { ENOUGH = 4 };
    if (is_wide(declared))
        return letters->nul
                   ? NULL
                   : mem_format("it is read as %s, and has no NUL bytes, as "
                                "such a text has: is that encoding right?",
                                declared);
    if (letters->bad > 0 || letters->bytes < ENOUGH)
        return NULL;
    return mem_format("it looks like UTF-8, and is read as %s: is that "
                      "encoding right?",
                      declared);
}

struct misfit misfit_find(const char *head, size_t len, const char *encoding,
                          const char *declared, bool marked)
{
    enum { DAMAGE = 1 }; /* one such byte may be an accident */
    struct misfit misfit = {.plainly = true};
    struct letters letters = count_letters(head, len);
    if (marked && declared != NULL)
        misfit.text = find_other_mark(encoding, declared);
    if (misfit.text != NULL)
        return misfit;
    if (charset_is_utf8(encoding) && letters.bad > 0) {
        misfit.plainly = letters.bad > letters.good && letters.bad > DAMAGE;
        misfit.text = mem_text("some of it is not UTF-8: say what it is, such "
                               "as encoding = \"windows-1258\"");
    } else if (!charset_is_utf8(encoding) && declared != NULL && !marked) {
        misfit.text = find_declared(&letters, declared);
    }
    return misfit;
}

void misfit_release(struct misfit *misfit)
{
    free(misfit->text);
    misfit->text = NULL;
}
