/* xml.h: XML as a stream of events, over expat.
 *
 * Encodings (UTF-16, a declared code page) and namespaces are resolved: a name
 * arrives without its prefix. Declared entities are never expanded beyond a
 * bound, nothing outside the text is read, and depth, attributes and the
 * length of one text are bounded: EXIT_INPUT with line and column. One owner,
 * one thread. */
#ifndef FASTSYNC_PACKAGE_XML_H
#define FASTSYNC_PACKAGE_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct xml;

/* What hears the events; a handler may be NULL. Names and texts are borrowed
 * until it returns; a text comes in pieces. A handler that answers false stops
 * the reading, with its own err (xml_stop). `attributes`: name, value, name,
 * value, NULL. */
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
/* The value of the attribute, or NULL. */
const char *xml_attribute(const char *const *attributes, const char *name);

#endif
