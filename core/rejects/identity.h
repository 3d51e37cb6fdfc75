/* identity.h: what makes two rejects of two runs the same one. Pure. */
#ifndef FASTSYNC_REJECTS_IDENTITY_H
#define FASTSYNC_REJECTS_IDENTITY_H

#include <stdint.h>

#include "decode/input.h"
#include "record.h"

/* A hash of the key (of the row where no key is known), of the fields at fault
 * and of what is wrong, but not of where it stands: lines move from export to
 * export. */
uint64_t rejects_identity(const struct input *input,
                          const struct reject *reject);

#endif
