/* undecoded.h: bytes that no decoder could read, in a JSON text: each of them
 * stands there as 0xFF and two digits (charset.h), where the input is not
 * UTF-8. Pure. */
#ifndef FASTSYNC_DECODE_TREE_JSON_UNDECODED_H
#define FASTSYNC_DECODE_TREE_JSON_UNDECODED_H

#include "decode/input.h"

enum { UNDECODED_SAID = 96 };

/* Why the text is wrong at `wrong`: `error`, or in `said` which byte cannot be
 * read in the input's encoding. */
const char *undecoded_say(const struct input *input, const char *error,
                          const char *wrong, const char *end,
                          char said[UNDECODED_SAID]);
/* Appends the text with a mark (rejected.h) for what could not be read. */
void undecoded_mend(const struct input *input, struct buf *out,
                    const char *text, size_t len);

#endif
