/* table.c: a table for pick: texts to values, hashed, with open addresses.
 *
 * It is made once and asked for every row, with short keys. A key is looked at
 * as two words, its first eight bytes and its last eight, which overlap where
 * it is shorter than sixteen; so most keys are hashed and compared without a
 * loop. Longer ones have their middle looked at too. */
#include "table.h"

#include <string.h>

/* A key as words. */
struct words {
    uint64_t head, tail, hash;
};

struct entry {
    bool used;
    struct words words;
    struct value key, found;
};

struct plan_table {
    struct text_lookup lookup;
    uint64_t mask;
    struct entry entries[];
};

enum { TWO_WORDS = 16 };

/* All bytes of a text of less than eight, once at least. */
static inline uint64_t short_word(const char *at, size_t len)
{
    uint32_t low, high;
    if (len < 4)
        return len == 0 ? 0
                        : (uint64_t)(unsigned char)at[0] |
                              (uint64_t)(unsigned char)at[len / 2] << 8 |
                              (uint64_t)(unsigned char)at[len - 1] << 16;
    memcpy(&low, at, 4);
    memcpy(&high, at + len - 4, 4);
    return low | (uint64_t)high << 32;
}

static inline uint64_t stirred(uint64_t hash)
{
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

/* The length goes into the hash, so that "a" and "aa" differ although their
 * words overlap. */
static inline struct words words_of(const struct value *key)
{
    struct words words = {.tail = 0};
    size_t len = key->len;
    uint64_t middle = len;
    if (len < 8) {
        words.head = short_word(key->text, len);
    } else {
        memcpy(&words.head, key->text, 8);
        memcpy(&words.tail, key->text + len - 8, 8);
    }
    for (size_t i = 8; i + 8 < len; i += 8) {
        uint64_t word;
        memcpy(&word, key->text + i, 8);
        middle = stirred(middle ^ word);
    }
    words.hash = stirred(stirred(words.head ^ middle) ^ words.tail);
    return words;
}

static inline bool same_key(const struct entry *entry,
                            const struct words *words, const struct value *key)
{
    return entry->words.head == words->head &&
           entry->words.tail == words->tail && entry->key.len == key->len &&
           (key->len <= TWO_WORDS ||
            !memcmp(entry->key.text, key->text, key->len));
}

/* The key's entry, or the free one where it would stand. */
static inline const struct entry *entry_of(const struct plan_table *table,
                                           const struct words *words,
                                           const struct value *key)
{
    uint64_t at = words->hash & table->mask;
    while (table->entries[at].used &&
           !same_key(&table->entries[at], words, key))
        at = (at + 1) & table->mask;
    return &table->entries[at];
}

static bool find(void *lookup, const struct value *key, struct value *found)
{
    const struct plan_table *table = lookup;
    struct words words = words_of(key);
    const struct entry *entry = entry_of(table, &words, key);
    *found = entry->found;
    return entry->used;
}

static void keys(void *lookup, struct text_known *known)
{
    const struct plan_table *table = lookup;
    for (uint64_t i = 0; i <= table->mask; i++)
        if (table->entries[i].used)
            text_known_add(known, table->entries[i].key);
}

/* At most half full, so that a free entry ends every search soon. */
struct plan_table *plan_table_new(struct arena *memory, uint32_t count)
{
    size_t size = 4;
    while (size < (size_t)count * 2)
        size *= 2;
    size_t bytes = sizeof(struct plan_table) + size * sizeof(struct entry);
    struct plan_table *table = arena_alloc(memory, bytes);
    memset(table, 0, bytes);
    table->mask = size - 1;
    table->lookup =
        (struct text_lookup){.table = table, .find = find, .keys = keys};
    return table;
}

bool plan_table_add(struct plan_table *table, const struct value *key,
                    const struct value *found)
{
    struct words words = words_of(key);
    uint64_t at = (uint64_t)(entry_of(table, &words, key) - table->entries);
    if (table->entries[at].used)
        return false;
    table->entries[at] = (struct entry){
        .used = true, .words = words, .key = *key, .found = *found};
    return true;
}

const struct text_lookup *plan_table_lookup(const struct plan_table *table)
{
    return &table->lookup;
}
