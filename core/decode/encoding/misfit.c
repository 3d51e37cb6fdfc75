/* misfit.c: what was said of an input, or what goes for all where nothing was,
 * beside what it looks like (looks.h). Between code pages nobody can be sure,
 * so that one that was said is doubted only for Unicode, and where it cannot
 * read what another one can. */
#include "misfit.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "charset/charset.h"
#include "looks.h"
#include "voices.h"

enum { MIX = 32 * 1024 }; /* bytes that are looked through for a mix */

/* How wide the letters of these names are; the order of their bytes may be said
 * behind. */
static const struct {
    const char *name;
    int bits;
} wide[] = {
    {"UTF-16", 16}, {"UTF16", 16},   {"UCS-2", 16},
    {"UCS2", 16},   {"UTF-32", 32},  {"UTF32", 32},
    {"UCS-4", 32},  {"UNICODE", 16}, {"UCS4", 32},
};

/* Behind a wide name; LITTLE ends in LE. */
static const struct {
    const char *end;
    char order;
} orders[] = {{"LE", 'L'}, {"BE", 'B'}, {"BIG", 'B'}};

/* 0: the letters are not wide. */
static int wide_bits(const char *name)
{
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncasecmp(name, wide[i].name, strlen(wide[i].name)) == 0)
            return wide[i].bits;
    return 0;
}

/* 0: it is not said. */
static char order_of(const char *name)
{
    size_t len = strlen(name);
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        size_t end = strlen(orders[i].end);
        if (len >= end && strcasecmp(name + len - end, orders[i].end) == 0)
            return orders[i].order;
    }
    return '\0';
}

/* Is `declared` what `encoding` is, or says less of it? */
static bool covers(const char *declared, const char *encoding)
{
    if (charset_is_utf8(encoding))
        return charset_is_utf8(declared);
    char order = order_of(declared);
    return wide_bits(declared) == wide_bits(encoding) &&
           (order == '\0' || order == order_of(encoding));
}

/* A mark goes before what was said. */
static char *find_other_mark(const char *encoding, const char *declared)
{
    return covers(declared, encoding)
               ? NULL
               : mem_format("it begins with the mark of %s, and is read so, "
                            "not as %s",
                            encoding, declared);
}

static char *doubt(const struct looks *looks, const char *encoding)
{
    return mem_format("it looks like %s, and is read as %s: is that encoding "
                      "right?",
                      looks->title, encoding);
}

static bool is_unicode(const struct looks *looks)
{
    return looks->name != NULL &&
           (charset_is_utf8(looks->name) || wide_bits(looks->name) > 0);
}

/* Text of wide letters has NULs. */
static char *find_narrow(const struct letters *letters,
                         const struct looks *looks, const char *declared)
{
    if (letters->nul)
        return NULL;
    if (looks != NULL)
        return doubt(looks, declared);
    return mem_format("it is read as %s, and has no NUL bytes, as such a text "
                      "has: is that encoding right?",
                      declared);
}

/* Not all of it can be read as was said, and all of it as it looks. */
static char *find_unreadable(const char *head, size_t len,
                             const struct looks *looks, const char *encoding)
{
    bool other = looks != NULL && looks->name != NULL &&
                 !looks_readable(encoding, head, len) &&
                 looks_readable(looks->name, head, len);
    return other ? doubt(looks, encoding) : NULL;
}

/* Of an encoding that was said, and is not UTF-8. */
static char *find_declared(const char *head, size_t len,
                           const struct letters *letters,
                           const struct looks *looks, const char *encoding)
{
    enum { ENOUGH = 4 }; /* bytes: fewer may be UTF-8 by chance */
    bool known = looks != NULL && is_unicode(looks);
    if (wide_bits(encoding) == 0 && looks == &looks_binary)
        return doubt(looks, encoding);
    if (known && looks != &looks_utf8)
        return covers(encoding, looks->title) ? NULL : doubt(looks, encoding);
    if (wide_bits(encoding) > 0)
        return find_narrow(letters, looks, encoding);
    if (looks != &looks_utf8)
        return find_unreadable(head, len, looks, encoding);
    return letters->bytes >= ENOUGH ? doubt(looks, encoding) : NULL;
}

/* Some lines are in one encoding, some in another. */
static char *find_mix(const char *head, size_t len)
{
    struct buf text = {0};
    char *mix = NULL;
    if (voices_put_mix(&text, head, len < MIX ? len : MIX))
        mix =
            mem_format("%s: export it again in one encoding", buf_text(&text));
    buf_release(&text);
    return mix;
}

static char *advise(const struct looks *looks, const char *encoding,
                    bool marked)
{
    bool same = looks != NULL && looks->name != NULL &&
                strcasecmp(looks->name, encoding) == 0;
    if (same)
        return mem_format("it looks like damaged %s (export it again)",
                          encoding);
    /* Behind a mark nothing that is said helps. */
    if (marked && looks != &looks_damaged)
        return mem_format("it looks like %s behind a mark of %s (export it "
                          "again)",
                          looks != NULL ? looks->title : "something else",
                          encoding);
    if (looks == NULL)
        return mem_text("what it is cannot be told by its bytes (ask who "
                        "exports it, and say encoding)");
    if (looks->name == NULL)
        return mem_format("it looks like %s", looks->title);
    return mem_format("it looks like %s (encoding = \"%s\" or --encoding %s)",
                      looks->title, looks->name, looks->name);
}

struct misfit misfit_find(const char *head, size_t len, bool whole,
                          const char *encoding, const char *declared,
                          bool marked)
{
    enum { DAMAGE = 1 }; /* one such byte may be an accident */
    struct letters letters = letters_count(head, len, whole);
    const struct looks *looks = looks_like(head, len, whole);
    struct misfit misfit = {.plainly = true};
    bool mixable = letters.bad > 0 && !letters.nul && !wide_bits(encoding);
    char *mix = mixable ? find_mix(head, len) : NULL;
    misfit.advice = mix != NULL ? mix : advise(looks, encoding, marked);
    if (marked && declared != NULL)
        misfit.text = find_other_mark(encoding, declared);
    if (misfit.text != NULL)
        return misfit;
    if (charset_is_utf8(encoding) && letters.bad > 0) {
        misfit.plainly = letters.bad > letters.good && letters.bad > DAMAGE;
        misfit.text = mem_format("some of it is not UTF-8: %s", misfit.advice);
    } else if (!charset_is_utf8(encoding) && declared != NULL && !marked) {
        misfit.text = mix != NULL
                          ? mem_text(mix)
                          : find_declared(head, len, &letters, looks, encoding);
    }
    return misfit;
}

void misfit_release(struct misfit *misfit)
{
    free(misfit->text);
    free(misfit->advice);
    *misfit = (struct misfit){0};
}
