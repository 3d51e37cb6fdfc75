/* decoded.h: rows that a reader has decoded already, and the row reader that
 * all formats share whose reader does.
 *
 * The reader puts rows into the chunk (decoded_add), their cells into its
 * arena. What can be done in parallel is left to the mappers: texts are made
 * NFC and trimmed there, and their flags set. */
#ifndef FASTSYNC_DECODE_DECODED_H
#define FASTSYNC_DECODE_DECODED_H

#include "input.h"
#include "ready.h"

extern const struct row_reader decoded_rows;

/* Adds a row of `width` cells, which the caller fills. The first one says
 * where the chunk begins. */
struct value *decoded_add(struct chunk *chunk, struct place place,
                          unsigned width);
/* Adds a row that cannot be used, and why (without file and place). The cells
 * are what is left of it, for the rejects file; marks stand for the others. */
void decoded_fault(const struct input *input, struct chunk *chunk,
                   struct place place, const struct value *cells,
                   unsigned width, const char *fault);
/* That row alone, in the arena, for who keeps it elsewhere. */
struct decoded decoded_faulty(const struct input *input, struct arena *arena,
                              struct place place, const struct value *cells,
                              unsigned width, const char *fault);
/* Hands over the rows of `from`, a chunk of the reader's own that was decoded
 * ahead of time, to `to`, which is clear; `from` is to be cleared then. */
void decoded_move(struct chunk *to, struct chunk *from);

/* Decoded rows made rows of the input, as decoded_rows does, for a row reader
 * of another format that decodes them itself. */
struct decoded_maker {
    struct value *cells; /* of the row made last */
    unsigned cap;
    struct ready ready;
    struct warnings warnings;
};

void decoded_maker_open(struct decoded_maker *maker, const struct input *input);
void decoded_maker_begin(struct decoded_maker *maker, struct chunk *chunk);
void decoded_maker_close(struct decoded_maker *maker);
/* `cells`: as a mapping sees them, with blank ones up to the last column; NULL:
 * they are made here. */
void decoded_make(struct decoded_maker *maker, const struct input *input,
                  const struct decoded *decoded, const struct value *cells,
                  struct row *row);

#endif
