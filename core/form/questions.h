/* questions.h: what look.c asks of texts, beside its own questions.
 *
 * A question answers false when it has refused the text; what is only doubtful
 * it tells with looked_warn, and answers true. */
#ifndef FASTSYNC_FORM_QUESTIONS_H
#define FASTSYNC_FORM_QUESTIONS_H

#include "looked.h"

bool look_unreadable(struct looked *looked); /* U+FFFD */
bool look_reference(struct looked *looked);  /* &#244; and &amp; */
bool look_lost(struct looked *looked);       /* C?ng ty ??ng */
bool look_alike(struct looked *looked);      /* letters like others */
bool look_misread(struct looked *looked); /* CÃ´ng ty, C«ng ty, Coâng ty */
bool look_digits(struct looked *looked);  /* "không có" for a number */
bool look_mail(struct looked *looked);

#endif
