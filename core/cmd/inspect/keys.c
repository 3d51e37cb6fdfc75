/* keys.c: a set with open places, of the hashes that runs know keys by. */
#include "keys.h"

#include <stdlib.h>

#include "base/mem.h"
#include "form/form.h"
#include "signs.h"

static uint64_t *find_place(const struct keys *keys, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & (keys->cap - 1);
    while (keys->set[at] != 0 && keys->set[at] != hash)
        at = (at + 1) & (keys->cap - 1);
    return &keys->set[at];
}

static void grow(struct keys *keys)
{
    uint64_t *old = keys->set;
    uint32_t cap = keys->cap;
    keys->cap = cap == 0 ? 1024 : 2 * cap;
    keys->set = mem_zero(keys->cap, sizeof *keys->set);
    for (uint32_t i = 0; i < cap; i++)
        if (old[i] != 0)
            *find_place(keys, old[i]) = old[i];
    free(old);
}

static void note_repeat(struct keys *keys, struct arena *arena,
                        const char *text, size_t len, const struct place *place)
{
    if (keys->repeats++ > 0)
        return;
    keys->excerpt = sign_excerpt(arena, text, len, SIGN_EXCERPT);
    keys->first = *place;
}

void keys_add(struct keys *keys, struct arena *arena, const char *text,
              size_t len, const struct place *place)
{
    uint64_t hash[2];
    form_key_hash(text, len, hash);
    hash[0] += hash[0] == 0;
    keys->all++;
    if (2 * keys->count >= keys->cap && keys->count < KEYS_MAX)
        grow(keys);
    uint64_t *place_of = find_place(keys, hash[0]);
    if (*place_of != 0) {
        note_repeat(keys, arena, text, len, place);
    } else if (keys->count < KEYS_MAX) {
        *place_of = hash[0];
        keys->count++;
    } else {
        keys->missed++;
    }
}

void keys_release(struct keys *keys)
{
    free(keys->set);
    *keys = (struct keys){0};
}
