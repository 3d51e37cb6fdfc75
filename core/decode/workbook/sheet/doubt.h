/* doubt.h: what is said of a cell whose value is not the one that it should
 * have: the same words for every format of spreadsheets. Any thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_SHEET_DOUBT_H
#define FASTSYNC_DECODE_WORKBOOK_SHEET_DOUBT_H

#include "warning.h"

struct sheet_doubt {
    enum warning_kind kind;
    const char *text;
};

/* Its result is an error, and it is blank. */
extern const struct sheet_doubt sheet_error;
/* It has a formula, and nobody has worked it out. */
extern const struct sheet_doubt sheet_no_result;
/* It says that it holds a number, or a truth, and its text is none. */
extern const struct sheet_doubt sheet_mistyped;
/* Its number is none, and it is blank. */
extern const struct sheet_doubt sheet_no_number;

#endif
