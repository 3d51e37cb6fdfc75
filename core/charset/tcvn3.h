/* tcvn3.h: capitals that TCVN3 cannot write. Pure; any thread. */
#ifndef FASTSYNC_CHARSET_TCVN3_H
#define FASTSYNC_CHARSET_TCVN3_H

#include <stddef.h>
#include <stdint.h>

/* Small letters with tones that stand among capitals become capitals. */
void tcvn3_raise(int32_t *text, size_t count);

#endif
