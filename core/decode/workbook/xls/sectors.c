/* sectors.c: the FAT is read whole: four bytes for each sector that the file
 * really has, whatever the header says. It lies in sectors of its own, whose
 * numbers stand in the header and, from the 110th on, in a chain of sectors
 * (the DIFAT). */
#include "sectors.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bytes.h"

enum {
    HEADER = 512,
    AT_SHIFT = 30,
    AT_DIRECTORY = 48,
    AT_CUTOFF = 56,
    AT_MINI = 60,
    AT_DIFAT = 68,
    AT_LIST = 76,
    LISTED = 109, /* numbers in the header */
    SHIFT_MIN = 9,
    SHIFT_MAX = 12,
    SECTOR_MAX = 1 << SHIFT_MAX,
};

/* Numbers from here on are marks: free, end, and what the tables lie in. */
#define MARKS UINT32_C(0xFFFFFFFA)

/* The sectors of the FAT, one after the other. */
struct list {
    uint32_t taken;
    uint32_t following; /* the sector of the DIFAT that comes next */
    uint32_t in_chain; /* sectors of it so far: more than there are: a circle */
    unsigned char header[LISTED * 4];
    unsigned char chained[SECTOR_MAX];
};

static uint64_t place_of(const struct xls_sectors *sectors, uint32_t sector)
{
    return ((uint64_t)sector + 1) << sectors->shift;
}

static bool damaged(struct err *err, const char *what)
{
    return err_set(err, EXIT_INPUT,
                   "it is damaged or cut off (%s); export it once more", what);
}

/* Reads a sector; the last one of a file may be short, and is zeros then. */
static bool read_sector(const struct xls_sectors *sectors, uint32_t sector,
                        unsigned char *into, const char *what, struct err *err)
{
    size_t len = (size_t)1 << sectors->shift, got;
    if (sector >= sectors->count)
        return damaged(err, what);
    if (!source_read_at(sectors->source, place_of(sectors, sector), into, len,
                        &got, err))
        return false;
    memset(into + got, 0, len - got);
    return true;
}

/* The next sector of the FAT; a mark where the list ends. */
static bool list_next(const struct xls_sectors *sectors, struct list *list,
                      uint32_t *sector, struct err *err)
{
    static const char what[] = "the list of its sector tables";
    uint32_t each = (UINT32_C(1) << sectors->shift) / 4 - 1;
    uint32_t at = list->taken++;
    if (at < LISTED) {
        *sector = xls_u32(list->header + at * 4);
        return true;
    }
    at = (at - LISTED) % each;
    if (at == 0) {
        if (list->following >= MARKS) {
            *sector = list->following;
            return true;
        }
        if (list->in_chain++ >= sectors->count)
            return damaged(err, what);
        if (!read_sector(sectors, list->following, list->chained, what, err))
            return false;
        list->following = xls_u32(list->chained + each * 4);
    }
    *sector = xls_u32(list->chained + at * 4);
    return true;
}

/* Sectors that no table tells of are free ones. */
static bool read_table(struct xls_sectors *sectors, struct list *list,
                       struct err *err)
{
    unsigned char bytes[SECTOR_MAX] = {0};
    uint32_t each = (UINT32_C(1) << sectors->shift) / 4, sector = 0;
    memset(sectors->next, 0xFF, (size_t)sectors->count * 4);
    for (uint32_t at = 0; at < sectors->count; at += each) {
        if (!list_next(sectors, list, &sector, err))
            return false;
        if (sector >= MARKS)
            return true;
        if (!read_sector(sectors, sector, bytes, "a table of its sectors", err))
            return false;
        for (uint32_t i = 0; i < each && at + i < sectors->count; i++)
            sectors->next[at + i] = xls_u32(bytes + i * 4);
    }
    return true;
}

static uint32_t count_sectors(uint64_t size, unsigned shift)
{
    uint64_t whole = size >> shift;
    if ((size & ((UINT64_C(1) << shift) - 1)) != 0)
        whole++;
    whole = whole > 0 ? whole - 1 : 0; /* the header's */
    return whole < MARKS ? (uint32_t)whole : MARKS;
}

bool xls_sectors_open(struct xls_sectors *sectors, struct source *source,
                      struct err *err)
{
    unsigned char header[HEADER];
    struct list list = {0};
    size_t got;
    *sectors = (struct xls_sectors){.source = source};
    if (!source_read_at(source, 0, header, HEADER, &got, err))
        return false;
    if (got < HEADER)
        return damaged(err, "its header");
    sectors->shift = xls_u16(header + AT_SHIFT);
    if (sectors->shift < SHIFT_MIN || sectors->shift > SHIFT_MAX)
        return damaged(err, "its header: no such size of sectors");
    sectors->count = count_sectors(source_size(source), sectors->shift);
    sectors->directory = xls_u32(header + AT_DIRECTORY);
    sectors->mini_table = xls_u32(header + AT_MINI);
    sectors->cutoff = xls_u32(header + AT_CUTOFF);
    sectors->next = mem_alloc((size_t)sectors->count * 4 + 1);
    list.following = xls_u32(header + AT_DIFAT);
    memcpy(list.header, header + AT_LIST, sizeof list.header);
    if (read_table(sectors, &list, err))
        return true;
    xls_sectors_close(sectors);
    return false;
}

void xls_sectors_close(struct xls_sectors *sectors)
{
    free(sectors->next);
    sectors->next = NULL;
}

static bool broken(struct err *err, const char *what, uint32_t sector,
                   const char *why)
{
    return err_set(err, EXIT_INPUT,
                   "it is damaged or cut off: %s: sector %u %s; export it once "
                   "more",
                   what, sector, why);
}

bool xls_sectors_chain(const struct xls_sectors *sectors, uint32_t first,
                       uint64_t size, const char *what,
                       struct xls_stream *stream, struct err *err)
{
    uint64_t each = UINT64_C(1) << sectors->shift, start = stream->size;
    unsigned char *seen = mem_zero((size_t)sectors->count / 8 + 1, 1);
    uint32_t sector = first;
    const char *why = NULL;
    while (stream->size - start < size) {
        if (sector == XLS_CHAIN_END && size == XLS_WHOLE)
            break;
        why = sector >= MARKS            ? "should follow and does not"
              : sector >= sectors->count ? "stands beyond its end"
              : seen[sector / 8] & 1 << sector % 8 ? "comes twice"
                                                   : NULL;
        if (why != NULL)
            break;
        seen[sector / 8] |= (unsigned char)(1 << sector % 8);
        xls_stream_add(stream, place_of(sectors, sector), each);
        sector = sectors->next[sector];
    }
    free(seen);
    if (why != NULL)
        return broken(err, what, sector, why);
    if (size != XLS_WHOLE)
        stream->size = start + size;
    return true;
}
