/* directory.h: what the end of a zip archive says of its members: where each
 * stands, how it is packed, how long it is.
 *
 * Checked here, before any of it is believed: every member lies in the file,
 * before the directory, and none reaches into another. Immutable once read, but
 * for what was unpacked of a member, which is counted by its readers. For
 * this room's files alone. */
#ifndef FASTSYNC_PACKAGE_DIRECTORY_H
#define FASTSYNC_PACKAGE_DIRECTORY_H

#include <stdatomic.h>

#include "base/mem.h"
#include "zip.h"

enum {
    ZIP_ENCRYPTED = 1,   /* flags of a member: a password is needed */
    ZIP_SIZES_AFTER = 8, /* its sizes stand behind it, not before */
};

struct zip_member {
    const char *name; /* as it stands, without '/' at its front */
    const char *key;  /* what it is found by: small letters, '/' for '\', as
                         it was before it was escaped ("%20") */
    uint64_t at;      /* of its local header */
    uint64_t end;     /* where the next member or the directory begins */
    uint64_t packed, size;
    uint32_t checksum;
    uint16_t method, flags;
    bool twice;                /* another one has this very name */
    _Atomic uint64_t unpacked; /* the most that came out of it */
};

struct zip {
    struct source *source;
    struct zip_limits limits;
    struct arena arena; /* names, members */
    struct zip_member *members;
    unsigned *by_key; /* members in the order of their keys */
    unsigned count;
    _Atomic uint64_t unpacked; /* of all members */
};

/* Fills the members; they are in the order of the directory. */
bool zip_read_directory(struct zip *zip, struct err *err);
/* Exactly `len` bytes from there; EXIT_INPUT: the file ends before. */
bool zip_read_at(const struct zip *zip, uint64_t at, void *into, size_t len,
                 struct err *err);

/* Makes a name the key that members are found by. */
void zip_fold(char *name);

/* Numbers of an archive, little end first. */
static inline uint16_t zip_16(const uint8_t *at)
{
    return (uint16_t)(at[0] | at[1] << 8);
}

static inline uint32_t zip_32(const uint8_t *at)
{
    return zip_16(at) | (uint32_t)zip_16(at + 2) << 16;
}

static inline uint64_t zip_64(const uint8_t *at)
{
    return zip_32(at) | (uint64_t)zip_32(at + 4) << 32;
}

#endif
