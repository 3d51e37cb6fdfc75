/* skim.h: passes over a row of which nothing but its names is asked, and they
 * only where one is new: sixty-four bytes at a time. Pure. */
#ifndef FASTSYNC_DECODE_TREE_JSON_SKIM_H
#define FASTSYNC_DECODE_TREE_JSON_SKIM_H

#include "decode/tree/names.h"

/* At '{': the object's end, where all of its names are known, as far as quotes
 * and brackets tell (what is no JSON may have an end, too); else NULL. 64 more
 * bytes than up to `end` must be readable. `first`: the name that most likely
 * comes first. */
const char *skim_known(const struct tree_names *names, unsigned first,
                       const char *at, const char *end);

#endif
