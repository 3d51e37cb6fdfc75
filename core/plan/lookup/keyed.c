/* keyed.c: a hash table with open addresses.
 *
 * A slot is one word: the low bits say where the row begins, the others are
 * bits of its key's hash. The same bits say where the slot stands, so that the
 * table grows without a look at a single row; and a key that is not there is
 * seldom compared with one that is. */
#include "keyed.h"

#include <stdlib.h>
#include <time.h>

#include "base/hash.h"
#include "base/mem.h"

/* 64 GiB of rows, and room for 200 million keys. */
enum { PLACE_BITS = 36, SLOTS_LEAST = 64 };
#define PLACE_MASK ((UINT64_C(1) << PLACE_BITS) - 1)

void keyed_release(struct keyed *keyed)
{
    buf_release(&keyed->bytes);
    free(keyed->slots);
    *keyed = (struct keyed){.count = 0};
}

size_t keyed_held(const struct keyed *keyed, size_t more)
{
    return keyed->bytes.len + more + keyed->slot_count * sizeof *keyed->slots;
}

/* Seven bits a byte, the lowest first. */
static void put_number(struct buf *out, uint64_t number)
{
    for (; number >= 128; number >>= 7)
        buf_putc(out, (char)(number | 128));
    buf_putc(out, (char)number);
}

static inline uint64_t take_number(const char **at)
{
    uint64_t number = 0, byte;
    unsigned shift = 0;
    do {
        byte = (unsigned char)*(*at)++;
        number |= (byte & 127) << shift;
        shift += 7;
    } while (byte >= 128);
    return number;
}

/* The sign in the lowest bit, so that small numbers are short. */
static uint64_t folded(int64_t number)
{
    return number < 0 ? (uint64_t)(-(number + 1)) << 1 | 1
                      : (uint64_t)number << 1;
}

static int64_t unfolded(uint64_t number)
{
    int64_t half = (int64_t)(number >> 1);
    return (number & 1) != 0 ? -half - 1 : half;
}

uint64_t keyed_begin(struct keyed *keyed, uint64_t origin, int64_t number,
                     const struct value *key)
{
    uint64_t at = keyed->bytes.len;
    buf_putc(&keyed->bytes, 0);
    put_number(&keyed->bytes, origin);
    put_number(&keyed->bytes, folded(number));
    cell_pack(&keyed->bytes, key, NULL);
    return at;
}

struct keyed_row keyed_row(const struct keyed *keyed, uint64_t at)
{
    struct keyed_row row = {.flags = keyed->bytes.at + at};
    const char *next = row.flags + 1;
    row.origin = take_number(&next);
    row.number = unfolded(take_number(&next));
    row.key = cell_unpack(&next, NULL);
    row.cells = next;
    return row;
}

/* Another one in each run, so that nobody can write a file whose keys all stand
 * in one place and take for ever. */
static uint64_t new_seed(const void *memory)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_nsec << 32 ^ (uint64_t)now.tv_sec ^
           (uintptr_t)memory;
}

/* Of the kind and place that a slot has them. */
static uint64_t hash_of(const struct keyed *keyed, const struct value *key)
{
    return XXH3_64bits_withSeed(key->text, key->len, keyed->seed) >> PLACE_BITS;
}

static bool same_key(const struct keyed *keyed, uint64_t slot,
                     const struct value *key)
{
    struct keyed_row row = keyed_row(keyed, keyed_at(slot));
    return row.key.len == key->len &&
           memcmp(row.key.text, key->text, key->len) == 0;
}

/* A free slot ends the search, as the table is never full. */
uint64_t *keyed_slot(const struct keyed *keyed, const struct value *key)
{
    if (keyed->slot_count == 0)
        return NULL;
    uint64_t hash = hash_of(keyed, key), mask = keyed->slot_count - 1;
    uint64_t at = hash & mask;
    while (keyed->slots[at] != 0 && (keyed->slots[at] >> PLACE_BITS != hash ||
                                     !same_key(keyed, keyed->slots[at], key)))
        at = (at + 1) & mask;
    return &keyed->slots[at];
}

/* Places count from 1 in a slot: 0 is a free one. */
uint64_t keyed_at(uint64_t slot)
{
    return (slot & PLACE_MASK) - 1;
}

/* At most three quarters full. */
void keyed_grow(struct keyed *keyed)
{
    if ((keyed->count + 1) * 4 <= keyed->slot_count * 3)
        return;
    uint64_t count = keyed->slot_count ? keyed->slot_count * 2 : SLOTS_LEAST;
    uint64_t *slots = mem_zero(count, sizeof *slots);
    for (uint64_t i = 0; i < keyed->slot_count; i++) {
        uint64_t at = (keyed->slots[i] >> PLACE_BITS) & (count - 1);
        if (keyed->slots[i] == 0)
            continue;
        while (slots[at] != 0)
            at = (at + 1) & (count - 1);
        slots[at] = keyed->slots[i];
    }
    if (keyed->slots == NULL)
        keyed->seed = new_seed(slots);
    free(keyed->slots);
    keyed->slots = slots;
    keyed->slot_count = count;
}

