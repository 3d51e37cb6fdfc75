/* number.h: how a count is written, everywhere: 11 940. Any thread. */
#ifndef FASTSYNC_NUMBER_H
#define FASTSYNC_NUMBER_H

#include <stdint.h>

enum { NUMBER_TEXT = 28 };

/* A blank before every three digits, as text in `text`, which it answers. */
const char *number_text(uint64_t number, char text[NUMBER_TEXT]);

#endif
