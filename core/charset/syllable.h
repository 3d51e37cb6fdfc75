/* syllable.h: is a word a syllable that Vietnamese has? Its words are few
 * enough in shape (an onset, a nucleus, a coda, one tone) that text in a wrong
 * encoding is told from names in French or German. Pure; any thread. */
#ifndef FASTSYNC_CHARSET_SYLLABLE_H
#define FASTSYNC_CHARSET_SYLLABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SYLLABLE_MAX = 7 }; /* letters of the longest: nghiêng */

/* Of these letters, in any case, tone marks on any of them. */
bool is_syllable(const int32_t *letters, size_t count);
/* A letter of the Vietnamese alphabet, any case; the others of Latin script
 * (f, j, w, z) are none. */
bool is_vietnamese(int32_t rune);

#endif
