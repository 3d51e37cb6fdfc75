/* stream.c: pieces are long enough that none of the readers below notices how
 * often it is asked. */
#include "stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "blanks.h"

size_t ods_piece = 64 * 1024;

bool ods_stream_open(struct ods_stream *stream, struct source *source,
                     struct zip *zip, unsigned part,
                     const struct xml_listener *listener, struct err *err)
{
    *stream =
        (struct ods_stream){.source = source, .zip = zip, .at_part = part};
    if (listener != NULL) {
        stream->xml = xml_new(listener);
        stream->piece_len = ods_piece;
        stream->piece = mem_alloc(ods_piece);
    }
    if (zip != NULL)
        stream->part = zip_part_open(zip, part, err);
    return zip == NULL || stream->part != NULL;
}

void ods_stream_close(struct ods_stream *stream)
{
    xml_free(stream->xml);
    zip_part_close(stream->part);
    free(stream->piece);
    *stream = (struct ods_stream){0};
}

bool ods_stream_read(struct ods_stream *stream, char *into, size_t len,
                     size_t *got, struct err *err)
{
    if (stream->zip != NULL)
        return zip_part_read(stream->part, into, len, got, err);
    if (!source_read_at(stream->source, stream->at, into, len, got, err))
        return false;
    stream->at += *got;
    return true;
}

/* A line is of a part; what is said of a row needs no more. */
static bool name_part(const struct ods_stream *stream, struct err *err)
{
    if (stream->zip != NULL && strncmp(err->text, "line ", 5) == 0)
        err_prefix(err, "%s", zip_name(stream->zip, stream->at_part));
    return false;
}

bool ods_stream_step(struct ods_stream *stream, struct err *err)
{
    size_t got = 1;
    bool good;
    if (xml_paused(stream->xml))
        good = xml_resume(stream->xml, err);
    else if (ods_stream_read(stream, stream->piece, stream->piece_len, &got,
                             err)) {
        if (stream->plain)
            ods_blanks_join(stream->piece, got);
        good = xml_feed(stream->xml, stream->piece, got, got == 0, err);
    } else
        return false;
    if (got == 0 || xml_done(stream->xml))
        stream->ended = !xml_paused(stream->xml);
    return good || name_part(stream, err);
}

uint64_t ods_stream_taken(const struct ods_stream *stream)
{
    return stream->part != NULL ? zip_part_taken(stream->part) : stream->at;
}
