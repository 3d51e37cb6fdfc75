/* unpack.c: what all ways to unpack share: what comes out is counted, a second
 * beginning, the copy where random access is wanted.
 *
 * A source over another one can be sought in without a copy, as it is unpacked
 * anew then; so a tar in a gzip is gone over twice and never kept. */
#include "unpack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/unpack/part.h"
#include "spool.h"

/* Blanks come from good programs too; beyond that, nothing does. */
enum { RATIO_FROM = 16 * 1024 * 1024 };

const struct unpacking unpack_usual = {
    .max_unpacked = 4ull << 30, .max_ratio = 200, .max_members = 10000};

struct unpacking unpack_limits(const struct unpacking *said)
{
    struct unpacking limits = *said;
    if (limits.max_unpacked == 0)
        limits.max_unpacked = unpack_usual.max_unpacked;
    if (limits.max_ratio == 0)
        limits.max_ratio = unpack_usual.max_ratio;
    if (limits.max_members == 0)
        limits.max_members = unpack_usual.max_members;
    return limits;
}

static const struct source_kind unpacked_kind;

static struct unpacked *unpacked_of(const struct source *source)
{
    return source->kind == &unpacked_kind ? (struct unpacked *)(uintptr_t)source
                                          : NULL;
}

const char *unpack_member(const struct source *source)
{
    const struct unpacked *from = unpacked_of(source);
    return from ? from->name : NULL;
}

const char *unpack_rest(const struct source *source)
{
    const struct unpacked *from = unpacked_of(source);
    return from ? from->rest : NULL;
}

enum packing unpack_packing(const struct source *source)
{
    const struct unpacked *from = unpacked_of(source);
    return from ? from->packing : PACKED_NOT;
}

bool unpack_damaged(const struct unpacked *from, const char *why,
                    struct err *err)
{
    if (from->at == 0)
        return err_set(err, EXIT_INPUT, "%s: is damaged: %s", from->source.path,
                       why);
    return err_set(err, EXIT_INPUT, "%s: is damaged after %llu bytes of %s: %s",
                   from->source.path, (unsigned long long)from->at,
                   from->name ? "its member" : "what is compressed", why);
}

bool unpack_protected(const struct unpacked *from, struct err *err)
{
    return err_set(err, EXIT_INPUT,
                   "%s: it is protected with a password: unpack it, or save it "
                   "without one",
                   from->source.path);
}

bool unpack_take(struct unpacked *from, void *into, size_t len, size_t *got,
                 struct err *err)
{
    source_stop_on(from->packed, from->source.stop);
    if (!source_read(from->packed, into, len, got, err))
        return false;
    from->taken += *got;
    return true;
}

/* Bytes that all of it came from: packed twice, a bomb is small twice. */
static uint64_t taken_by(const struct unpacked *from)
{
    const struct unpacked *packed = unpacked_of(from->packed);
    return packed ? taken_by(packed) : from->taken;
}

bool unpack_within(const struct unpacked *from, uint64_t size, struct err *err)
{
    const struct unpacking *said = &from->said;
    if (size > said->max_unpacked)
        return err_set(err, EXIT_INPUT,
                       "%s: unpacks to more than %llu bytes; max_unpacked "
                       "allows more",
                       from->source.path,
                       (unsigned long long)said->max_unpacked);
    if (size > RATIO_FROM && size / said->max_ratio > taken_by(from))
        return err_set(err, EXIT_INPUT,
                       "%s: unpacks to more than %u times its size, as hardly "
                       "an export does; max_ratio allows more",
                       from->source.path, said->max_ratio);
    return true;
}

/* Of what is packed, from the first byte. */
static bool begin(struct unpacked *from, struct err *err)
{
    from->how->end(from);
    from->state = NULL;
    from->taken = from->at = 0;
    source_stop_on(from->packed, from->source.stop);
    return source_rewind(from->packed, err) && from->how->begin(from, err);
}

static bool read_copy(struct source *source, uint64_t offset, void *into,
                      size_t len, size_t *got, struct err *err)
{
    const struct unpacked *from = unpacked_of(source);
    for (;;) {
        ssize_t count = pread(from->fd, into, len, (off_t)offset);
        if (count >= 0) {
            *got = (size_t)count;
            return true;
        }
        if (errno != EINTR)
            return source_refuse(source->path, err);
    }
}

