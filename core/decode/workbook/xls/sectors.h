/* sectors.h: a compound file's header and its table of sectors, the FAT: which
 * sector follows which. One owner, one thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLS_SECTORS_H
#define FASTSYNC_DECODE_WORKBOOK_XLS_SECTORS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "source/source.h"
#include "stream.h"

struct xls_sectors {
    struct source *source; /* borrowed */
    unsigned shift;        /* a sector has 1 << shift bytes */
    uint32_t count;        /* sectors that the file has */
    uint32_t *next;        /* of each, the one that follows it */
    uint32_t directory;    /* the first sector of the directory */
    uint32_t mini_table;   /* of the table of mini sectors */
    uint32_t cutoff;       /* streams that are shorter lie in mini sectors */
};

enum { XLS_MINI_SHIFT = 6 };
#define XLS_CHAIN_END UINT32_C(0xFFFFFFFE)
/* No length is known: a chain goes on to its end. */
#define XLS_WHOLE UINT64_MAX

/* On failure nothing is to be released. */
bool xls_sectors_open(struct xls_sectors *sectors, struct source *source,
                      struct err *err);
void xls_sectors_close(struct xls_sectors *sectors);
/* Adds the sectors of a chain to a stream, `size` bytes of them. `what` names
 * it in messages: "the directory". */
bool xls_sectors_chain(const struct xls_sectors *sectors, uint32_t first,
                       uint64_t size, const char *what,
                       struct xls_stream *stream, struct err *err);

#endif
