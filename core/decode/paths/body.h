/* body.h: a table of a script as JSON, for a request. Pure. */
#ifndef FASTSYNC_DECODE_PATHS_BODY_H
#define FASTSYNC_DECODE_PATHS_BODY_H

#include "decode/option.h"

/* Members by their names, so that it is the same text every time; integers have
 * all their digits; {} is an object. False: EXIT_USAGE. */
bool body_json(struct buf *out, const struct option_value *value,
               struct err *err);

#endif
