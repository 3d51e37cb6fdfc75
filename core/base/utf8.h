/* utf8.h: text as Fast and Unicode measure it.
 *
 * All text inside fastsync is valid UTF-8 in NFC; a decoder makes it so (nfc.h)
 * and everything above may rely on it. Lengths in the form tables are UTF-16
 * code units after NFC. No function here allocates, but that utf8_put and
 * utf8_mend append to a buf. Pure; any thread. */
#ifndef FASTSYNC_UTF8_H
#define FASTSYNC_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

/* Decodes one code point of *at (at < end), moves *at past it. An invalid
 * sequence answers -1 and moves on by its maximal subpart (Unicode 3.9). */
int32_t utf8_next(const char **at, const char *end);
/* The code point that ends at *end (start < *end) in valid text; moves *end
 * to its first byte. */
int32_t utf8_last(const char *start, const char **end);
/* Writes a code point (0..10FFFF, no surrogate) where 4 bytes are free; answers
 * how many it took. */
size_t utf8_write(char *at, int32_t rune);
/* Appends one. */
void utf8_put(struct buf *buf, int32_t rune);

/* The offset of the first invalid byte, or len when all is valid. */
size_t utf8_valid(const char *text, size_t len);
/* Appends a text with U+FFFD in the place of what is invalid in it. */
void utf8_mend(struct buf *buf, const char *text, size_t len);

/* Measures of valid text. */
size_t utf8_units(const char *text, size_t len); /* UTF-16 code units */
size_t utf8_runes(const char *text, size_t len); /* code points */
/* Bytes of the longest start of `text` that has at most `units` UTF-16 units
 * and splits no code point and no base letter from its combining marks. */
size_t utf8_cut(const char *text, size_t len, size_t units);

/* White space: Unicode's White_Space, and the invisible blanks that exports
 * carry (U+200B, U+2060, U+FEFF). */
bool utf8_is_space(int32_t rune);
/* Narrows [*start, *end) by white space at both ends. */
void utf8_trim(const char **start, const char **end);

#endif
