/* wrap.h: lines of a screen: how wide they may be, and texts that go on in the
 * next one. Widths are columns of a terminal (aligned.h). */
#ifndef FASTSYNC_BASE_SCREEN_WRAP_H
#define FASTSYNC_BASE_SCREEN_WRAP_H

#include <stddef.h>

#include "base/buf.h"

/* What COLUMNS says, else the terminal, else 80. */
size_t wrap_width(void);
/* Appends a text, broken between words, whose first line begins at column `at`
 * and the others at column `indent`; and a line end. What is foreign in it is
 * shown; where WRAP_BLANK stands for a blank, the line is not broken. */
enum { WRAP_BLANK = 0x1F };
void wrap_put(struct buf *out, const char *text, size_t at, size_t indent,
              size_t width);
/* The same of a name: of a very long one the rest is left out. */
void wrap_name(struct buf *out, const char *name, size_t at, size_t indent,
               size_t width);

#endif