void keyed_put(struct keyed *keyed, uint64_t *slot, uint64_t at,
               const struct value *key)
{
    keyed->count += *slot == 0;
    *slot = hash_of(keyed, key) << PLACE_BITS | (at + 1);
}

void keyed_end(struct keyed *keyed)
{
    struct buf *bytes = &keyed->bytes;
    if (bytes->at == NULL)
        return;
    bytes->at = mem_resize(bytes->at, bytes->len + BUF_SLACK);
    bytes->cap = bytes->len;
}

/* What a cell is, in the three low bits of the number that it begins with; the
 * others are its length in bytes, or which of the plain ones it is. Texts are
 * of four kinds, by their flags, which are exact: the same cells are the same
 * bytes. */
enum cell_kind {
    CELL_TEXT,
    CELL_TEXT_LAST = VALUE_WIDE | VALUE_SPECIAL,
    CELL_DECIMAL,
    CELL_INTEGER,
    CELL_NUMBER,
    CELL_PLAIN,
    CELL_BITS = 3,
};

enum plain { PLAIN_NIL, PLAIN_FALSE, PLAIN_TRUE, PLAIN_EMPTY, PLAIN_KEY };

static void pack(struct buf *out, unsigned kind, const void *bytes, size_t len)
{
    put_number(out, (uint64_t)len << CELL_BITS | kind);
    buf_add(out, bytes, len);
}

static void pack_plain(struct buf *out, enum plain plain)
{
    put_number(out, (uint64_t)plain << CELL_BITS | CELL_PLAIN);
}

static void pack_text(struct buf *out, const struct value *text,
                      const struct value *key)
{
    if (key != NULL && text->len > 0 && text->len == key->len &&
        memcmp(text->text, key->text, key->len) == 0)
        pack_plain(out, PLAIN_KEY);
    else
        pack(out, value_flags(text->text, text->len), text->text, text->len);
}

bool cell_pack(struct buf *out, const struct value *cell,
               const struct value *key)
{
    switch ((enum value_type)cell->type) {
    case VALUE_TEXT:
        pack_text(out, cell, key);
        return true;
    case VALUE_DECIMAL:
        pack(out, CELL_DECIMAL, cell->text, cell->len);
        return true;
    case VALUE_INT:
        put_number(out, CELL_INTEGER);
        put_number(out, folded(cell->integer));
        return true;
    case VALUE_NUMBER:
        pack(out, CELL_NUMBER, &cell->number, sizeof cell->number);
        return true;
    case VALUE_BOOL:
        pack_plain(out, cell->truth ? PLAIN_TRUE : PLAIN_FALSE);
        return true;
    case VALUE_NIL:
        pack_plain(out, PLAIN_NIL);
        return true;
    case VALUE_EMPTY:
        pack_plain(out, PLAIN_EMPTY);
        return true;
    case VALUE_LIST:
    case VALUE_MAP:
        break;
    }
    return false;
}

static struct value unpack_plain(uint64_t plain, const struct value *key)
{
    switch ((enum plain)plain) {
    case PLAIN_FALSE:
    case PLAIN_TRUE:
        return (struct value){.type = VALUE_BOOL, .truth = plain == PLAIN_TRUE};
    case PLAIN_EMPTY:
        return (struct value){.type = VALUE_EMPTY};
    case PLAIN_KEY:
        return key != NULL ? *key : (struct value){.type = VALUE_NIL};
    case PLAIN_NIL:
        break;
    }
    return (struct value){.type = VALUE_NIL};
}

/* Texts end before the bytes' slack, so that they may be copied in steps. */
struct value cell_unpack(const char **at, const struct value *key)
{
    uint64_t head = take_number(at);
    unsigned kind = head & ((1 << CELL_BITS) - 1);
    struct value cell = {.text = *at, .len = (uint32_t)(head >> CELL_BITS)};
    if (kind == CELL_PLAIN)
        return unpack_plain(head >> CELL_BITS, key);
    if (kind == CELL_INTEGER) {
        cell.type = VALUE_INT;
        cell.integer = unfolded(take_number(at));
        cell.len = 0;
        return cell;
    }
    *at += cell.len;
    cell.type = kind == CELL_DECIMAL  ? VALUE_DECIMAL
                : kind == CELL_NUMBER ? VALUE_NUMBER
                                      : VALUE_TEXT;
    if (kind <= CELL_TEXT_LAST)
        cell.flags = (uint8_t)kind;
    if (kind == CELL_NUMBER) {
        memcpy(&cell.number, *at - cell.len, sizeof cell.number);
        cell.len = 0;
    }
    return cell;
}
