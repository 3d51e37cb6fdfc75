/* line.h: a line of a rejects file. Pure. */
#ifndef FASTSYNC_REJECTS_LINE_H
#define FASTSYNC_REJECTS_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "decode/input.h"
#include "record.h"

/* Appends BOM, the input's columns, and _key, _line, _field, _reason. */
void rejects_header(struct buf *out, const struct input *input);
/* Appends the row as it stood, and what is wrong with it. */
void rejects_line(struct buf *out, const struct input *input,
                  const struct reject *reject);
/* Appends what is wrong as a compiler would say it, in one line, and answers
 * how many of its bytes say where:
 * "khach-hang.csv:1042: Email: 131 characters, at most 128 (setCustomer)". */
size_t rejects_message(struct buf *out, const struct input *input,
                       const struct place *place, const struct fault *fault,
                       const char *form);
/* May the lines of both stand in one file: the same columns and dialect? */
bool rejects_same_shape(const struct input *a, const struct input *b);
/* True for the first bytes of a rejects file. */
bool rejects_is_ours(const char *head, size_t len);

#endif
