/* stream.c: reading goes on in the extent where it was, or is looked up by
 * halving. */
#include "stream.h"

#include <stdlib.h>

#include "base/mem.h"

void xls_stream_release(struct xls_stream *stream)
{
    free(stream->extents);
    stream->extents = NULL;
    stream->count = stream->cap = 0;
}

/* What follows the last extent in the file makes it longer. */
void xls_stream_add(struct xls_stream *stream, uint64_t at, uint64_t len)
{
    struct xls_extent *last =
        stream->count > 0 ? &stream->extents[stream->count - 1] : NULL;
    stream->size += len;
    if (last != NULL && last->at + last->len == at) {
        last->len += len;
        return;
    }
    if (stream->extents == NULL || stream->count == stream->cap) {
        stream->cap = stream->cap * 2 + 8;
        stream->extents =
            mem_resize(stream->extents, stream->cap * sizeof *stream->extents);
    }
    stream->extents[stream->count++] =
        (struct xls_extent){.start = stream->size - len, .at = at, .len = len};
}

static bool holds(const struct xls_extent *extent, uint64_t from)
{
    return from >= extent->start && from - extent->start < extent->len;
}

/* The extent of a byte, or NULL beyond the end. */
static const struct xls_extent *find(struct xls_stream *stream, uint64_t from)
{
    size_t low = 0, high = stream->count;
    if (from >= stream->size || stream->count == 0)
        return NULL;
    if (holds(&stream->extents[stream->last], from))
        return &stream->extents[stream->last];
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (stream->extents[middle].start <= from)
            low = middle;
        else
            high = middle;
    }
    stream->last = low;
    return holds(&stream->extents[low], from) ? &stream->extents[low] : NULL;
}

bool xls_stream_place(struct xls_stream *stream, uint64_t from, uint64_t *at)
{
    const struct xls_extent *extent = find(stream, from);
    if (extent == NULL)
        return false;
    *at = extent->at + (from - extent->start);
    return true;
}

/* Bytes that may be read in one go from `from` on. */
static size_t in_one(const struct xls_stream *stream,
                     const struct xls_extent *extent, uint64_t from, size_t len)
{
    uint64_t left = extent->len - (from - extent->start);
    if (left > stream->size - from)
        left = stream->size - from;
    return left < len ? (size_t)left : len;
}

bool xls_stream_read(struct xls_stream *stream, uint64_t from, void *into,
                     size_t len, size_t *got, struct err *err)
{
    const struct xls_extent *extent;
    size_t more;
    *got = 0;
    while (*got < len && (extent = find(stream, from + *got)) != NULL) {
        uint64_t at = extent->at + (from + *got - extent->start);
        size_t wanted = in_one(stream, extent, from + *got, len - *got);
        if (!source_read_at(stream->source, at, (char *)into + *got, wanted,
                            &more, err))
            return false;
        if (more == 0)
            return true;
        *got += more;
    }
    return true;
}
