/* clean.h: text made fit for an HTML parser that drops control characters
 * without a word, and takes what is no UTF-8 for Latin-1.
 *
 * Each of them becomes noncharacters of Unicode, which no text has; clean_mend
 * makes the text whole again and says what was wrong with it. A text that is
 * longer than a cell may be is cut, as the parser keeps all of it.
 * One owner. */
#ifndef FASTSYNC_DECODE_WORKBOOK_MARKUP_CLEAN_H
#define FASTSYNC_DECODE_WORKBOOK_MARKUP_CLEAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct clean {
    bool decoded;   /* the text came through a decoder (charset.h) */
    size_t max_run; /* bytes without '<' or '>' that are passed on */
    size_t run;
    bool in_tag;        /* it began with '<' */
    bool cutting, told; /* the run is too long; and lost more than blanks */
    bool marked;        /* something was: clean_mend is worth a call */
};

/* Appends a piece of text; `final`: nothing follows. Answers how many bytes
 * were used: what is left begins a character, and comes again with the next
 * piece. */
size_t clean_add(struct clean *clean, const char *text, size_t len, bool final,
                 struct buf *out);

/* What was wrong with a text. */
struct clean_faults {
    bool cut;            /* it was too long */
    bool bad;            /* it has bytes that are no text, */
    unsigned char first; /* the first of which was this one */
};

/* Makes text of what clean_add had to mark, in place: control characters as
 * they were, U+FFFD for a byte that is no text. Answers the new length. */
size_t clean_mend(char *text, size_t len, struct clean_faults *faults);

#endif
