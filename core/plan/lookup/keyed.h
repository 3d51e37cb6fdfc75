/* keyed.h: rows by key, packed: a table of places in one run of bytes.
 *
 * A row is its place, its key and its cells, one after the other, without any
 * pointer, so that ten million short rows take no more than their texts and
 * some twenty bytes each. Written by one thread; once complete, read by any
 * number of them. */
#ifndef FASTSYNC_PLAN_LOOKUP_KEYED_H
#define FASTSYNC_PLAN_LOOKUP_KEYED_H

#include "base/buf.h"
#include "value.h"

enum { KEYED_DIFFERS = 1 }; /* flag: its key came again with other cells */

/* Zero-initialised is empty. */
struct keyed {
    struct buf bytes; /* the rows */
    uint64_t *slots;  /* a power of two of them; a row's place and some bits
                         of its key's hash; 0: free */
    uint64_t slot_count, count;
    uint64_t seed; /* of the hashes */
};

/* A row as it was packed. */
struct keyed_row {
    char *flags; /* its first byte */
    uint64_t origin;
    int64_t number; /* of its place (place_number) */
    struct value key;
    const char *cells; /* the first of them */
};

void keyed_release(struct keyed *keyed);
/* Bytes that it holds; and would, with `more` of a further row. */
size_t keyed_held(const struct keyed *keyed, size_t more);

/* Begins a row at the end of the bytes; cells follow (cell_pack). Answers
 * where it begins. */
uint64_t keyed_begin(struct keyed *keyed, uint64_t origin, int64_t number,
                     const struct value *key);
/* The row that begins there. Texts are borrowed. */
struct keyed_row keyed_row(const struct keyed *keyed, uint64_t at);

/* The slot of that key, or the free one where it would stand. NULL: there is
 * none yet. Prefers nothing: keys are compared byte by byte. */
uint64_t *keyed_slot(const struct keyed *keyed, const struct value *key);
/* Where the slot's row begins; of one that is not free. */
uint64_t keyed_at(uint64_t slot);
/* Makes room for one key more; slots that were found are void. */
void keyed_grow(struct keyed *keyed);
/* The row that begins at `at` is that slot's from now on. */
void keyed_put(struct keyed *keyed, uint64_t *slot, uint64_t at,
               const struct value *key);
/* Complete: gives back what was reserved for more. */
void keyed_end(struct keyed *keyed);

/* Packs a cell after the others. A text that is `key`, byte by byte, takes one
 * byte. False: a list or a map, which cannot be packed. */
bool cell_pack(struct buf *out, const struct value *cell,
               const struct value *key);
/* The cell at *at, which goes on to the next one. */
struct value cell_unpack(const char **at, const struct value *key);

#endif
