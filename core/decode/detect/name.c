/* name.c: what programs leave beside an export while they are at work, and
 * pieces of a file: nothing in them tells. */
#include <string.h>

#include "base/ascii.h"
#include "look.h"

static const struct kind lock = {
    "what an office program keeps beside a file that it has open", NULL,
    "name the file itself, and close it there"};
static const struct kind unfinished = {
    "a download that is not finished, by its name", NULL,
    "wait for its end, or download it once more"};
static const struct kind piece = {
    "a part of an archive that was split, by its name", NULL,
    "unpack it beside its other parts, and name the file that was in it"};

enum { LOCK_MAX = 1024, ANY = SOURCE_PEEK };

static const struct {
    const char *start, *end; /* of its name; '0' is any digit */
    size_t most;             /* bytes of it */
    const struct kind *kind;
} names[] = {
    {"~$", "", LOCK_MAX, &lock},
    {".~lock.", "#", LOCK_MAX, &lock},
    {"", ".crdownload", ANY, &unfinished},
    {"", ".opdownload", ANY, &unfinished},
    {"", ".partial", ANY, &unfinished},
    {"", ".part", ANY, &unfinished},
    {"", ".filepart", ANY, &unfinished},
    {"", ".download", ANY, &unfinished},
    {"", ".z00", ANY, &piece},
    {"", ".r00", ANY, &piece},
    {"", ".zip.000", ANY, &piece},
    {"", ".7z.000", ANY, &piece},
    {"", ".rar.000", ANY, &piece},
    {"", ".tar.000", ANY, &piece},
    {"", ".gz.000", ANY, &piece},
};

static bool ends_so(const char *name, const char *end)
{
    for (; *end != '\0'; name++, end++)
        if (*end == '0' ? !ascii_digit((unsigned char)*name)
                        : ascii_lower(*name) != *end)
            return false;
    return true;
}

const struct kind *detect_name(const char *name, size_t len)
{
    const char *slash = strrchr(name, '/');
    const char *last = slash ? slash + 1 : name;
    size_t has = strlen(last);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t start = strlen(names[i].start), end = strlen(names[i].end);
        if (len <= names[i].most && has > start + end &&
            strncmp(last, names[i].start, start) == 0 &&
            ends_so(last + has - end, names[i].end))
            return names[i].kind;
    }
    return NULL;
}
