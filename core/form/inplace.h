/* inplace.h: are the letters of a text where Vietnamese has them? Pure; any
 * thread. */
#ifndef FASTSYNC_FORM_INPLACE_H
#define FASTSYNC_FORM_INPLACE_H

#include <stdbool.h>
#include <stddef.h>

/* Makes its table; before threads start (forms_load does). */
void letters_prepare(void);
/* True: all letters beyond ASCII are Vietnamese, and each stands where its
 * words have it: it need not be asked whether the text was misread. Quick. */
bool letters_in_place(const char *text, size_t len);

#endif
