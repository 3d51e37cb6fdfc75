/* Any bytes as a packed input, in small limits: layer by layer it is unpacked,
 * in two ways, which give the same; what is inside is looked at for what it is.
 * The first byte chooses the steps, the second a member. */
#include "fuzz.h"

#include "base/buf.h"
#include "decode/detect/look.h"
#include "package/zip.h"
#include "source/unpack.h"

enum { LAYERS = 3, OUT_MAX = 1 << 20 };

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count;
    (void)words;
    be_quiet();
    return 0;
}

static bool read_all(struct source *source, size_t step, struct buf *out)
{
    struct err err;
    size_t got = 1;
    while (got > 0) {
        if (!source_read(source, buf_reserve(out, step), step, &got, &err)) {
            demand_shown(err.text);
            return false;
        }
        demand(got <= step);
        out->len += got;
        demand(out->len <= OUT_MAX + step);
    }
    return true;
}

/* Read, read once more in other steps, and from a copy. */
static bool unpack_twice(struct source *source, size_t step, struct buf *once)
{
    struct buf again = {0};
    struct err err;
    bool good = read_all(source, step, once);
    demand(source_rewind(source, &err) || !good);
    if (good) {
        demand(read_all(source, 77, &again));
        demand_same(once, &again);
        buf_clear(&again);
        demand(source_rewind(source, &err) && source_spool(source, &err));
        demand(source_size(source) == once->len);
        demand(read_all(source, 4096, &again));
        demand_same(once, &again);
    }
    buf_release(&again);
    return good;
}

static void look_inside(const char *bytes, size_t len)
{
    static const struct zip_limits limits = {.max_unpacked = OUT_MAX,
                                             .max_ratio = 200};
    const struct kind *kind;
    struct err err;
    struct source *source = source_memory(bytes, len);
    if (!detect_package(source, &limits, &kind, &err))
        demand_shown(err.text);
    source_close(source);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const members[] = {NULL, NULL, "*", "kh.csv", "?*.c*v"};
    struct bytes from = {data, size};
    size_t step = 1 + 13 * take(&from);
    struct unpacking said = {.member = members[take_below(&from, 5)],
                             .max_unpacked = OUT_MAX,
                             .max_members = 100};
    struct buf bytes = {0};
    buf_reserve(&bytes, 1);
    buf_add(&bytes, from.at, from.left);
    for (unsigned layer = 0; layer < LAYERS; layer++) {
        struct err err;
        struct buf inside = {0};
        look_inside(bytes.at, bytes.len);
        if (unpack_kind(bytes.at, bytes.len) == PACKED_NOT)
            break;
        struct source *packed = source_memory(bytes.at, bytes.len);
        struct source *source = unpack_open(packed, &said, &err);
        if (source == NULL) {
            demand_shown(err.text);
            source_close(packed);
            break;
        }
        bool good = unpack_twice(source, step, &inside);
        source_close(source);
        buf_release(&bytes);
        bytes = inside;
        buf_reserve(&bytes, 1);
        if (!good)
            break;
    }
    buf_release(&bytes);
    return 0;
}
