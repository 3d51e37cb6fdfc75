/* stream.h: the XML of an OpenDocument spreadsheet, piece by piece: a part of
 * an archive, or the whole of a flat file. The reader's. */
#ifndef FASTSYNC_DECODE_ODS_STREAM_H
#define FASTSYNC_DECODE_ODS_STREAM_H

#include "package/xml.h"
#include "package/zip.h"

struct ods_stream {
    struct source *source; /* borrowed, as the archive is */
    struct zip *zip;       /* NULL: a flat file */
    struct zip_part *part;
    uint64_t at; /* in a flat file */
    struct xml *xml;
    char *piece;
    bool ended; /* there are no more events */
};

/* From the beginning; `zip` NULL: the source itself is the XML. What failed
 * to open is to be closed as well. */
bool ods_stream_open(struct ods_stream *stream, struct source *source,
                     struct zip *zip, unsigned part,
                     const struct xml_listener *listener, struct err *err);
void ods_stream_close(struct ods_stream *stream); /* a zero one is allowed */
/* Some more events: those of a piece, or up to a rest. */
bool ods_stream_step(struct ods_stream *stream, struct err *err);
uint64_t ods_stream_taken(const struct ods_stream *stream);

#endif
