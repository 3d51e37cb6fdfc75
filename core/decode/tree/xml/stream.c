/* stream.c: expat with bounds, over text that is UTF-8 already. */
#include "stream.h"

#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "declared.h"
#include "package/xml.h"

size_t stream_piece = 64 * 1024;

void stream_refuse(struct stream *stream, const char *format, ...)
{
    va_list args;
    if (stream->failed)
        return;
    va_start(args, format);
    err_vset(&stream->err, EXIT_INPUT, format, args);
    va_end(args);
    err_prefix(&stream->err, "line %lu, column %lu",
               XML_GetCurrentLineNumber(stream->parser),
               XML_GetCurrentColumnNumber(stream->parser) + 1);
    stream->failed = true;
    XML_StopParser(stream->parser, XML_FALSE);
}

void stream_pause(struct stream *stream)
{
    if (stream->failed || stream->paused)
        return;
    stream->paused = true;
    XML_StopParser(stream->parser, XML_TRUE);
}

uint64_t stream_line(const struct stream *stream)
{
    return XML_GetCurrentLineNumber(stream->parser);
}

uint64_t stream_at(const struct stream *stream)
{
    return (uint64_t)XML_GetCurrentByteIndex(stream->parser);
}

uint64_t stream_after(const struct stream *stream)
{
    return stream_at(stream) +
           (uint64_t)XML_GetCurrentByteCount(stream->parser);
}

static void on_start(void *self, const char *name, const char **attributes)
{
    struct stream *stream = self;
    int count = XML_GetSpecifiedAttributeCount(stream->parser) / 2;
    if (stream->failed)
        return;
    if (++stream->depth > stream->limits.max_depth)
        stream_refuse(stream,
                      "more than %u elements stand in each other "
                      "(max_depth)",
                      stream->limits.max_depth);
    else if ((unsigned)count > stream->limits.max_attributes)
        stream_refuse(stream,
                      "more than %u attributes at one element "
                      "(max_attributes)",
                      stream->limits.max_attributes);
    else
        stream->listener.start(stream->listener.self, name, attributes);
}

static void on_end(void *self, const char *name)
{
    struct stream *stream = self;
    (void)name;
    if (stream->failed)
        return;
    stream->depth--;
    stream->listener.end(stream->listener.self);
}

static void on_text(void *self, const char *text, int len)
{
    struct stream *stream = self;
    if (!stream->failed)
        stream->listener.text(stream->listener.self, text, (size_t)len);
}

/* What of a name from outside is shown. */
enum { SHOWN = 100 };

static void on_doctype(void *self, const char *name, const char *system,
                       const char *public, int internal)
{
    struct stream *stream = self;
    (void)internal;
    snprintf(stream->doctype, sizeof stream->doctype, "%s", name);
    if (system != NULL || public != NULL)
        stream_refuse(stream,
                      "its document type (DTD) \"%.40s\" is at \"%.*s\": "
                      "nothing outside of the file is read; export it without",
                      name, SHOWN, system ? system : public);
}

static void on_doctype_end(void *self)
{
    struct stream *stream = self;
    stream_refuse(stream,
                  "it has a document type (DTD) \"%.40s\", which is not read; "
                  "export it without",
                  stream->doctype);
}

static void on_entity(void *self, const char *name, int is_parameter,
                      const char *value, int len, const char *base,
                      const char *system, const char *public,
                      const char *notation)
{
    (void)is_parameter, (void)value, (void)len, (void)base, (void)public;
    (void)notation;
    if (system != NULL)
        stream_refuse(self,
                      "entity \"%.40s\" is at \"%.*s\": nothing outside of "
                      "the file is read",
                      name, SHOWN, system);
    else
        stream_refuse(self,
                      "entity \"%.40s\" is declared: entities are not read; "
                      "export it without",
                      name);
}

static void listen_to(struct stream *stream)
{
    XML_Parser parser = stream->parser;
    XML_SetUserData(parser, stream);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetDoctypeDeclHandler(parser, on_doctype, on_doctype_end);
    XML_SetEntityDeclHandler(parser, on_entity);
}

