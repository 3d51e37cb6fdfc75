/* look.h: a second look at a text that may be something else than it should:
 * what its field's kind refuses becomes a fault, what is only doubtful a
 * warning.
 *
 * encode.c comes here for texts that are not ordinary (ordinary.h). Any
 * thread. */
#ifndef FASTSYNC_FORM_LOOK_H
#define FASTSYNC_FORM_LOOK_H

#include "form.h"

/* Makes its table; before threads start (forms_load does). */
void look_prepare(void);
/* True: `value`, a text, is to be encoded; it may have become shorter, as the
 * unseen goes from the ends of codes. False: it cannot be sent (a fault was
 * added), or nothing was left of it and the field is left out. */
bool field_look(const struct field *field, struct value *value,
                struct faults *faults);

#endif
