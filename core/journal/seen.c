/* seen.c: an open table of 24-byte entries in 256 parts.
 *
 * Eight bits of the key's hash choose the part, the rest is the entry's name.
 * Within a part the hash is scaled to the size, not reduced by a mask: a part
 * may then have any size and grow by a third instead of doubling, which is
 * what keeps the table within 40 bytes a key; and as scaling keeps the order
 * of hashes, growing is one walk through both old and new memory. Collisions
 * go to the next free entry.
 *
 * An entry's place holds the input (10 bits: 0 none, 1 the journal, else its
 * number + 2), the sheet (6 bits), whether the format has lines (1 bit), and
 * the line or the row's index (31 bits); 0 is an empty entry. What is too
 * large for that is not known any more. */
#include "seen.h"

#include <stdlib.h>

#include "base/mem.h"

enum {
    PARTS = 256,
    FIRST_SIZE = 16,
    PART_MAX = 1 << 20, /* keys; more are not made room for in advance */
    PLACE_BITS = 48,
    NUMBER_BITS = 31,
    SHEET_BITS = 6,
    FROM_BITS = 10,
    SHEET_AT = NUMBER_BITS + 1,
    FROM_AT = SHEET_AT + SHEET_BITS,
    SHEET_MAX = (1 << SHEET_BITS) - 1,
    FROM_MAX = (1 << FROM_BITS) - 1,
    FROM_JOURNAL = 1,
    FROM_RUN = 2,
};

#define NUMBER_MAX ((UINT64_C(1) << NUMBER_BITS) - 1)
#define HAS_LINES  (UINT64_C(1) << NUMBER_BITS)
#define PLACE_MASK ((UINT64_C(1) << PLACE_BITS) - 1)

struct entry {
    uint64_t key;     /* the hash's first word */
    uint64_t content; /* hash of the record's JSON */
    uint64_t place;   /* 16 bits more of the key, the rest as above */
};

struct part {
    struct entry *entries;
    uint32_t size, count;
};

struct seen {
    struct part parts[PARTS];
    uint32_t expected; /* entries a part is made for when it next grows */
};

struct seen *seen_new(void)
{
    return mem_zero(1, sizeof(struct seen));
}

void seen_free(struct seen *seen)
{
    if (seen == NULL)
        return;
    for (int i = 0; i < PARTS; i++)
        free(seen->parts[i].entries);
    free(seen);
}

/* What is of this run, and no more is known of it. */
static const uint64_t somewhere = (uint64_t)FROM_MAX << FROM_AT;

static uint64_t pack(unsigned input, const struct place *place)
{
    uint64_t number = place->line > 0 ? place->line : place->index;
    if (input >= FROM_MAX - FROM_RUN || place->sheet > SHEET_MAX ||
        number > NUMBER_MAX)
        return somewhere;
    return (uint64_t)(input + FROM_RUN) << FROM_AT |
           (uint64_t)place->sheet << SHEET_AT |
           (place->line > 0 ? HAS_LINES : 0) | number;
}

static struct place unpack(uint64_t packed)
{
    struct place place = {.sheet = packed >> SHEET_AT & SHEET_MAX};
    if ((packed & HAS_LINES) != 0)
        place.line = packed & NUMBER_MAX;
    else
        place.index = packed & NUMBER_MAX;
    return place;
}

static unsigned from_of(const struct entry *entry)
{
    return (unsigned)((entry->place & PLACE_MASK) >> FROM_AT);
}

/* The bits of the key that stand above the place. */
static uint64_t tag(const uint64_t key[2])
{
    return key[1] >> 8 << PLACE_BITS;
}

/* Where an entry of this key would stand if nothing were in its way. */
static uint32_t home(const struct part *part, uint64_t key)
{
    return (uint32_t)((key >> 32) * part->size >> 32);
}

static struct part *part_of(const struct seen *seen, const uint64_t key[2])
{
    return (struct part *)&seen->parts[key[1] & (PARTS - 1)];
}

/* The key's entry, or the empty one where it belongs. */
static struct entry *find(const struct part *part, uint64_t key, uint64_t bits)
{
    uint32_t at = home(part, key);
    for (;;) {
        struct entry *entry = &part->entries[at];
        if ((entry->place & PLACE_MASK) == 0 ||
            (entry->key == key && (entry->place & ~PLACE_MASK) == bits))
            return entry;
        if (++at == part->size)
            at = 0;
    }
}

void seen_expect(struct seen *seen, uint64_t keys)
{
    uint64_t each = (seen_count(seen) + keys) / PARTS;
    if (each < PART_MAX)
        seen->expected = (uint32_t)(each + each / 3);
}

