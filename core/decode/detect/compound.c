/* compound.c: the directory of a compound file is a chain of sectors; each
 * holds names of streams in UTF-16 ([MS-CFB] 2.6). A name tells the kind. */
#include <stdint.h>
#include <string.h>

#include "look.h"

enum {
    HEAD = 512,
    ENTRY = 128,
    NAME_UNITS = 32,
    TABLES = 109,       /* sectors of the table that the head names */
    DIRECTORY_MAX = 512 /* sectors that are looked at */
};

#define TO_CSV "save it as .xlsx or CSV"

static const struct kind xls = {"an XLS workbook", "xls", TO_CSV};
static const struct kind locked = {
    "a workbook that is protected with a password", NULL,
    "open it, take the password off, and save it again"};
static const struct kind doc = {"an old Word document", NULL,
                                "export the table in it as .xlsx or CSV"};
static const struct kind ppt = {"an old PowerPoint document", NULL,
                                "export the table in it as .xlsx or CSV"};
static const struct kind msg = {"an Outlook message", NULL,
                                "save what is attached to it"};
static const struct kind other = {"an old Office document", NULL, TO_CSV};

/* The first that is there counts: a workbook may hold documents. */
static const struct {
    const char *stream;
    const struct kind *kind;
} streams[] = {
    {"EncryptedPackage", &locked},
    {"Workbook", &xls},
    {"Book", &xls},
    {"WordDocument", &doc},
    {"PowerPoint Document", &ppt},
    {"__properties_version1.0", &msg},
};

enum { STREAMS = sizeof streams / sizeof *streams };

static uint32_t number(const unsigned char *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 |
           (uint32_t)at[3] << 24;
}

struct compound {
    struct source *source;
    unsigned char head[HEAD];
    unsigned shift; /* of a sector's size */
};

/* False: it is not all there, or cannot be read. */
static bool read_whole(struct source *source, uint64_t at, void *into,
                       size_t len, struct err *err)
{
    size_t got = 0;
    for (size_t done = 0; done < len; done += got)
        if (!source_read_at(source, at + done, (char *)into + done, len - done,
                            &got, err) ||
            got == 0)
            return false;
    return true;
}

static uint64_t place_of(const struct compound *file, uint32_t sector)
{
    return ((uint64_t)sector + 1) << file->shift;
}

/* The sector after that one; false: there is none that can be found. */
static bool next_sector(const struct compound *file, uint32_t *sector,
                        struct err *err)
{
    uint32_t each = 1u << (file->shift - 2), table = *sector / each;
    unsigned char entry[4];
    if (table >= TABLES)
        return false;
    uint64_t at = place_of(file, number(file->head + 76 + 4 * table)) +
                  4 * (uint64_t)(*sector % each);
    if (!read_whole(file->source, at, entry, sizeof entry, err))
        return false;
    *sector = number(entry);
    return *sector < 0xFFFFFFFA;
}

/* Is that stream called so? Letter case makes no difference. */
static bool is_called(const unsigned char *entry, const char *name)
{
    size_t len = strlen(name);
    if (len >= NAME_UNITS || entry[2 * len] != 0 || entry[2 * len + 1] != 0)
        return false;
    for (size_t i = 0; i < len; i++)
        if ((entry[2 * i] | 0x20) != ((unsigned char)name[i] | 0x20) ||
            entry[2 * i + 1] != 0)
            return false;
    return true;
}

/* The best of this sector's names and those before. */
static void look_at(const unsigned char *sector, size_t len, unsigned *best)
{
    for (size_t at = 0; at + ENTRY <= len; at += ENTRY)
        for (unsigned i = 0; i < *best; i++)
            if (is_called(sector + at, streams[i].stream))
                *best = i;
}

bool detect_compound(struct source *source, const struct kind **kind,
                     struct err *err)
{
    struct compound file = {.source = source};
    struct err unsaid;
    unsigned char sector[4096];
    unsigned best = STREAMS;
    *kind = &other;
    if (!source_spool(source, err))
        return false;
    if (!read_whole(source, 0, file.head, sizeof file.head, &unsaid))
        return true;
    file.shift = file.head[30];
    if (file.shift != 9 && file.shift != 12)
        return true;
    uint32_t at = number(file.head + 48);
    for (unsigned i = 0; i < DIRECTORY_MAX && at < 0xFFFFFFFA; i++) {
        size_t len = (size_t)1 << file.shift;
        if (!read_whole(source, place_of(&file, at), sector, len, &unsaid))
            break;
        look_at(sector, len, &best);
        if (!next_sector(&file, &at, &unsaid))
            break;
    }
    if (best < STREAMS)
        *kind = streams[best].kind;
    return true;
}
