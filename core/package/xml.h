/* xml.h: XML as a stream of events, over expat.
 *
 * Encodings (UTF-16, a declared code page) and namespaces are resolved: a name
 * arrives without its prefix, and declarations of namespaces are left out.
 * Entities that a document declares are refused, nothing outside the text is
 * read, and depth, attributes and the length of one tag are bounded:
 * EXIT_INPUT with line and column. One owner, one thread. */
#ifndef FASTSYNC_PACKAGE_XML_H
#define FASTSYNC_PACKAGE_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct xml;

enum {
    XML_DEPTH = 256,          /* elements that stand in each other */
    XML_ATTRIBUTES = 1024,    /* of one element */
    XML_TAG_BYTES = 4 << 20,  /* of one tag or comment */
    XML_PIECE_BYTES = 1 << 30 /* of one piece that is fed */
};

/* What hears the events; a handler may be NULL. Names and texts are borrowed
 * until it returns; a text comes in pieces. `attributes`: name, value, name,
 * value, NULL; the first of a name counts. */
struct xml_listener {
    void (*start)(void *self, const char *name, const char *const *attributes);
    void (*end)(void *self, const char *name);
    void (*text)(void *self, const char *text, size_t len);
    void *self;
};

struct xml *xml_new(const struct xml_listener *listener);
void xml_free(struct xml *xml); /* NULL is allowed */
/* Another listener from now on. */
void xml_listen(struct xml *xml, const struct xml_listener *listener);
/* Hears a piece of the text; `final`: nothing follows. False: err. */
bool xml_feed(struct xml *xml, const char *text, size_t len, bool final,
              struct err *err);
/* A handler's way out: xml_feed answers false with this err. */
void xml_fail(struct xml *xml, const struct err *err);
/* The rest of the text is not wanted: a handler breaks off, and xml_feed
 * answers true; xml_done is true from then on. */
void xml_stop(struct xml *xml);
bool xml_done(const struct xml *xml);
/* A handler asks for a rest, best at an element's end: no event follows (but
 * the end of an empty element), xml_feed answers true, and what is left of its
 * piece waits in here. While xml_paused, xml_resume goes on with that, and
 * nothing may be fed. */
void xml_pause(struct xml *xml);
bool xml_paused(const struct xml *xml);
bool xml_resume(struct xml *xml, struct err *err);
/* Of expat's errors (enum XML_Error), those that people meet, in plainer words;
 * NULL: any other. */
const char *xml_words(int error);
/* The value of the attribute, or NULL. */
const char *xml_attribute(const char *const *attributes, const char *name);

#endif
