/* moment.h: dates and times of OpenDocument, as ISO 8601. Pure. */
#ifndef FASTSYNC_DECODE_WORKBOOK_ODS_MOMENT_H
#define FASTSYNC_DECODE_WORKBOOK_ODS_MOMENT_H

#include <stdbool.h>
#include <stddef.h>

enum { ODS_MOMENT_MAX = 64 };

/* 2024-02-29, 2024-02-29T13:05:00: to the second, without a time that is
 * midnight. 0: the text is none of these. */
size_t ods_date(const char *text, size_t len, char *out);
/* Was only the date seen of this moment: its day, month and year, and no more,
 * in any order? */
bool ods_shows_date(const char *text, size_t len, const char *seen,
                    size_t seen_len);
/* PT13H05M00S is 13:05:00, PT26H30M is 26:30:00. */
size_t ods_time(const char *text, size_t len, char *out);

#endif
