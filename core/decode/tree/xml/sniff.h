/* sniff.h: is a text XML? By its first bytes. Pure. */
#ifndef FASTSYNC_DECODE_TREE_XML_SNIFF_H
#define FASTSYNC_DECODE_TREE_XML_SNIFF_H

#include <stddef.h>

/* How sure that is, as struct format has it. */
int sniff_xml(const char *head, size_t len);

#endif
