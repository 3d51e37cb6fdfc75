/* strings.h: a workbook's shared strings: each text once, and its cells have
 * numbers. Kept tightly, as there may be millions: a text, its length, where it
 * stands. Immutable once read; any thread. */
#ifndef FASTSYNC_DECODE_WORKBOOK_XLSX_STRINGS_H
#define FASTSYNC_DECODE_WORKBOOK_XLSX_STRINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "package/zip.h"
#include "value.h"

struct xlsx_strings;

/* What is read at once, a row or a string, may have so many bytes beside a cell
 * of max_cell, which an option says: tags, other cells. */
enum { XLSX_TAGS = 16 * 1024 * 1024 };
#define XLSX_TOO_LONG "is longer than %zu bytes (max_cell and 16 MiB)"

/* Those of the part; -1: there is none. NULL: err. One of them has at most
 * `longest` bytes, with its tags. */
struct xlsx_strings *xlsx_strings_read(struct zip *zip, int part,
                                       size_t longest, struct err *err);
void xlsx_strings_free(struct xlsx_strings *strings); /* NULL is allowed */
uint32_t xlsx_strings_count(const struct xlsx_strings *strings);

/* Says that its text will be asked for soon: memory is slow to come. */
void xlsx_strings_fetch(const struct xlsx_strings *strings, uint32_t number);

/* The text of that number, which is below their count; its flags are exact.
 * *ready: it is NFC, and has no white space at its ends. */
struct value xlsx_strings_at(const struct xlsx_strings *strings,
                             uint32_t number, bool *ready);

#endif
