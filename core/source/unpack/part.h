/* part.h: what the files of unpack.h share. For them alone. */
#ifndef FASTSYNC_SOURCE_UNPACK_PART_H
#define FASTSYNC_SOURCE_UNPACK_PART_H

#include "base/buf.h"
#include "source/unpack.h"

struct unpacked;

/* A way to unpack. The packed source stands at its first byte at `begin`. */
struct unpacker {
    bool (*begin)(struct unpacked *from, struct err *err);
    bool (*read)(struct unpacked *from, void *into, size_t len, size_t *got,
                 struct err *err);
    void (*end)(struct unpacked *from);
};

struct unpacked {
    struct source source;
    struct source *packed;
    enum packing packing;
    struct unpacking said; /* with the usual for the rest; member is owned */
    const struct unpacker *how;
    void *state;      /* of the unpacker; NULL: not begun */
    char *name;       /* of the member that was chosen, or NULL */
    char *outer;      /* of the archives around: "in.zip/", or "" */
    const char *rest; /* of said.member, for what is in this one; or NULL */
    unsigned member;  /* which one it is, from 0 */
    uint64_t taken;   /* bytes of the packed source, for max_ratio */
    uint64_t at;      /* bytes given */
    int fd;           /* of its copy (spool.h), or -1 */
};

extern const struct unpacker unpack_gzip;    /* gzip.c */
extern const struct unpacker unpack_archive; /* archive.c: all others */

/* Reads on in the packed source, and counts. */
bool unpack_take(struct unpacked *from, void *into, size_t len, size_t *got,
                 struct err *err);
/* "…: is damaged: …". Answers false. */
bool unpack_damaged(const struct unpacked *from, const char *why,
                    struct err *err);
/* Answers false. */
bool unpack_protected(const struct unpacked *from, struct err *err);
/* May so much come out of it? */
bool unpack_within(const struct unpacked *from, uint64_t size, struct err *err);

/* names.c */

/* Appends a member's name as UTF-8 in NFC: from UTF-8, CP437 or CP1258. */
void unpack_name(const char *raw, struct buf *out);
/* How well does the name fit what is wanted? 0 is best, -1: not. */
enum { UNPACK_RANKS = 4, UNPACK_WITHIN = 3 };

int unpack_rank(const char *raw, const char *name, const char *wanted);
/* What is wanted of an archive of that name, or NULL: nothing. */
const char *unpack_within_name(const char *name, const char *wanted);

#endif
