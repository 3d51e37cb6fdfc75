/* name.h: names of plain XML: ASCII's, and letters of the west and of Vietnam;
 * and what the first line of a document may say. Pure. */
#ifndef FASTSYNC_DECODE_TREE_XML_NAME_H
#define FASTSYNC_DECODE_TREE_XML_NAME_H

#include <stdbool.h>
#include <stddef.h>

/* What follows the name that begins at `at`; NULL: none does that is plain. It
 * may go on where the text ends. */
char *name_end(char *at, const char *end);
/* Is it "xml", in any case, which is kept for XML itself? */
bool name_is_xml(const char *name, size_t len);
/* Is it `xml version="1.0"`, with the encoding and `standalone`, or without?
 */
bool name_is_head(const char *text, size_t len);

#endif