static bool unpacked_read(struct source *source, void *into, size_t len,
                          size_t *got, struct err *err)
{
    struct unpacked *from = unpacked_of(source);
    bool good = from->fd >= 0 ? read_copy(source, from->at, into, len, got, err)
                              : from->how->read(from, into, len, got, err);
    if (!good)
        return false;
    from->at += *got;
    return from->fd >= 0 || unpack_within(from, from->at, err);
}

static bool unpacked_seek(struct source *source, uint64_t offset,
                          struct err *err)
{
    struct unpacked *from = unpacked_of(source);
    char bytes[16 * 1024];
    if (from->fd >= 0) {
        from->at = offset;
        return true;
    }
    if (offset < from->at && !begin(from, err))
        return false;
    while (from->at < offset) {
        uint64_t left = offset - from->at;
        size_t got, most = left < sizeof bytes ? (size_t)left : sizeof bytes;
        if (!unpacked_read(source, bytes, most, &got, err))
            return false;
        if (got == 0)
            return unpack_damaged(from, "it has become shorter", err);
    }
    return true;
}

static bool unpacked_spool(struct source *source, struct err *err)
{
    struct unpacked *from = unpacked_of(source);
    if (from->fd >= 0)
        return true;
    from->fd = spool_copy(source, err);
    from->at = source->head_len;
    return from->fd >= 0;
}

static void unpacked_close(struct source *source)
{
    struct unpacked *from = unpacked_of(source);
    from->how->end(from);
    source_close(from->packed);
    if (from->fd >= 0)
        close(from->fd);
    free((char *)(uintptr_t)from->said.member);
    free(from->name);
    free(from->outer);
}

static const struct source_kind unpacked_kind = {
    .read = unpacked_read,
    .read_at = read_copy,
    .seek = unpacked_seek,
    .spool = unpacked_spool,
    .close = unpacked_close,
};

/* So that it can be read twice, or anywhere. */
static bool keep(struct source *packed, enum packing packing, struct err *err)
{
    struct unpacked *inner = unpacked_of(packed);
    if (!unpack_is_archive(packing))
        return true;
    if (packing == PACKED_TAR && inner != NULL)
        return inner->fd >= 0 || keep(inner->packed, PACKED_TAR, err);
    return source_spool(packed, err);
}

/* The archives that it lies in, as `member` names them. */
static char *outer_of(const struct unpacked *packed)
{
    if (packed == NULL)
        return mem_text("");
    return packed->name ? mem_format("%s%s/", packed->outer, packed->name)
                        : mem_text(packed->outer);
}

static struct unpacked *make(struct source *packed, enum packing packing,
                             const struct unpacking *said)
{
    struct unpacked *from = mem_zero(1, sizeof *from);
    from->source.kind = &unpacked_kind;
    from->source.path = mem_text(packed->path);
    from->source.stop = packed->stop;
    from->packed = packed;
    from->packing = packing;
    from->said = unpack_limits(said);
    from->said.member = said->member ? mem_text(said->member) : NULL;
    from->rest = from->said.member;
    from->outer = outer_of(unpacked_of(packed));
    from->how = packing == PACKED_GZIP ? &unpack_gzip : &unpack_archive;
    from->fd = -1;
    return from;
}

/* From here on messages name the member as well. */
static void name_source(struct unpacked *from)
{
    char *path = from->source.path;
    if (from->name == NULL)
        return;
    from->source.path = mem_format("%s/%s", path, from->name);
    free(path);
}

/* Of a RAR archive libarchive does not look at the checksums. */
static const char *hopeless(const char *head, size_t len)
{
    if (unpack_kind(head, len) == PACKED_RAR)
        return "a RAR archive; unpack it, and name the file that was in it";
    return len >= 4 && memcmp(head, "PK\5\6", 4) == 0
               ? "a ZIP archive with no file in it"
               : NULL;
}

struct source *unpack_open(struct source *packed, const struct unpacking *said,
                           struct err *err)
{
    const char *head;
    size_t len;
    if (!source_peek(packed, &head, &len, err))
        return NULL;
    const char *never = hopeless(head, len);
    if (never != NULL) {
        err_set(err, EXIT_INPUT, "%s: is %s", packed->path, never);
        return NULL;
    }
    struct unpacked *from = make(packed, unpack_kind(head, len), said);
    if (keep(packed, from->packing, err) && begin(from, err)) {
        name_source(from);
        return &from->source;
    }
    from->packed = NULL; /* the caller's */
    source_close(&from->source);
    return NULL;
}
