/* mapping.h: a mapping as the script returned it: what of it is data.
 *
 * Its functions and expressions stay with the script (state.h); who delivers,
 * verifies or describes a mapping needs no more than this, and no Lua. Owned by
 * the script; immutable once it is open. */
#ifndef FASTSYNC_SCRIPT_MAPPING_H
#define FASTSYNC_SCRIPT_MAPPING_H

#include "decode/spec.h"
#include "form/form.h"

enum duplicates { DUPLICATES_REJECT, DUPLICATES_LAST };

/* One preference of a mapping's `options`, as text; config checks it. */
struct preference {
    char *name;
    char *value;
    int line; /* of the script */
};

struct mapping {
    const struct form *form;
    struct spec *sources; /* what `source` says; none: the command line's */
    unsigned source_count;
    struct wanted_columns wanted; /* what of its inputs is known to be used */
    unsigned key; /* field index: the form's, or what `key` names */
    enum duplicates duplicates;
    bool ordered; /* rows are mapped in order, by one thread: they may leave */
                  /* something for the next one */
    struct preference *options;
    unsigned option_count;
};

#endif
