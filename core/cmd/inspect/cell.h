/* cell.h: what a cell's text may be, told by the text alone. Pure; any thread,
 * after cell_prepare. */
#ifndef FASTSYNC_CMD_INSPECT_CELL_H
#define FASTSYNC_CMD_INSPECT_CELL_H

#include <stdbool.h>
#include <stddef.h>

enum cell_kind {
    CELL_DIGITS,      /* 0903123456 */
    CELL_NUMBER,      /* -12.5, 1,5 */
    CELL_GROUPED,     /* 1.234.567, 1,234.50 */
    CELL_EXPONENT,    /* 8.49E+10 */
    CELL_ISO_DATE,    /* 2024-02-29, also with a time */
    CELL_DAY_FIRST,   /* 29/2/2024: it can be nothing else */
    CELL_MONTH_FIRST, /* 2/29/2024 */
    CELL_DATE,        /* 1/2/2024: either */
    CELL_PHONE,       /* +84 90 312 3456: digits, and what stands among them */
    CELL_MAIL,
    CELL_WEB,
    CELL_FLAG,    /* yes, có, x, true */
    CELL_CODE,    /* KH-0001: letters and digits without a blank */
    CELL_ADDRESS, /* 12 Lê Lợi, P. Bến Nghé */
    CELL_NAME,    /* Nguyễn Văn An: words with capitals, no digit */
    CELL_WORDS,   /* any other text */
    CELL_KINDS,
};

/* Makes its table; before threads start. */
void cell_prepare(void);
/* Of a text that is not empty and has no blanks at its ends. */
enum cell_kind cell_kind(const char *text, size_t len);
/* A telephone number as Vietnam writes them, of these digits alone. */
bool cell_is_phone(const char *text, size_t len);
/* Ten digits, as a tax code has them, whose last one checks the others;
 * `digits` of 9 are one whose leading zero is lost. */
bool cell_is_tax_code(const char *digits, size_t len);

#endif
