/* rejected.h: the shape of a rejects file, known here alone: the input's own
 * columns, then ours.
 *
 *     Mã KH;Tên;…;[_types;]_key;_line;_field;_reason
 *
 * `_types` is there where the input's cells have types, a letter a cell, so
 * that a corrected row comes back as what it was: t text, i integer, d decimal,
 * n number, b boolean, j a list or map as JSON, z nothing. A cell that was
 * changed into what its letter does not fit is the text it is now.
 *
 * `_key` keeps the key that the row was rejected with, and what was wrong with
 * it, so that a corrected row is known by it: "key KH1", "taken KH1". What a
 * spreadsheet would run or change has a mark in front (marks.h), which
 * reading takes off. Pure. */
#ifndef FASTSYNC_DECODE_REJECTED_H
#define FASTSYNC_DECODE_REJECTED_H

#include <stdbool.h>

#include "base/buf.h"
#include "input.h"

enum { REJECTED_COLUMNS = 3 };
extern const char *const rejected_columns[REJECTED_COLUMNS];
#define REJECTED_TYPES "_types"
#define REJECTED_KEY   "_key"
/* The words of `_key`, before a blank and the key: another row has it; or has
 * the form's own key; a fault was of the key (and no key: there is none); the
 * faults were others. */
#define REJECTED_TAKEN "taken"
#define REJECTED_OWN   "own"
#define REJECTED_WRONG "wrong"
#define REJECTED_RIGHT "key"
/* U+FFFD stands where something could not be read or is missing: while it
 * does, the row is not taken. */
#define REJECTED_MARK "\xEF\xBF\xBD"

/* Appends the names of the input's columns, and `_types` where it is typed:
 * each by `put`, in their order. */
typedef void rejected_put(void *owner, const char *name, size_t len);
void rejected_names(const struct input *input, rejected_put *put, void *owner);

/* Appends the row as people wrote it: its text, or its cells in the input's
 * dialect and their types. */
void rejected_row(struct buf *out, const struct input *input,
                  const struct origin *origin);

/* Does the text say a type for each of so many cells? */
bool rejected_types(const struct value *types, unsigned count);
/* Gives cells that were read as text the types that `types` says. Texts live
 * in the arena. `trim` as in struct input, for what stands in lists and maps.
 */
void rejected_restore(struct value *cells, unsigned count,
                      const struct value *types, bool trim,
                      struct arena *arena);

#endif
