/* misread.h: text that was read in a wrong encoding once and saved so, and what
 * it was meant to be. Any thread. */
#ifndef FASTSYNC_CHARSET_MISREAD_H
#define FASTSYNC_CHARSET_MISREAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum misreading {
    MISREAD_NOT,
    MISREAD_UTF8,
    MISREAD_UTF8_TWICE, /* or more often */
    MISREAD_TCVN3,
    MISREAD_VNI,
    MISREAD_REFERENCES, /* `&#7877;` (charset/ncr.h) */
};

/* What the text is, and how it was meant, appended to `meant`. MISREAD_NOT
 * wanted: whatever leaves no doubt, but references. Any other: that alone, and
 * little evidence will do, as somebody said that there is such text.
 * *doubtful: it was misread, but a part of it may be right as it stands. */
enum misreading misread_find(const char *text, size_t len,
                             enum misreading wanted, struct buf *meant,
                             bool *doubtful);
/* "TCVN3 that was read as Windows-1252". */
const char *misread_name(enum misreading misreading);
/* The `repair` that is for it alone: "tcvn3". */
const char *misread_repair(enum misreading misreading);

#endif