/* Room for one more: an entry in five stays free at least. */
static void make_room(const struct seen *seen, struct part *part)
{
    if (part->count + 1 <= part->size - part->size / 5)
        return;
    struct part grown = {.size = part->size + part->size / 3,
                         .count = part->count};
    if (grown.size < FIRST_SIZE)
        grown.size = FIRST_SIZE;
    if (grown.size < seen->expected)
        grown.size = seen->expected;
    grown.entries = mem_zero(grown.size, sizeof *grown.entries);
    for (uint32_t i = 0; i < part->size; i++) {
        const struct entry *old = &part->entries[i];
        if ((old->place & PLACE_MASK) != 0)
            *find(&grown, old->key, old->place & ~PLACE_MASK) = *old;
    }
    free(part->entries);
    *part = grown;
}

static bool is_empty(const struct entry *entry)
{
    return (entry->place & PLACE_MASK) == 0;
}

/* The key's entry; an empty one is made out to it (and `made` says so). */
static struct entry *claim(struct seen *seen, const uint64_t key[2], bool *made)
{
    struct part *part = part_of(seen, key);
    make_room(seen, part);
    struct entry *entry = find(part, key[0], tag(key));
    *made = is_empty(entry);
    if (*made)
        part->count++;
    entry->key = key[0];
    return entry;
}

static void fill(struct entry *entry, const uint64_t key[2], uint64_t content,
                 uint64_t where)
{
    entry->content = content;
    entry->place = tag(key) | where;
}

void seen_accept(struct seen *seen, const uint64_t key[2], uint64_t content)
{
    bool made;
    struct entry *entry = claim(seen, key, &made);
    fill(entry, key, content, (uint64_t)FROM_JOURNAL << FROM_AT);
}

bool seen_first(struct seen *seen, const uint64_t key[2])
{
    bool made;
    struct entry *entry = claim(seen, key, &made);
    fill(entry, key, 0, (uint64_t)FROM_JOURNAL << FROM_AT);
    return made;
}

/* The key's entry, or NULL. */
static const struct entry *look(const struct seen *seen, const uint64_t key[2])
{
    const struct part *part = part_of(seen, key);
    const struct entry *entry =
        part->size > 0 ? find(part, key[0], tag(key)) : NULL;
    return entry != NULL && !is_empty(entry) ? entry : NULL;
}

bool seen_find(const struct seen *seen, const uint64_t key[2],
               uint64_t *content, bool *met)
{
    const struct entry *entry = look(seen, key);
    if (entry == NULL)
        return false;
    *content = entry->content;
    *met = from_of(entry) != FROM_JOURNAL;
    return true;
}

void seen_prefetch(const struct seen *seen, const uint64_t key[2])
{
    const struct part *part = part_of(seen, key);
    if (part->size > 0)
        __builtin_prefetch(&part->entries[home(part, key[0])], 1);
}

static struct seen_record record_of(const struct entry *entry)
{
    return (struct seen_record){.content = entry->content,
                                .place = unpack(entry->place),
                                .input = from_of(entry) - FROM_RUN};
}

static void keep(struct entry *entry, const uint64_t key[2],
                 const struct seen_record *record)
{
    fill(entry, key, record->content, pack(record->input, &record->place));
}

enum seen_verdict seen_add(struct seen *seen, const uint64_t key[2],
                           const struct seen_record *record,
                           struct seen_record *earlier)
{
    bool made;
    struct entry *entry = claim(seen, key, &made);
    bool same = !made && entry->content == record->content;
    if (!made && from_of(entry) != FROM_JOURNAL) {
        if (same)
            return SEEN_DUPLICATE;
        *earlier = record_of(entry);
        return SEEN_CONFLICT;
    }
    keep(entry, key, record);
    return same ? SEEN_UNCHANGED : SEEN_NEW;
}

bool seen_replace(struct seen *seen, const uint64_t key[2],
                  const struct seen_record *record, struct seen_record *earlier)
{
    bool made;
    struct entry *entry = claim(seen, key, &made);
    bool met = !made && from_of(entry) != FROM_JOURNAL;
    if (met)
        *earlier = record_of(entry);
    keep(entry, key, record);
    return met;
}

bool seen_record(const struct seen *seen, const uint64_t key[2],
                 struct seen_record *record)
{
    const struct entry *entry = look(seen, key);
    if (entry == NULL || from_of(entry) == FROM_JOURNAL)
        return false;
    *record = record_of(entry);
    return true;
}

size_t seen_count(const struct seen *seen)
{
    size_t count = 0;
    for (int i = 0; i < PARTS; i++)
        count += seen->parts[i].count;
    return count;
}

size_t seen_bytes(const struct seen *seen)
{
    size_t bytes = sizeof *seen;
    for (int i = 0; i < PARTS; i++)
        bytes += seen->parts[i].size * sizeof(struct entry);
    return bytes;
}
