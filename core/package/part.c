/* part.c: a member's bytes, inflated as they are read.
 *
 * ISA-L inflates: it is more than twice as fast as zlib, and this is the one
 * thing of a workbook that no second thread can help with. What comes out is
 * never more than the directory says, so the limits are looked at before. */
#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "directory.h"

enum {
    LOCAL = 0x04034B50,
    LOCAL_LEN = 30,
    STORED = 0,
    DEFLATED = 8,
    BLOCK = 128 * 1024,
    STEP_MAX = 1 << 30, /* of one call to the library, whose counts are short */
    SMALL = 64 << 20,   /* what any member may become */
};

struct zip_part {
    struct zip *zip;
    struct zip_member *member;
    uint64_t at;    /* of the next packed byte in the file */
    uint64_t left;  /* packed bytes from there */
    uint64_t given; /* unpacked bytes */
    uint32_t checksum;
    bool ended;
    struct inflate_state state;
    uint8_t block[BLOCK];
};

static const char *method_name(unsigned method)
{
    static const struct {
        unsigned method;
        const char *name;
    } names[] = {
        {1, "shrink"}, {6, "implode"}, {9, "deflate64"}, {12, "bzip2"},
        {14, "LZMA"},  {93, "zstd"},   {95, "xz"},       {98, "PPMd"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].method == method)
            return names[i].name;
    return "a method that is not known";
}

static bool damaged(const struct zip_part *part, const char *how,
                    struct err *err)
{
    return err_set(err, EXIT_INPUT, "%s is damaged: %s", part->member->name,
                   how);
}

static bool check_kind(const struct zip_member *member, struct err *err)
{
    if (member->twice)
        return err_set(err, EXIT_INPUT,
                       "%s stands in the archive twice: which one counts?",
                       member->name);
    if ((member->flags & ZIP_ENCRYPTED) != 0)
        return err_set(err, EXIT_INPUT,
                       "%s is protected by a password: save it without one",
                       member->name);
    if (member->method != STORED && member->method != DEFLATED)
        return err_set(
            err, EXIT_INPUT, "%s is packed by %s (method %u): pack it as usual",
            member->name, method_name(member->method), member->method);
    return true;
}

static bool check_size(const struct zip *zip, const struct zip_member *member,
                       struct err *err)
{
    char size[NUMBER_TEXT], most[NUMBER_TEXT];
    number_text(member->size, size);
    if (member->size > zip->limits.max_unpacked)
        return err_set(err, EXIT_INPUT,
                       "%s has %s bytes unpacked, more than max_unpacked (%s)",
                       member->name, size,
                       number_text(zip->limits.max_unpacked, most));
    if (member->size > SMALL &&
        member->size / (zip->limits.max_ratio + 1ull) >= member->packed)
        return err_set(err, EXIT_INPUT,
                       "%s has %s bytes, packed to %s: that is more than "
                       "max_ratio (%u) allows",
                       member->name, size, number_text(member->packed, most),
                       zip->limits.max_ratio);
    return true;
}

/* What stands before the bytes must say what the directory says. Some writers
 * leave the sizes out there. */
static bool agrees(const struct zip_member *member, const uint8_t *local)
{
    uint32_t packed = zip_32(local + 18), size = zip_32(local + 22);
    if (zip_32(local) != LOCAL || zip_16(local + 8) != member->method)
        return false;
    return (zip_16(local + 6) & ZIP_SIZES_AFTER) != 0 ||
           (packed == 0 && size == 0) || packed == UINT32_MAX ||
           size == UINT32_MAX ||
           (packed == member->packed && size == member->size);
}

static bool find_bytes(struct zip_part *part, struct err *err)
{
    const struct zip_member *member = part->member;
    uint8_t local[LOCAL_LEN];
    if (!zip_read_at(part->zip, member->at, local, sizeof local, err))
        return false;
    if (!agrees(member, local))
        return damaged(part,
                       "what stands before it says something else than "
                       "the archive's directory",
                       err);
    part->at = member->at + LOCAL_LEN + zip_16(local + 26) + zip_16(local + 28);
    part->left = member->packed;
    if (part->at > member->end || member->end - part->at < part->left)
        return damaged(part, "it reaches into what stands after it", err);
    return true;
}

