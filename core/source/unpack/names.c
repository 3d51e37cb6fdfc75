/* names.c: names of members, as people see them.
 *
 * A zip says that a name is UTF-8, or it is in the code page of the machine
 * that wrote it: CP437 by the standard, CP1258 where Windows speaks Vietnamese.
 * Letters of CP1258 all stand from 0xC0 on, those of CP437 before 0xB0. A name
 * that a script wants may be any of them. */
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/nfc.h"
#include "base/utf8.h"
#include "part.h"

enum { NAME_MOST = 4096 };

/* False: it is no text of that code page. */
static bool convert(const char *page, const char *raw, size_t len,
                    struct buf *out)
{
    iconv_t opened = iconv_open("UTF-8", page);
    if (opened == (iconv_t)-1)
        return false;
    size_t room = 4 * len + 16, space = room;
    char *from = mem_text_n(raw, len), *in = from;
    char *text = mem_alloc(room), *to = text;
    bool good = iconv(opened, &in, &len, &to, &space) != (size_t)-1 &&
                iconv(opened, NULL, NULL, &to, &space) != (size_t)-1;
    if (good)
        utf8_nfc(out, text, room - space);
    free(from);
    free(text);
    iconv_close(opened);
    return good;
}

static const char *likely_page(const char *raw, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)raw[i] >= 0x80 && (unsigned char)raw[i] < 0xC0)
            return "CP437";
    return "CP1258";
}

static size_t name_length(const char *raw)
{
    return strnlen(raw, NAME_MOST);
}

void unpack_name(const char *raw, struct buf *out)
{
    size_t len = name_length(raw);
    if (utf8_valid(raw, len) == len)
        utf8_nfc(out, raw, len);
    else if (!convert(likely_page(raw, len), raw, len, out))
        utf8_mend(out, raw, len);
}

/* What stands behind the last slash, whichever one it is. */
static const char *last_part(const char *name)
{
    const char *last = name;
    for (const char *at = name; *at != '\0'; at++)
        if (*at == '/' || *at == '\\')
            last = at + 1;
    return last;
}

/* A '?' is one character. Steps back to the last '*' alone, which is enough and
 * takes no more than the product of the lengths. */
static bool fits_pattern(const char *name, const char *pattern)
{
    const char *star = NULL, *from = NULL;
    while (*name != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            from = name;
        } else if (*pattern == '?') {
            pattern++;
            do
                name++;
            while (((unsigned char)*name & 0xC0) == 0x80);
        } else if (*pattern == *name) {
            pattern++;
            name++;
        } else if (star != NULL) {
            pattern = star + 1;
            name = ++from;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

const char *unpack_within_name(const char *name, const char *wanted)
{
    size_t len = strlen(name);
    return strncmp(name, wanted, len) == 0 && wanted[len] == '/'
               ? wanted + len + 1
               : NULL;
}

/* A whole name, a file of that name in some folder, a pattern, an archive that
 * something is wanted of. */
static int rank_wanted(const char *name, const char *wanted)
{
    const char *last = last_part(name);
    if (strcmp(name, wanted) == 0)
        return 0;
    if (strcmp(last, wanted) == 0)
        return 1;
    if (fits_pattern(name, wanted) || fits_pattern(last, wanted))
        return 2;
    return unpack_within_name(name, wanted) ? UNPACK_WITHIN : -1;
}

static int rank_spelt(const char *page, const char *raw, const char *wanted)
{
    struct buf name = {0};
    size_t len = name_length(raw);
    int rank = convert(page, raw, len, &name)
                   ? rank_wanted(buf_text(&name), wanted)
                   : -1;
    buf_release(&name);
    return rank;
}

/* Of any spelling the best. */
static int rank_any(const char *raw, const char *name, const char *wanted)
{
    static const char *const pages[] = {"CP437", "CP1258"};
    int best = rank_wanted(name, wanted);
    size_t len = name_length(raw);
    if (utf8_valid(raw, len) == len)
        return best;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        int rank = rank_spelt(pages[i], raw, wanted);
        if (rank >= 0 && (best < 0 || rank < best))
            best = rank;
    }
    return best;
}

static bool begins(const char *text, const char *start)
{
    for (; *start != '\0'; text++, start++)
        if (ascii_lower(*text) != *start)
            return false;
    return true;
}

static bool ends(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len >= end_len && begins(text + len - end_len, end);
}

/* What systems put beside files, which nobody takes for one. */
static bool is_clutter(const char *name, const char *last)
{
    return *last == '.' || *last == '\0' || begins(last, "~$") ||
           begins(name, "__macosx/") || begins(last, "thumbs.db") ||
           begins(last, "desktop.ini");
}

/* What people put beside an export. */
static bool is_beside(const char *last)
{
    static const char *const starts[] = {"readme", "read me", "license",
                                         "licence", "changelog"};
    static const char *const types[] = {".pdf", ".doc", ".docx",
                                        ".png", ".jpg", ".jpeg",
                                        ".gif", ".md",  ".url"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (begins(last, starts[i]))
            return true;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (ends(last, types[i]))
            return true;
    return false;
}

int unpack_rank(const char *raw, const char *name, const char *wanted)
{
    if (wanted != NULL)
        return rank_any(raw, name, wanted);
    const char *last = last_part(name);
    return is_clutter(name, last) ? -1 : is_beside(last);
}
