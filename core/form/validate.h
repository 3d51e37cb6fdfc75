/* validate.h: what a field makes of a value that is not simply a text.
 *
 * Between encode.c, which calls this for values that its own road does not
 * cover, and the rulings of fast-api.md. Any thread. */
#ifndef FASTSYNC_FORM_VALIDATE_H
#define FASTSYNC_FORM_VALIDATE_H

#include "form.h"

/* A value as it will be encoded: always a VALUE_TEXT, length not yet judged.
 * It may point into `digits`. */
struct settled {
    struct value value;
    char digits[24];
};

/* True: `settled` is to be encoded. False: field i is left out, or, with a
 * fault added, cannot be what it is. */
bool field_settle(const struct form *form, unsigned i,
                  const struct value *value, struct settled *settled,
                  struct faults *faults);
void field_too_long(const struct field *field, const struct value *value,
                    struct faults *faults);

#endif
