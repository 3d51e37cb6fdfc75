/* moment.h: a day and a time of FoxPro's as text. Pure. */
#ifndef FASTSYNC_DECODE_DBF_MOMENT_H
#define FASTSYNC_DECODE_DBF_MOMENT_H

#include <stddef.h>
#include <stdint.h>

enum { DBF_MOMENT_TEXT = 24 };

/* `2024-01-15T10:30:00`, at midnight the day alone: FoxPro keeps days so. The
 * day is counted as astronomers do, the time in thousandths of a second, of
 * which half of one is rounded up. Its length, or 0: it is none of the years 0
 * to 9999, or the day has no such time. */
size_t dbf_moment(uint32_t julian, uint32_t thousandths,
                  char text[DBF_MOMENT_TEXT]);

#endif
