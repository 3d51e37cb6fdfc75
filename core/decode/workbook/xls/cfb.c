/* cfb.c: the directory of a compound file, and the workbook in it.
 *
 * The directory is a tree of entries, read from the root down: an entry of that
 * name that lies deeper is a workbook within something else, as a letter in
 * Word may hold one. */
#include "cfb.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "bytes.h"
#include "sectors.h"

enum {
    ENTRY = 128,
    AT_TYPE = 66,
    AT_LEFT = 68,
    AT_RIGHT = 72,
    AT_CHILD = 76,
    AT_START = 116,
    AT_SIZE = 120,
    TYPE_STREAM = 2,
    NAME_MAX_UNITS = 31,
    ENTRIES_MAX = 1 << 16,
};

/* What the root's entries tell of the file, the surest first. */
enum holds { BOOK, OLD_BOOK, PACKAGE, WORD, POINT, MAIL, VISIO, KINDS };

static const struct {
    const char *name; /* of the entry */
    const char *what; /* is refused so; NULL: it is read */
} kinds[KINDS] = {
    [BOOK] = {"Workbook", NULL},
    [OLD_BOOK] = {"Book", NULL},
    [PACKAGE] = {"EncryptedPackage",
                 "it is an XLSX workbook protected with a password: save it "
                 "without one"},
    [WORD] = {"WordDocument",
              "it is a Word document (.doc), not a workbook; save its table as "
              ".xlsx or .csv"},
    [POINT] =
        {"PowerPoint Document",
         "it is a PowerPoint presentation (.ppt), not a workbook; save its "
         "table as .xlsx or .csv"},
    [MAIL] = {"__properties_version1.0",
              "it is an Outlook message (.msg), not a workbook; save what is "
              "attached to it"},
    [VISIO] =
        {"VisioDocument",
         "it is a Visio drawing, not a workbook; save its table as .xlsx or "
         ".csv"},
};

struct entry {
    uint32_t start; /* its first sector */
    uint64_t size;
    bool there;
};

struct cfb {
    struct xls_sectors sectors;
    struct xls_stream directory;
    uint32_t count; /* entries */
    struct entry root, found[KINDS];
};