bool stream_open(struct stream *stream, struct source *source,
                 const char *encoding, const struct stream_limits *limits,
                 const struct stream_listener *listener, struct err *err)
{
    static const XML_Memory_Handling_Suite memory = {mem_alloc, mem_resize,
                                                     free};
    const char *head;
    size_t len;
    *stream = (struct stream){.limits = *limits, .listener = *listener};
    if (!source_peek(source, &head, &len, err))
        return false;
    if (encoding != NULL)
        snprintf(stream->encoding, sizeof stream->encoding, "%s", encoding);
    else
        stream->untrue = declared_encoding(head, len, stream->encoding,
                                           sizeof stream->encoding);
    const char *said = stream->encoding[0] != '\0' ? stream->encoding : NULL;
    if (said != NULL && !charset_known(said))
        return err_set(err, EXIT_INPUT,
                       "it declares the encoding \"%s\", which is not known; "
                       "say its `encoding`",
                       said);
    if (!feed_open(&stream->feed, source, said, err))
        return false;
    stream->parser = XML_ParserCreate_MM("UTF-8", &memory, NULL);
    listen_to(stream);
    return true;
}

void stream_close(struct stream *stream)
{
    if (stream->parser != NULL)
        XML_ParserFree(stream->parser);
    feed_close(&stream->feed);
    buf_release(&stream->piece);
    *stream = (struct stream){0};
}

/* An entity that XML does not have is named: pages have many. */
static bool refuse_entity(struct stream *stream)
{
    int offset, size;
    const char *text = XML_GetInputContext(stream->parser, &offset, &size);
    const char *end =
        text ? memchr(text + offset, ';', (size_t)(size - offset)) : NULL;
    if (end == NULL || text[offset] != '&' || end - text - offset > 40)
        return false;
    stream_refuse(stream, "\"%.*s;\" is no entity of XML",
                  (int)(end - text - offset), text + offset);
    return true;
}

static bool refuse_control(struct stream *stream, char byte)
{
    if ((unsigned char)byte >= 0x20 || memchr("\t\r\n", byte, 3) != NULL)
        return false;
    stream_refuse(stream, "no XML: a control character (byte 0x%02X)",
                  (unsigned)byte);
    return true;
}

static bool refuse_utf8(struct stream *stream, const char *at, const char *end)
{
    unsigned char byte = at < end ? (unsigned char)*at : 0;
    if (byte < 0x80 || utf8_next(&at, end) >= 0)
        return false;
    stream_refuse(stream, "invalid UTF-8 (byte 0x%02X): say its `encoding`",
                  byte);
    return true;
}

/* What stands for a byte that could not be decoded (charset.h). */
static bool refuse_byte(struct stream *stream)
{
    int offset, size;
    const char *text = XML_GetInputContext(stream->parser, &offset, &size);
    if (text == NULL)
        return false;
    if (offset < size && refuse_control(stream, text[offset]))
        return true;
    if (stream->feed.transcoder.decoder == NULL)
        return refuse_utf8(stream, text + offset, text + size);
    for (int i = offset; i + 2 < size && i < offset + 200; i++)
        if ((unsigned char)text[i] == 0xFF) {
            stream_refuse(stream, "invalid %s (byte 0x%.2s)",
                          stream->feed.encoding, text + i + 1);
            return true;
        }
    return false;
}

static void refuse(struct stream *stream, enum XML_Error error)
{
    const char *words = xml_words((int)error);
    if (error == XML_ERROR_UNDEFINED_ENTITY && refuse_entity(stream))
        return;
    if (error == XML_ERROR_INVALID_TOKEN && refuse_byte(stream))
        return;
    if (words != NULL)
        stream_refuse(stream, "%s", words);
    else
        stream_refuse(stream, "no XML: %s", XML_ErrorString(error));
}

/* What is not complete yet is kept by the parser. */
static void check_held(struct stream *stream)
{
    XML_Index at = XML_GetCurrentByteIndex(stream->parser);
    if (at >= 0 && stream->fed > (uint64_t)at + stream->limits.max_element)
        stream_refuse(stream,
                      "a tag or a comment is longer than %zu bytes "
                      "(max_element)",
                      stream->limits.max_element);
}

static bool answer(struct stream *stream, enum XML_Status status,
                   struct err *err)
{
    if (status == XML_STATUS_ERROR && !stream->failed)
        refuse(stream, XML_GetErrorCode(stream->parser));
    if (!stream->failed && !stream->paused)
        check_held(stream);
    if (stream->failed)
        *err = stream->err;
    else
        stream->ended = stream->feed.ended && !stream->paused;
    return !stream->failed;
}

bool stream_read(struct stream *stream, struct err *err)
{
    if (stream->paused) {
        stream->paused = false;
        return answer(stream, XML_ResumeParser(stream->parser), err);
    }
    buf_clear(&stream->piece);
    if (!feed_read(&stream->feed, &stream->piece, stream_piece, err))
        return false;
    stream->fed += stream->piece.len;
    return answer(stream,
                  XML_Parse(stream->parser, buf_text(&stream->piece),
                            (int)stream->piece.len, stream->feed.ended),
                  err);
}
