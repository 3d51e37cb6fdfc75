/* spreadsheet.h: what a spreadsheet does to files that people open in it. It
 * runs what looks like a formula, and rewrites what looks like a number or a
 * date: 00123 becomes 123, 1-2 becomes 2-Jan, 12E3 becomes 12000. Pure; any
 * thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_SHEET_SPREADSHEET_H
#define FASTSYNC_DECODE_WORKBOOK_SHEET_SPREADSHEET_H

#include <stdbool.h>
#include <stddef.h>

/* Would a spreadsheet run the text, or write it back as another one? */
bool spreadsheet_changes(const char *text, size_t len);
/* Is `now` what a spreadsheet makes of `old`, where people change nothing? */
bool spreadsheet_made(const char *old, size_t old_len, const char *now,
                      size_t now_len);

#endif
