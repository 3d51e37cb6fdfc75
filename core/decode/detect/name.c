/* name.c: what programs leave beside an export while they are at work, which
 * nothing in it tells. */
#include <string.h>
#include <strings.h>

#include "look.h"

static const struct kind lock = {
    "what an office program keeps beside a file that it has open", NULL,
    "name the file itself, and close it there"};
static const struct kind unfinished = {
    "a download that is not finished, by its name", NULL,
    "wait for its end, or download it once more"};

enum { LOCK_MAX = 1024, ANY = SOURCE_PEEK };

static const struct {
    const char *start, *end; /* of its name */
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
};

const struct kind *detect_name(const char *name, size_t len)
{
    const char *slash = strrchr(name, '/');
    const char *last = slash ? slash + 1 : name;
    size_t has = strlen(last);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t start = strlen(names[i].start), end = strlen(names[i].end);
        if (len <= names[i].most && has > start + end &&
            strncmp(last, names[i].start, start) == 0 &&
            strcasecmp(last + has - end, names[i].end) == 0)
            return names[i].kind;
    }
    return NULL;
}
