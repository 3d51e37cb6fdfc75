/* validate.h: what a field makes of a value that is not simply a text: the
 * settle functions of types.c, and what is said of a text that is too long.
 *
 * encode.c calls them, through the field's type, for values that its own road
 * does not cover. Any thread. */
#ifndef FASTSYNC_FORM_VALIDATE_H
#define FASTSYNC_FORM_VALIDATE_H

#include "form.h"

/* A value as it will be encoded: always a VALUE_TEXT, its length not yet
 * checked. It may point into `digits`. */
struct settled {
    struct value value;
    char digits[24];
};

/* True: `settled` is to be encoded. False: the field is left out, or, with a
 * fault added, the value cannot be what it is. `key`: it is the form's key. */
bool settle_string(const struct field *field, bool key,
                   const struct value *value, struct settled *settled,
                   struct faults *faults);
bool settle_byte(const struct field *field, bool key, const struct value *value,
                 struct settled *settled, struct faults *faults);
/* The start of a text in quotes, on one line, as messages show it. */
const char *field_shown(const struct value *value, struct arena *arena);
void field_too_long(const struct field *field, const struct value *value,
                    struct faults *faults);

#endif
