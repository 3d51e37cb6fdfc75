/* xml.c: expat with bounds.
 *
 * A name's prefix is cut off here: which prefix a writer has chosen says
 * nothing, and elements of foreign namespaces stand where readers skip them.
 * Code pages of one byte are asked of iconv, byte by byte; others that expat
 * does not know by itself are refused. */
#include "xml.h"

#include <assert.h>
#include <expat.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum state { GOING, PAUSED, STOPPED, FAILED };

struct xml {
    XML_Parser parser;
    struct xml_listener listener;
    enum state state;
    unsigned depth;
    uint64_t fed;
    struct err err; /* of FAILED */
};

/* Ends the reading with what `err` says, at this place. */
static void refuse(struct xml *xml, const char *what, const char *name)
{
    struct err err;
    err_set(&err, EXIT_INPUT, "line %lu, column %lu: %s%s",
            XML_GetCurrentLineNumber(xml->parser),
            XML_GetCurrentColumnNumber(xml->parser) + 1, what, name);
    xml_fail(xml, &err);
}

static const char *local_name(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static bool is_declaration(const char *name)
{
    return strncmp(name, "xmlns", 5) == 0 &&
           (name[5] == '\0' || name[5] == ':');
}

/* Cuts prefixes off, in expat's list, which it makes anew for each element.
 * False: there are too many. */
static bool cut_prefixes(const char **attributes)
{
    size_t kept = 0;
    for (size_t i = 0; attributes[i] != NULL; i += 2) {
        if (is_declaration(attributes[i]))
            continue;
        attributes[kept] = local_name(attributes[i]);
        attributes[kept + 1] = attributes[i + 1];
        kept += 2;
    }
    attributes[kept] = NULL;
    return kept <= 2 * XML_ATTRIBUTES;
}

static void on_start(void *self, const char *name, const char **attributes)
{
    struct xml *xml = self;
    if (xml->state > PAUSED)
        return;
    if (++xml->depth > XML_DEPTH)
        refuse(xml, "more than 256 elements stand in each other", ERR_FIXED);
    else if (!cut_prefixes(attributes))
        refuse(xml, "more than 1024 attributes at one element", ERR_FIXED);
    else if (xml->listener.start != NULL)
        xml->listener.start(xml->listener.self, local_name(name), attributes);
}

static void on_end(void *self, const char *name)
{
    struct xml *xml = self;
    if (xml->state > PAUSED)
        return;
    xml->depth--;
    if (xml->listener.end != NULL)
        xml->listener.end(xml->listener.self, local_name(name));
}

static void on_text(void *self, const char *text, int len)
{
    struct xml *xml = self;
    if (xml->state <= PAUSED)
        xml->listener.text(xml->listener.self, text, (size_t)len);
}

/* The five that XML itself has may be declared once more. */
static void on_entity(void *self, const char *name, int is_parameter,
                      const char *value, int len, const char *base,
                      const char *system, const char *public,
                      const char *notation)
{
    static const char *const own[] = {"lt", "gt", "amp", "quot", "apos"};
    (void)value, (void)len, (void)base, (void)system, (void)public;
    (void)notation;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (!is_parameter && strcmp(name, own[i]) == 0)
            return;
    refuse(self, "declared entities are not read: ", name);
}

static void on_skipped(void *self, const char *name, int is_parameter)
{
    if (!is_parameter)
        refuse(self, "entity that is not known: ", name);
}

/* The character of a byte in a code page, or -1. */
static int rune_of(iconv_t page, unsigned byte)
{
    char in[1] = {(char)byte}, out[8], *from = in, *to = out;
    size_t from_len = 1, to_len = sizeof out;
    iconv(page, NULL, NULL, NULL, NULL);
    if (iconv(page, &from, &from_len, &to, &to_len) == (size_t)-1 ||
        iconv(page, NULL, NULL, &to, &to_len) == (size_t)-1 ||
        to_len != sizeof out - 4)
        return -1;
    return (uint8_t)out[1] << 16 | (uint8_t)out[2] << 8 | (uint8_t)out[3];
}

/* Those of several bytes have no character for many of the upper ones. */
static int on_encoding(void *self, const char *name, XML_Encoding *encoding)
{
    iconv_t page = iconv_open("UTF-32BE", name);
    unsigned known = 0;
    for (unsigned byte = 0; page != (iconv_t)-1 && byte < 256; byte++) {
        encoding->map[byte] = rune_of(page, byte);
        known += byte >= 0x80 && encoding->map[byte] >= 0;
    }
    if (page != (iconv_t)-1)
        iconv_close(page);
    encoding->data = NULL;
    encoding->convert = NULL;
    encoding->release = NULL;
    if (known >= 64)
        return XML_STATUS_OK;
    refuse(self, "its encoding is not read, UTF-8 is: ", name);
    return XML_STATUS_ERROR;
}

struct xml *xml_new(const struct xml_listener *listener)
{
    static const XML_Memory_Handling_Suite memory = {mem_alloc, mem_resize,
                                                     free};
    struct xml *xml = mem_zero(1, sizeof *xml);
    xml->parser = XML_ParserCreate_MM(NULL, &memory, NULL);
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetEntityDeclHandler(xml->parser, on_entity);
    XML_SetSkippedEntityHandler(xml->parser, on_skipped);
    XML_SetUnknownEncodingHandler(xml->parser, on_encoding, xml);
    xml_listen(xml, listener);
    return xml;
}

void xml_free(struct xml *xml)
{
    if (xml == NULL)
        return;
    XML_ParserFree(xml->parser);
    free(xml);
}

void xml_listen(struct xml *xml, const struct xml_listener *listener)
{
    xml->listener = *listener;
    XML_SetCharacterDataHandler(xml->parser,
                                listener->text != NULL ? on_text : NULL);
}

/* What is not complete yet is kept by the parser. */
static void check_tag(struct xml *xml)
{
    XML_Index at = XML_GetCurrentByteIndex(xml->parser);
    if (at >= 0 && xml->fed > (uint64_t)at + XML_TAG_BYTES)
        refuse(xml, "a tag or a comment is longer than 4 MiB", ERR_FIXED);
}

const char *xml_words(int error)
{
    switch ((enum XML_Error)error) {
    case XML_ERROR_NO_ELEMENTS:
        return "it ends too early: it was cut off";
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
    case XML_ERROR_PARTIAL_CHAR:
        return "it ends too early, in what begins here: it was cut off";
    case XML_ERROR_SYNTAX:
        return "no XML: something stands before its first element";
    case XML_ERROR_JUNK_AFTER_DOC_ELEMENT:
        return "no XML: something follows the end of its first element";
    case XML_ERROR_MISPLACED_XML_PI:
        return "no XML: something stands before this \"<?xml\", which must "
               "begin the file";
    default:
        return NULL;
    }
}

static bool answer(struct xml *xml, enum XML_Status status, struct err *err)
{
    if (status == XML_STATUS_ERROR && xml->state == GOING) {
        enum XML_Error error = XML_GetErrorCode(xml->parser);
        const char *words = xml_words((int)error);
        refuse(xml, words ? words : XML_ErrorString(error), "");
    }
    if (xml->state == GOING)
        check_tag(xml);
    if (xml->state == FAILED)
        *err = xml->err;
    return xml->state != FAILED;
}

bool xml_feed(struct xml *xml, const char *text, size_t len, bool final,
              struct err *err)
{
    assert(xml->state != PAUSED && len <= XML_PIECE_BYTES);
    if (xml->state != GOING)
        return answer(xml, XML_STATUS_OK, err);
    xml->fed += len;
    return answer(xml, XML_Parse(xml->parser, text, (int)len, final), err);
}

bool xml_resume(struct xml *xml, struct err *err)
{
    assert(xml->state == PAUSED);
    xml->state = GOING;
    return answer(xml, XML_ResumeParser(xml->parser), err);
}

void xml_fail(struct xml *xml, const struct err *err)
{
    if (xml->state == FAILED)
        return;
    xml->err = *err;
    xml->state = FAILED;
    XML_StopParser(xml->parser, XML_FALSE);
}

void xml_stop(struct xml *xml)
{
    if (xml->state > PAUSED)
        return;
    xml->state = STOPPED;
    XML_StopParser(xml->parser, XML_FALSE);
}

bool xml_done(const struct xml *xml)
{
    return xml->state == STOPPED;
}

void xml_pause(struct xml *xml)
{
    if (xml->state != GOING)
        return;
    xml->state = PAUSED;
    XML_StopParser(xml->parser, XML_TRUE);
}

bool xml_paused(const struct xml *xml)
{
    return xml->state == PAUSED;
}

const char *xml_attribute(const char *const *attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}
