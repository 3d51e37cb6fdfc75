/* nested.h: values that hold values, and JSON as their text. Pure. */
#ifndef FASTSYNC_DECODE_NESTED_H
#define FASTSYNC_DECODE_NESTED_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/mem.h"
#include "row.h"

/* How many values stand in a list, or in a map (names too); else 0. */
uint32_t value_parts(const struct value *value);
/* Appends the value as JSON: decimals with their digits, nil as null. */
void value_json(struct buf *out, const struct value *value);
/* The value of a JSON text; all of it lives in the arena. Numbers are integers
 * where 64 bits hold them, decimals else. False: it is no JSON. */
bool value_of_json(const char *text, size_t len, struct arena *arena,
                   struct value *value);

#endif
