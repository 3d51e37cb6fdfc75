/* unpack.h: a source over what is packed in another one: a file compressed
 * with gzip, bzip2, xz or zstd; one member of a zip, tar or 7z archive.
 *
 * What is packed is unpacked as it is read, in memory that does not grow with
 * it; checksums are looked at where they stand, and what is damaged or ends too
 * early fails there, so that rows before it stand and nothing after it does.
 * Nothing that an archive says of itself is believed: what comes out is
 * counted, and a bomb is EXIT_INPUT that names the limit and its option. A
 * member's name is shown as UTF-8 and opens nothing: it is no path. */
#ifndef FASTSYNC_SOURCE_UNPACK_H
#define FASTSYNC_SOURCE_UNPACK_H

#include "source.h"

enum packing {
    PACKED_NOT,
    PACKED_GZIP,
    PACKED_BZIP2,
    PACKED_XZ,
    PACKED_ZSTD,
    PACKED_ZIP,
    PACKED_TAR,
    PACKED_7Z,
    PACKED_RAR, /* known, and refused */
};

/* What is said of it; 0 and NULL say the usual. Borrowed until the source is
 * open. */
struct unpacking {
    const char *member;    /* its name, or a pattern with * and ?; of an archive
                              in it "in.zip/kh.csv"; NULL: the one export that
                              is in it */
    uint64_t max_unpacked; /* bytes that it may become */
    unsigned max_ratio;    /* times its packed size, beyond a few MiB */
    unsigned max_members;
};

extern const struct unpacking unpack_usual;
/* The same with the usual in the place of what is not said. */
struct unpacking unpack_limits(const struct unpacking *said);

/* How these first bytes are packed. A package (XLSX, ODS) is PACKED_ZIP too. */
enum packing unpack_kind(const char *head, size_t len);
/* "a ZIP archive", "compressed with gzip". */
const char *unpack_title(enum packing packing);
bool unpack_is_archive(enum packing packing);

/* Owns the packed source, which nothing was read from yet, once it is open.
 * NULL: err names the input; the source is still the caller's. */
struct source *unpack_open(struct source *packed, const struct unpacking *said,
                           struct err *err);
/* The member's name as it stands in the archive, UTF-8; NULL: it has none. */
const char *unpack_member(const struct source *source);
/* What `member` says beyond the one that was taken: "kh.csv" of
 * "in.zip/kh.csv"; all of it where this is no archive. NULL: nothing. Borrowed
 * until the source is closed. */
const char *unpack_rest(const struct source *source);
/* How it was packed; PACKED_NOT: it is no such source. */
enum packing unpack_packing(const struct source *source);

#endif
