/* nested.h: lists and maps in a text: JSON read as a value. Pure. */
#ifndef FASTSYNC_DECODE_NESTED_H
#define FASTSYNC_DECODE_NESTED_H

#include <stdbool.h>

#include "base/mem.h"
#include "value.h"

/* The value of a JSON text; all of it lives in the arena. Numbers are integers
 * where an int64_t prints the same digits, decimals else. False: it is no
 * JSON, goes beyond VALUE_DEPTH or VALUE_PARTS, or names a member twice. */
bool nested_read(const char *text, size_t len, struct arena *arena,
                 struct value *value);

#endif
