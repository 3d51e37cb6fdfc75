/* looked.h: a text under the second look, and what is said of it. For look.c
 * and the files of its questions (questions.h). */
#ifndef FASTSYNC_FORM_LOOKED_H
#define FASTSYNC_FORM_LOOKED_H

#include <inttypes.h>

#include "form.h"
#include "kind.h"

/* What a text may hold. */
enum {
    LOOKED_AMPERSAND = 1,
    LOOKED_QUESTION = 2,
    LOOKED_LINES = 4,  /* line ends, tabs */
    LOOKED_UNSEEN = 8, /* see unseen.h */
    LOOKED_LATIN = 16, /* U+0080 to U+017F, not as Vietnamese has them */
    LOOKED_OTHER = 32, /* and above, but U+1E80 to U+1EFF */
};

struct looked {
    const struct field *field;
    struct value *value;
    struct faults *faults;
    unsigned seen; /* LOOKED_… */
    bool told;     /* the whole value is doubtful: nothing more to say */
    bool misread;  /* its letters are not what they seem */
};

bool looked_refuse(struct looked *looked, const char *format, ...)
    __attribute__((cold, format(printf, 2, 3)));
void looked_warn(struct looked *looked, enum warning_kind kind,
                 const char *format, ...)
    __attribute__((cold, format(printf, 3, 4)));
/* The value in quotes, shortened, the unseen as a blank; in the arena. */
const char *looked_shown(const struct looked *looked);

#endif
