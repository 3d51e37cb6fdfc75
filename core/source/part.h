/* part.h: a part of another source as a source of its own, with what mail does
 * to bytes undone. */
#ifndef FASTSYNC_SOURCE_PART_H
#define FASTSYNC_SOURCE_PART_H

#include "source.h"

enum part_coding {
    PART_PLAIN,
    PART_QUOTED, /* quoted-printable, RFC 2045, 6.7 */
    PART_BASE64, /* 6.8 */
};

/* The bytes from `begin` up to `end` of `whole`, which is spooled, borrowed,
 * and read by nobody else meanwhile. */
struct source *source_part(struct source *whole, uint64_t begin, uint64_t end,
                           enum part_coding coding);

#endif