bool xls_cfb_begins(const char *head, size_t len)
{
    static const char magic[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    enum { MAGIC = sizeof magic - 1 };
    return len >= MAGIC && memcmp(head, magic, MAGIC) == 0;
}

/* Files of small sectors have streams below 4 GiB; the upper half of the size
 * may be anything there. */
static struct entry entry_of(const struct cfb *cfb, const unsigned char *bytes)
{
    bool small = cfb->sectors.shift == 9;
    return (struct entry){.start = xls_u32(bytes + AT_START),
                          .size = small ? xls_u32(bytes + AT_SIZE)
                                        : xls_u64(bytes + AT_SIZE),
                          .there = true};
}

static bool read_entry(struct cfb *cfb, uint32_t at, unsigned char bytes[ENTRY],
                       struct err *err)
{
    size_t got;
    memset(bytes, 0, ENTRY);
    return xls_stream_read(&cfb->directory, (uint64_t)at * ENTRY, bytes, ENTRY,
                           &got, err);
}

/* The names that count are ASCII; letters of another case are the same. */
static void name_of(const unsigned char *bytes, char name[NAME_MAX_UNITS + 1])
{
    unsigned len = 0;
    for (; len < NAME_MAX_UNITS; len++) {
        uint16_t unit = xls_u16(bytes + len * 2);
        if (unit == 0)
            break;
        name[len] = unit < 0x80 ? (char)unit : '?';
    }
    name[len] = '\0';
}

static void note_entry(struct cfb *cfb, const unsigned char *bytes)
{
    char name[NAME_MAX_UNITS + 1];
    if (bytes[AT_TYPE] != TYPE_STREAM)
        return;
    name_of(bytes, name);
    for (unsigned i = 0; i < KINDS; i++)
        if (strcasecmp(name, kinds[i].name) == 0)
            cfb->found[i] = entry_of(cfb, bytes);
}

/* Entries still to be looked at; each gets in once, so that it ends. */
struct queue {
    uint32_t *all;
    uint32_t count, taken;
    unsigned char *seen;
};

static void queue_add(struct queue *queue, uint32_t entry, uint32_t count)
{
    if (entry >= count || (queue->seen[entry / 8] & 1 << entry % 8) != 0)
        return;
    queue->seen[entry / 8] |= (unsigned char)(1 << entry % 8);
    queue->all[queue->count++] = entry;
}

/* The root's children are a tree by themselves, of neighbours left and right.
 */
static bool walk(struct cfb *cfb, uint32_t child, struct err *err)
{
    unsigned char bytes[ENTRY];
    struct queue queue = {.all = mem_alloc((size_t)cfb->count * 4 + 1),
                          .seen = mem_zero((size_t)cfb->count / 8 + 1, 1)};
    bool good = true;
    queue_add(&queue, child, cfb->count);
    while (queue.taken < queue.count && good) {
        good = read_entry(cfb, queue.all[queue.taken++], bytes, err);
        if (!good)
            break;
        note_entry(cfb, bytes);
        queue_add(&queue, xls_u32(bytes + AT_LEFT), cfb->count);
        queue_add(&queue, xls_u32(bytes + AT_RIGHT), cfb->count);
    }
    free(queue.all);
    free(queue.seen);
    return good;
}

static bool read_directory(struct cfb *cfb, struct err *err)
{
    unsigned char bytes[ENTRY];
    cfb->directory.source = cfb->sectors.source;
    if (!xls_sectors_chain(&cfb->sectors, cfb->sectors.directory, XLS_WHOLE,
                           "its directory", &cfb->directory, err))
        return false;
    if (cfb->directory.size / ENTRY > ENTRIES_MAX)
        return err_set(err, EXIT_INPUT,
                       "its directory has more than %d entries" ERR_FIXED,
                       ENTRIES_MAX);
    cfb->count = (uint32_t)(cfb->directory.size / ENTRY);
    if (!read_entry(cfb, 0, bytes, err))
        return false;
    cfb->root = entry_of(cfb, bytes);
    return walk(cfb, xls_u32(bytes + AT_CHILD), err);
}

/* The number of the mini sector that follows. */
static bool mini_next(struct xls_stream *table, uint32_t *sector,
                      struct err *err)
{
    unsigned char bytes[4];
    size_t got;
    if (!xls_stream_read(table, (uint64_t)*sector * 4, bytes, sizeof bytes,
                         &got, err))
        return false;
    *sector = got < sizeof bytes ? XLS_CHAIN_END : xls_u32(bytes);
    return true;
}

/* A short stream's sectors lie in a stream of the root's. The steps are as many
 * as the file has bytes for, and where they lie is looked up for each. */
static bool mini_chain(struct xls_stream *table, struct xls_stream *minis,
                       const struct entry *entry, struct xls_stream *stream,
                       struct err *err)
{
    enum { EACH = 1 << XLS_MINI_SHIFT };
    uint32_t sector = entry->start;
    uint64_t at, steps = minis->size / EACH + 1;
    for (; stream->size < entry->size; steps--) {
        if (steps == 0 ||
            !xls_stream_place(minis, (uint64_t)sector << XLS_MINI_SHIFT, &at))
            return err_set(err, EXIT_INPUT,
                           "it is damaged or cut off: its workbook ends after "
                           "%llu of %llu bytes; export it once more",
                           (unsigned long long)stream->size,
                           (unsigned long long)entry->size);
        xls_stream_add(stream, at, EACH);
        if (!mini_next(table, &sector, err))
            return false;
    }
    stream->size = entry->size;
    return true;
}

static bool open_mini(struct cfb *cfb, const struct entry *entry,
                      struct xls_stream *stream, struct err *err)
{
    struct xls_stream table = {.source = cfb->sectors.source};
    struct xls_stream minis = {.source = cfb->sectors.source};
    bool good =
        xls_sectors_chain(&cfb->sectors, cfb->sectors.mini_table, XLS_WHOLE,
                          "its table of small sectors", &table, err) &&
        xls_sectors_chain(&cfb->sectors, cfb->root.start, cfb->root.size,
                          "its small sectors", &minis, err) &&
        mini_chain(&table, &minis, entry, stream, err);
    xls_stream_release(&table);
    xls_stream_release(&minis);
    return good;
}

static bool open_found(struct cfb *cfb, struct xls_stream *stream,
                       struct err *err)
{
    unsigned kind = 0;
    while (kind < KINDS && !cfb->found[kind].there)
        kind++;
    if (kind == KINDS)
        return err_set(err, EXIT_INPUT,
                       "it is a file of an office program (OLE2) that holds no "
                       "workbook; save it as .xlsx or .csv");
    if (kinds[kind].what != NULL)
        return err_set(err, EXIT_INPUT, "%s", kinds[kind].what);
    const struct entry *entry = &cfb->found[kind];
    return entry->size < cfb->sectors.cutoff
               ? open_mini(cfb, entry, stream, err)
               : xls_sectors_chain(&cfb->sectors, entry->start, entry->size,
                                   "its workbook", stream, err);
}

bool xls_cfb_open(struct xls_stream *stream, struct err *err)
{
    struct cfb cfb = {0};
    if (!xls_sectors_open(&cfb.sectors, stream->source, err))
        return false;
    bool good = read_directory(&cfb, err) && open_found(&cfb, stream, err);
    xls_stream_release(&cfb.directory);
    xls_sectors_close(&cfb.sectors);
    return good;
}
