/* stream.h: the bytes of a workbook, wherever its sectors lie in the file.
 *
 * A stream is a list of extents: parts of the file that follow each other.
 * Most have one. The source is borrowed and can be read anywhere; who adds
 * extents sees to it that they are never longer than the file. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLS_STREAM_H
#define FASTSYNC_DECODE_WORKBOOK_XLS_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "source/source.h"

struct xls_extent {
    uint64_t start; /* in the stream */
    uint64_t at;    /* in the file */
    uint64_t len;
};

/* Zero but for its source is an empty one. */
struct xls_stream {
    struct source *source;
    struct xls_extent *extents;
    size_t count, cap;
    size_t last;   /* the one that was read last */
    uint64_t size; /* bytes that count: all extents', or fewer */
};

void xls_stream_release(struct xls_stream *stream);
/* Adds a part of the file at the end. */
void xls_stream_add(struct xls_stream *stream, uint64_t at, uint64_t len);
/* Where in the file a byte of the stream is; false beyond its end. */
bool xls_stream_place(struct xls_stream *stream, uint64_t from, uint64_t *at);
/* Up to `len` bytes; *got is fewer only at the end of the stream or, where the
 * file is cut off, of that. */
bool xls_stream_read(struct xls_stream *stream, uint64_t from, void *into,
                     size_t len, size_t *got, struct err *err);

#endif
