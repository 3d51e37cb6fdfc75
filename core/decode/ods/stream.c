/* stream.c: pieces are long enough that none of the readers below notices how
 * often it is asked. */
#include "stream.h"

#include <stdlib.h>

#include "base/mem.h"

enum { PIECE = 64 * 1024 };

bool ods_stream_open(struct ods_stream *stream, struct source *source,
                     struct zip *zip, unsigned part,
                     const struct xml_listener *listener, struct err *err)
{
    *stream = (struct ods_stream){.source = source, .zip = zip};
    stream->xml = xml_new(listener);
    stream->piece = mem_alloc(PIECE);
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

static bool read_piece(struct ods_stream *stream, size_t *got, struct err *err)
{
    if (stream->zip != NULL)
        return zip_part_read(stream->part, stream->piece, PIECE, got, err);
    if (!source_read_at(stream->source, stream->at, stream->piece, PIECE, got,
                        err))
        return false;
    stream->at += *got;
    return true;
}

bool ods_stream_step(struct ods_stream *stream, struct err *err)
{
    size_t got = 1;
    bool good;
    if (xml_paused(stream->xml))
        good = xml_resume(stream->xml, err);
    else
        good = read_piece(stream, &got, err) &&
               xml_feed(stream->xml, stream->piece, got, got == 0, err);
    if (got == 0 || xml_done(stream->xml))
        stream->ended = !xml_paused(stream->xml);
    return good;
}

uint64_t ods_stream_taken(const struct ods_stream *stream)
{
    return stream->part != NULL ? zip_part_taken(stream->part) : stream->at;
}
