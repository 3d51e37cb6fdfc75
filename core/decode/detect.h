/* detect.h: what an input is: by what stands in it, never by its name alone.
 *
 * First it is unpacked (source/unpack.h), up to DETECT_LAYERS times; then what
 * is no text is told by its bytes, a zip by its parts; then the formats' own
 * sniff decides. A name or a script may call it another format: formats of a
 * family stand in for each other, as people rename files, and that is noted.
 * What no format reads is refused by what it is. */
#ifndef FASTSYNC_DECODE_DETECT_H
#define FASTSYNC_DECODE_DETECT_H

#include <stdbool.h>

#include "base/err.h"
#include "input.h"
#include "package/zip.h"

enum { DETECT_LAYERS = 3 };

/* Sets input->format and rejects_file; the source is the unpacked one then. */
bool detect_format(struct input *input, struct err *err);
/* Is an option of the format that was asked for left out, as the format that
 * it really is has no such thing? True: that is noted. */
bool detect_drops(struct input *input, const struct said *said);

/* What an input's packages may become: as its spec says, or the usual. */
struct zip_limits detect_limits(const struct input *input);

#endif
