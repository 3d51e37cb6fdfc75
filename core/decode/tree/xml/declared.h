/* declared.h: the encoding that an XML document says it has. Pure. */
#ifndef FASTSYNC_DECODE_TREE_XML_DECLARED_H
#define FASTSYNC_DECODE_TREE_XML_DECLARED_H

#include <stddef.h>

/* Puts the name into `name`, or "" where the head declares none; what does not
 * fit is cut. Answers what it declares though it cannot be true (it says that
 * it is UTF-16 in bytes that are not), or NULL; `name` is "UTF-8" then. */
const char *declared_encoding(const char *head, size_t len, char *name,
                              size_t size);

#endif