struct zip_part *zip_part_open(struct zip *zip, unsigned at, struct err *err)
{
    struct zip_member *member = &zip->members[at];
    if (!check_kind(member, err) || !check_size(zip, member, err))
        return NULL;
    struct zip_part *part = mem_alloc(sizeof *part);
    part->zip = zip;
    part->member = member;
    part->given = 0;
    part->checksum = 0;
    part->ended = false;
    isal_inflate_init(&part->state);
    if (!find_bytes(part, err)) {
        free(part);
        return NULL;
    }
    return part;
}

void zip_part_close(struct zip_part *part)
{
    free(part);
}

uint64_t zip_part_taken(const struct zip_part *part)
{
    return part->member->packed - part->left;
}

static size_t least(uint64_t a, size_t b)
{
    return a < b ? (size_t)a : b;
}

/* Packed bytes into the block. */
static bool refill(struct zip_part *part, struct err *err)
{
    size_t len = least(part->left, BLOCK);
    if (!zip_read_at(part->zip, part->at, part->block, len, err))
        return false;
    part->at += len;
    part->left -= len;
    part->state.next_in = part->block;
    part->state.avail_in = (uint32_t)len;
    return true;
}

/* Inflates until `into` is full or all is out. */
static bool inflate(struct zip_part *part, uint8_t *into, size_t len,
                    size_t *got, struct err *err)
{
    struct inflate_state *state = &part->state;
    state->next_out = into;
    state->avail_out = (uint32_t)len;
    while (state->avail_out > 0 && state->block_state != ISAL_BLOCK_FINISH) {
        uint32_t in = state->avail_in, out = state->avail_out;
        if (in == 0 && part->left > 0) {
            if (!refill(part, err))
                return false;
            in = state->avail_in;
        }
        if (isal_inflate(state) < 0)
            return damaged(part, "it cannot be unpacked", err);
        if (state->avail_in == in && state->avail_out == out && part->left == 0)
            break; /* there is no more */
    }
    *got = len - state->avail_out;
    return true;
}

static bool copy(struct zip_part *part, uint8_t *into, size_t len, size_t *got,
                 struct err *err)
{
    *got = least(part->left, len);
    if (!zip_read_at(part->zip, part->at, into, *got, err))
        return false;
    part->at += *got;
    part->left -= *got;
    return true;
}

/* What comes out once more, as a sheet is looked at and then read, counts
 * once. */
static bool count_unpacked(struct zip_part *part, struct err *err)
{
    struct zip *zip = part->zip;
    uint64_t known = atomic_load(&part->member->unpacked);
    if (part->given <= known)
        return true;
    atomic_store(&part->member->unpacked, part->given);
    uint64_t all = atomic_fetch_add(&zip->unpacked, part->given - known) +
                   part->given - known;
    char most[NUMBER_TEXT];
    return all <= zip->limits.max_unpacked ||
           err_set(err, EXIT_INPUT,
                   "the archive's parts have more bytes unpacked than "
                   "max_unpacked (%s)",
                   number_text(zip->limits.max_unpacked, most));
}

static bool check_end(struct zip_part *part, struct err *err)
{
    part->ended = true;
    if (part->given < part->member->size)
        return damaged(part, "it ends before its size is reached", err);
    if (part->given > part->member->size || part->left > 0 ||
        part->state.avail_in > 0)
        return damaged(part, "there is more of it than its size", err);
    return part->checksum == part->member->checksum ||
           damaged(part, "its checksum is another one", err);
}

/* Where all bytes are out that the directory tells of, one more is asked for:
 * there must be none. */
bool zip_part_read(struct zip_part *part, void *into, size_t len, size_t *got,
                   struct err *err)
{
    uint8_t beyond;
    size_t more;
    uint64_t wanted = part->member->size - part->given;
    bool stored = part->member->method == STORED;
    *got = 0;
    if (part->ended || len == 0)
        return true;
    len = least(wanted, len < STEP_MAX ? len : STEP_MAX);
    if (!(stored ? copy : inflate)(part, into, len, got, err))
        return false;
    part->checksum = crc32_gzip_refl(part->checksum, into, *got);
    part->given += *got;
    if (!count_unpacked(part, err))
        return false;
    if (*got == len && len < wanted)
        return true;
    if (!(stored ? copy : inflate)(part, &beyond, 1, &more, err))
        return false;
    part->given += more;
    return check_end(part, err);
}
