/* archive.c: everything else by libarchive.
 *
 * What is compressed is an archive of one member to it ("raw"). A zip or 7z is
 * read from its directory, which wants random access; a tar from its
 * start. The first time the members are looked at, to the last one, and one is
 * chosen (choose.c); then reading begins anew, at that one. Names are made
 * UTF-8 in the thread's locale, which is one of ours meanwhile. */
#include <archive.h>
#include <archive_entry.h>

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "choose.h"

enum { BLOCK = 64 * 1024 };

struct opened {
    struct archive *archive;
    struct unpacked *from;
    struct err err; /* of the packed source */
    bool failed;    /* with that */
    bool known;     /* its format is: before, libarchive may be asked nothing */
    bool random;
    uint64_t offset; /* where random access is */
    locale_t names;
    char block[BLOCK];
};

static bool is_stopped(const struct unpacked *from, struct err *err)
{
    const atomic_bool *stop = from->source.stop;
    if (stop == NULL || !atomic_load(stop))
        return false;
    err_set(err, EXIT_INTERRUPTED, "%s: interrupted", from->source.path);
    return true;
}

static la_ssize_t give(struct archive *archive, void *self, const void **bytes)
{
    struct opened *opened = self;
    struct unpacked *from = opened->from;
    size_t got = 0;
    opened->failed =
        is_stopped(from, &opened->err) ||
        !(opened->random
              ? source_read_at(from->packed, opened->offset, opened->block,
                               BLOCK, &got, &opened->err)
              : unpack_take(from, opened->block, BLOCK, &got, &opened->err));
    if (opened->random)
        from->taken += got;
    if (opened->failed) {
        archive_set_error(archive, EIO, "cannot be read");
        return -1;
    }
    opened->offset += got;
    *bytes = opened->block;
    return (la_ssize_t)got;
}

static la_int64_t skip(struct archive *archive, void *self, la_int64_t count)
{
    struct opened *opened = self;
    (void)archive;
    uint64_t size = source_size(opened->from->packed);
    uint64_t left = opened->offset < size ? size - opened->offset : 0;
    uint64_t most = count > 0 ? (uint64_t)count : 0;
    if (most > left)
        most = left;
    opened->offset += most;
    return (la_int64_t)most;
}

static la_int64_t seek(struct archive *archive, void *self, la_int64_t offset,
                       int whence)
{
    struct opened *opened = self;
    (void)archive;
    int64_t size = (int64_t)source_size(opened->from->packed);
    int64_t base = whence == SEEK_SET   ? 0
                   : whence == SEEK_CUR ? (int64_t)opened->offset
                                        : size;
    if (offset < -base || offset > size - base)
        return ARCHIVE_FATAL;
    opened->offset = (uint64_t)(base + offset);
    return base + offset;
}

static void understand(struct archive *archive, enum packing packing)
{
    static int (*const formats[])(struct archive *) = {
        [PACKED_BZIP2] = archive_read_support_filter_bzip2,
        [PACKED_XZ] = archive_read_support_filter_xz,
        [PACKED_ZSTD] = archive_read_support_filter_zstd,
        [PACKED_ZIP] = archive_read_support_format_zip_seekable,
        [PACKED_TAR] = archive_read_support_format_tar,
        [PACKED_7Z] = archive_read_support_format_7zip,
    };
    formats[packing](archive);
    if (packing == PACKED_TAR) /* one behind another one is not its padding */
        archive_read_set_format_option(archive, "tar",
                                       "read_concatenated_archives", "1");
    if (!unpack_is_archive(packing))
        archive_read_support_format_raw(archive);
}

/* In our words, where we have some for it; libarchive's else. */
static const char *why_of(enum packing packing, const char *said)
{
    static const struct {
        const char *part;
        enum packing packing; /* PACKED_NOT: any */
        const char *why;
    } words[] = {
        {"runcated", PACKED_TAR,
         "it ends too early, or something else follows"},
        {"runcated", PACKED_NOT, "it ends too early; is it whole?"},
        {"No progress", PACKED_NOT,
         "it ends too early, or something else follows"},
        {"Unknown frame", PACKED_NOT,
         "something else follows what is compressed"},
        {"Malformed", PACKED_NOT, "its directory is none, or not whole"},
        {"end-of-file", PACKED_NOT, "it ends too early; is it whole?"},
        {"Unrecognized archive", PACKED_TAR, "something else follows"},
        {"Unrecognized archive", PACKED_NOT,
         "there is no directory at its end; is it whole?"},
        {"CRC", PACKED_NOT, "its checksum is another"},
        {"wrong size", PACKED_NOT, "it has another size than it says"},
    };
    for (size_t i = 0; said != NULL && i < sizeof words / sizeof *words; i++)
        if (strstr(said, words[i].part) != NULL &&
            (words[i].packing == PACKED_NOT || words[i].packing == packing))
            return words[i].why;
    return said ? said : "it ends too early, or is no archive";
}

static bool is_unknown_method(const char *said)
{
    static const char *const words[] = {"Unsupported ZIP compression", "codec",
                                        "Unsupported filter"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strstr(said, words[i]) != NULL)
            return true;
    return false;
}

static bool fail(struct opened *opened, struct err *err)
{
    struct archive *archive = opened->archive;
    if (opened->failed) {
        *err = opened->err;
        return false;
    }
    if (opened->known && archive_read_has_encrypted_entries(archive) > 0)
        return unpack_protected(opened->from, err);
    const char *said = archive_error_string(archive);
    if (said != NULL && is_unknown_method(said))
        return err_set(err, EXIT_INPUT,
                       "%s: is packed by a method that is not read (%s); "
                       "unpack it, or pack it as usual",
                       opened->from->source.path, said);
    if (said != NULL && !unpack_is_archive(opened->from->packing) &&
        strstr(said, "Unrecognized archive") != NULL)
        return err_set(
            err, EXIT_INPUT,
            "%s: is %s, and nothing comes out of it; export it again",
            opened->from->source.path, unpack_title(opened->from->packing));
    return unpack_damaged(opened->from, why_of(opened->from->packing, said),
                          err);
}

