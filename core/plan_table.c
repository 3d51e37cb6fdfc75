/* plan_table.c: a table for pick: texts to values, hashed, with open addresses.
 *
 * It is made once and asked for every row, with short keys. The hash reads a
 * key in words of eight bytes, the last one overlapping, which for most keys
 * is one or two. */
#include "plan_steps.h"

#include <string.h>

struct entry {
    uint64_t hash; /* 0: free */
    struct value key, found;
};

struct plan_table {
    struct text_lookup lookup;
    uint64_t mask;
    struct entry entries[];
};

static uint64_t word_at(const char *at, size_t len)
{
    uint64_t word = 0;
    if (len >= 8) {
        memcpy(&word, at, 8);
    } else if (len >= 4) {
        uint32_t low, high;
        memcpy(&low, at, 4);
        memcpy(&high, at + len - 4, 4);
        word = low | (uint64_t)high << 32;
    } else if (len > 0) {
        word = (unsigned char)at[0] |
               (uint64_t)(unsigned char)at[len / 2] << 8 |
               (uint64_t)(unsigned char)at[len - 1] << 16;
    }
    return word;
}

static inline uint64_t stirred(uint64_t hash)
{
    hash *= UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static uint64_t hash_of(const struct value *key)
{
    const char *at = key->text;
    size_t len = key->len;
    uint64_t hash = len + 1;
    for (; len > 8; at += 8, len -= 8)
        hash = stirred(hash ^ word_at(at, 8));
    if (key->len >= 8)
        hash = stirred(hash ^ word_at(key->text + key->len - 8, 8));
    else
        hash = stirred(hash ^ word_at(at, len));
    return hash | 1;
}

static struct entry *entry_of(const struct plan_table *table,
                              const struct value *key, uint64_t hash)
{
    uint64_t at = hash >> 1 & table->mask;
    for (;; at = (at + 1) & table->mask) {
        const struct entry *entry = &table->entries[at];
        if (entry->hash == 0 ||
            (entry->hash == hash && entry->key.len == key->len &&
             !memcmp(entry->key.text, key->text, key->len)))
            return (struct entry *)entry;
    }
}

static bool find(void *lookup, const struct value *key, struct value *found)
{
    const struct plan_table *table = lookup;
    const struct entry *entry = entry_of(table, key, hash_of(key));
    *found = entry->found;
    return entry->hash != 0;
}

static void keys(void *lookup, struct text_known *known)
{
    const struct plan_table *table = lookup;
    for (uint64_t i = 0; i <= table->mask; i++)
        if (table->entries[i].hash != 0)
            text_known_add(known, table->entries[i].key);
}

struct plan_table *plan_table_new(struct plan *plan, uint32_t count)
{
    size_t size = 4;
    while (size < (size_t)count * 2)
        size *= 2;
    size_t bytes = sizeof(struct plan_table) + size * sizeof(struct entry);
    struct plan_table *table = arena_alloc(&plan->memory, bytes);
    memset(table, 0, bytes);
    table->mask = size - 1;
    table->lookup =
        (struct text_lookup){.table = table, .find = find, .keys = keys};
    return table;
}

bool plan_table_add(struct plan_table *table, const struct value *key,
                    const struct value *found)
{
    uint64_t hash = hash_of(key);
    struct entry *entry = entry_of(table, key, hash);
    if (entry->hash != 0)
        return false;
    *entry = (struct entry){.hash = hash, .key = *key, .found = *found};
    return true;
}

const struct text_lookup *plan_table_lookup(const struct plan_table *table)
{
    return &table->lookup;
}
