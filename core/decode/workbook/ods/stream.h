/* stream.h: the XML of an OpenDocument spreadsheet, piece by piece: a part of
 * an archive, or the whole of a flat file. The reader's. */
#ifndef FASTSYNC_DECODE_WORKBOOK_ODS_STREAM_H
#define FASTSYNC_DECODE_WORKBOOK_ODS_STREAM_H

#include "package/xml.h"
#include "package/zip.h"

extern size_t ods_piece; /* its bytes; other ones in tests */

struct ods_stream {
    struct source *source; /* borrowed, as the archive is */
    struct zip *zip;       /* NULL: a flat file */
    struct zip_part *part;
    unsigned at_part; /* its number */
    uint64_t at;      /* in a flat file */
    struct xml *xml;
    char *piece;
    size_t piece_len;
    bool plain; /* set by its owner: blank cells may be joined */
    bool ended; /* there are no more events */
};

/* From the beginning; `zip` NULL: the source itself is the XML; `listener`
 * NULL: only ods_stream_read is wanted. What failed to open is to be closed as
 * well. */
bool ods_stream_open(struct ods_stream *stream, struct source *source,
                     struct zip *zip, unsigned part,
                     const struct xml_listener *listener, struct err *err);
void ods_stream_close(struct ods_stream *stream); /* a zero one is allowed */
/* Some more events: those of a piece, or up to a rest. */
bool ods_stream_step(struct ods_stream *stream, struct err *err);
/* The next bytes, as they are; *got 0: the end. */
bool ods_stream_read(struct ods_stream *stream, char *into, size_t len,
                     size_t *got, struct err *err);
uint64_t ods_stream_taken(const struct ods_stream *stream);

#endif
