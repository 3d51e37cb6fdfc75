/* nfc.h: Unicode's composed form (NFC), which all text inside fastsync has:
 * equal texts are equal bytes then. Of valid UTF-8. Any thread. */
#ifndef FASTSYNC_NFC_H
#define FASTSYNC_NFC_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/* True when text is certainly NFC already (may say false for NFC text). */
bool utf8_is_nfc(const char *text, size_t len);
/* Appends the NFC form. */
void utf8_nfc(struct buf *out, const char *text, size_t len);

#endif
