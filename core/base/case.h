/* case.h: letters changed: their case, their marks, and the folded key that
 * names are compared by. Of valid UTF-8 in NFC. Any thread. */
#ifndef FASTSYNC_CASE_H
#define FASTSYNC_CASE_H

#include <stddef.h>

#include "buf.h"

/* Append the text in another case, in NFC. Title: first letter of each word
 * upper, the rest lower. */
void utf8_upper(struct buf *out, const char *text, size_t len);
void utf8_lower(struct buf *out, const char *text, size_t len);
void utf8_title(struct buf *out, const char *text, size_t len);
/* Latin letters without their marks, Đ and its look-alikes as D; all else as
 * it stands. */
void utf8_ascii(struct buf *out, const char *text, size_t len);
/* The folded key that headers and names are compared by: NFD, no marks, đ as
 * d, lower case, runs of blanks and punctuation as one blank, none at the
 * ends. */
void utf8_fold(struct buf *out, const char *text, size_t len);

#endif
