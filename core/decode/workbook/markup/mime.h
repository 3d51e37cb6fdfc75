/* mime.h: the parts of a file that is written as a mail is: MHTML. One owner.
 */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_MIME_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_MIME_H

#include <stdbool.h>
#include <stdint.h>

#include "source/part.h"

struct mime_part {
    uint64_t begin, end; /* of its body, as it stands */
    enum part_coding coding;
    char *type;     /* text/html, in lower case */
    char *charset;  /* or NULL */
    char *location; /* what links call it, or NULL */
};

enum { MIME_PARTS = 4096 };

struct mime {
    struct mime_part *parts;
    unsigned count, cap;
};

/* Finds the parts of a source that is spooled. */
bool mime_read(struct mime *mime, struct source *source, struct err *err);
void mime_release(struct mime *mime);

#endif
