/* kind.h: what a field of a form is for, and so what is asked of its texts.
 *
 * A form's table names a kind for each field (`kind = "code"`). The kind says
 * what is refused in such a field and what is only doubtful (look.c); nothing
 * in C knows a field by its name. Fields without a kind are texts; those with
 * choices, and Bytes, are asked nothing.
 *
 * To add a kind: one row in kind.c. */
#ifndef FASTSYNC_FORM_KIND_H
#define FASTSYNC_FORM_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "warning.h"

/* How the encoder tells a text that needs no look (ordinary.h). */
enum kind_road {
    ROAD_NONE, /* it never does */
    ROAD_WORDS,
    ROAD_CODE,
    ROAD_NUMBER,
    ROAD_MAIL,
};

struct field_kind {
    const char *name;
    enum kind_road road;
    bool strict;  /* control characters, and what has no width, are refused */
    bool bare;    /* all that is unseen is refused */
    bool trimmed; /* the unseen goes from both ends */
    bool line;    /* line breaks and tabs are refused */
    bool known;   /* NULL, #N/A and the like are refused, elsewhere doubtful */
    bool digits;  /* no number in exponent form, such as 8.49E+10 */
    bool number;  /* nor one like 1E10, which may be a code */
    bool alike;   /* letters that look like others are doubtful */
    enum warning_kind doubt; /* of a number without a digit */
};

/* Of that name, or NULL; the kind of fields that name none; that of fields
 * which are asked nothing; all names, for messages. */
const struct field_kind *field_kind_find(const char *name);
const struct field_kind *field_kind_usual(void);
const struct field_kind *field_kind_none(void);
const char *field_kind_names(char *names, size_t room);

#endif
