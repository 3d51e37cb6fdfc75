/* zip.h: a zip archive as a package of named parts: what XLSX and ODS are.
 *
 * The directory is read once, from its end; parts are
 * inflated as a stream, several at a time, each by one thread. Nothing of an
 * archive is believed: sizes that lie, members that overlap, damaged or
 * encrypted ones are EXIT_INPUT, with the member's name. The source is spooled
 * and belongs to the archive while that is open; its file may be read by
 * several threads (source_read_at). */
#ifndef FASTSYNC_PACKAGE_ZIP_H
#define FASTSYNC_PACKAGE_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "source/source.h"

struct zip;
struct zip_part;

/* What a part may be, at most. Names of the options that raise them stand in
 * messages. */
struct zip_limits {
    uint64_t max_unpacked; /* bytes that come out of all parts together */
    unsigned max_ratio;    /* times its packed size that a part may become,
                              once it is beyond a few MiB */
};

extern const struct zip_limits zip_usual;

/* What a file ends as that begins as something else. */
enum zip_tail {
    ZIP_TAIL_NONE,
    ZIP_TAIL_WHOLE, /* an archive stands behind other bytes */
    ZIP_TAIL_PART,  /* the last part of an archive that was split */
};

/* Of a source whose size is known. */
enum zip_tail zip_tail(struct source *source);

/* Borrows the source. NULL: EXIT_INPUT, without the input's name. */
struct zip *zip_open(struct source *source, const struct zip_limits *limits,
                     struct err *err);
void zip_close(struct zip *zip); /* NULL is allowed */

unsigned zip_count(const struct zip *zip);
const char *zip_name(const struct zip *zip, unsigned at);
/* The part of that name, or -1. Letter case, a leading '/' and '\' for '/'
 * make no difference, nor does what is escaped as in an address ("%20"). */
int zip_find(const struct zip *zip, const char *name);
uint64_t zip_part_size(const struct zip *zip, unsigned at); /* as it says */

/* A part's bytes, inflated as they are read; its checksum is looked at when
 * its end is. */
struct zip_part *zip_part_open(struct zip *zip, unsigned at, struct err *err);
bool zip_part_read(struct zip_part *part, void *into, size_t len, size_t *got,
                   struct err *err); /* *got 0: its end */
/* Bytes of the archive that it has taken, for progress. */
uint64_t zip_part_taken(const struct zip_part *part);
void zip_part_close(struct zip_part *part); /* NULL is allowed */

#endif