/* What no filter takes would be given as it is. */
static bool is_decompressed(struct opened *opened, struct err *err)
{
    return unpack_is_archive(opened->from->packing) ||
           archive_filter_code(opened->archive, 0) != ARCHIVE_FILTER_NONE ||
           unpack_damaged(opened->from, "it ends too early; is it whole?", err);
}

/* Of a random one the last byte is read first. */
static bool open_archive(struct opened *opened, struct err *err)
{
    struct archive *archive = opened->archive;
    archive_read_set_callback_data(archive, opened);
    archive_read_set_read_callback(archive, give);
    if (opened->random) {
        archive_read_set_skip_callback(archive, skip);
        archive_read_set_seek_callback(archive, seek);
    }
    locale_t before = uselocale(opened->names);
    bool good = archive_read_open1(archive) == ARCHIVE_OK;
    uselocale(before);
    opened->known = good;
    return good ? is_decompressed(opened, err) : fail(opened, err);
}

static bool open_it(struct unpacked *from, struct err *err)
{
    struct opened *opened = mem_zero(1, sizeof *opened);
    opened->from = from;
    opened->random = unpack_is_archive(from->packing) &&
                     (from->packing != PACKED_TAR ||
                      unpack_packing(from->packed) == PACKED_NOT);
    opened->names = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    opened->archive = archive_read_new();
    from->state = opened;
    if (opened->archive == NULL)
        return err_set(err, EXIT_FAULT, "%s: there is no memory to unpack it",
                       from->source.path);
    understand(opened->archive, from->packing);
    return open_archive(opened, err);
}

static void close_it(struct unpacked *from)
{
    struct opened *opened = from->state;
    if (opened == NULL)
        return;
    archive_read_free(opened->archive);
    if (opened->names != (locale_t)0)
        freelocale(opened->names);
    free(opened);
    from->state = NULL;
}

static enum step next_member(struct unpacked *from,
                             struct archive_entry **entry, struct err *err)
{
    struct opened *opened = from->state;
    locale_t before = uselocale(opened->names);
    int said = archive_read_next_header(opened->archive, entry);
    uselocale(before);
    if (said == ARCHIVE_EOF)
        return STEP_END;
    if (said == ARCHIVE_OK || said == ARCHIVE_WARN)
        return STEP_ITEM;
    fail(opened, err);
    return STEP_FAIL;
}

/* To the member that was chosen. */
static bool go_to(struct unpacked *from, struct err *err)
{
    struct archive_entry *entry;
    for (unsigned i = 0;; i++) {
        enum step step = next_member(from, &entry, err);
        if (step == STEP_FAIL)
            return false;
        if (step == STEP_END)
            return unpack_damaged(from, "its member is gone", err);
        if (i == from->member)
            break;
    }
    if (archive_entry_is_data_encrypted(entry))
        return unpack_protected(from, err);
    from->taken = 0;
    return true;
}

/* A 7z says where it ends: zeros alone may stand behind it. */
static bool is_all(struct unpacked *from, struct err *err)
{
    enum { HEAD = 32, OFFSET = 12, SIZE = 20 };
    uint8_t head[HEAD], more[HEAD];
    uint64_t places[2] = {0};
    size_t got;
    if (from->packing != PACKED_7Z)
        return true;
    if (!source_read_at(from->packed, 0, head, HEAD, &got, err))
        return false;
    for (unsigned i = 8; i-- > 0;) {
        places[0] = places[0] << 8 | head[OFFSET + i];
        places[1] = places[1] << 8 | head[SIZE + i];
    }
    if (!source_read_at(from->packed, HEAD + places[0] + places[1], more, HEAD,
                        &got, err))
        return false;
    for (size_t i = 0; i < got; i++)
        if (more[i] != 0)
            return unpack_damaged(from, "something else follows it", err);
    return true;
}

static bool begin(struct unpacked *from, struct err *err)
{
    bool choose = unpack_is_archive(from->packing) && from->name == NULL;
    if (choose) {
        if (!open_it(from, err) || !unpack_choose(from, next_member, err) ||
            !is_all(from, err))
            return false;
        close_it(from);
        if (!source_rewind(from->packed, err))
            return false;
    }
    return open_it(from, err) && go_to(from, err);
}

/* What libarchive takes no notice of. */
static bool at_end(struct unpacked *from, struct opened *opened,
                   struct err *err)
{
    char byte;
    size_t got = 0;
    if (unpack_is_archive(from->packing))
        return true;
    if (!unpack_take(from, &byte, 1, &got, err))
        return false;
    return (got == 0 && (uint64_t)archive_filter_bytes(opened->archive, -1) ==
                            opened->offset) ||
           unpack_damaged(from, "something else follows what is compressed",
                          err);
}

static bool read_on(struct unpacked *from, void *into, size_t len, size_t *got,
                    struct err *err)
{
    struct opened *opened = from->state;
    *got = 0;
    if (len == 0)
        return true;
    la_ssize_t count = archive_read_data(opened->archive, into, len);
    if (count < 0)
        return fail(opened, err);
    *got = (size_t)count;
    return count > 0 || at_end(from, opened, err);
}

const struct unpacker unpack_archive = {begin, read_on, close_it};
