/* names.h: from a Lua string to a small number, by its address.
 *
 * Lua keeps short strings once, and a constant of a script is one string
 * always, so an address says which name it is: a column of the input, a field
 * of the form. What has been learned is anchored in a table of the registry,
 * so that no other string takes its address. Only so many are learned; the
 * others cost a look at the text every time. */
#ifndef FASTSYNC_BIND_NAMES_H
#define FASTSYNC_BIND_NAMES_H

#include <lua.h>
#include <stdint.h>

enum { NAMES_SLOTS = 512, NAMES_MAX = 256, NAMES_UNKNOWN = -2 };

struct names {
    const void *keys[NAMES_SLOTS];
    int16_t numbers[NAMES_SLOTS];
    unsigned count;
};

static inline unsigned names_slot(const void *key)
{
    uint64_t hash = ((uint64_t)(uintptr_t)key >> 3) * 0x9E3779B97F4A7C15u;
    return (unsigned)(hash >> 55); /* 9 bits: NAMES_SLOTS */
}

/* The number learned for the string at a stack index, or NAMES_UNKNOWN, as
 * for all that is no string. */
static inline int names_get(lua_State *L, const struct names *names, int index)
{
    const void *key = lua_topointer(L, index);
    unsigned at = names_slot(key);
    while (names->keys[at] != NULL) {
        if (names->keys[at] == key)
            return names->numbers[at];
        at = (at + 1) % NAMES_SLOTS;
    }
    return NAMES_UNKNOWN;
}

/* Learns the string at stack index `at`. Does not raise: where memory lacks,
 * it is not learned. Needs three free stack slots. */
void names_learn(lua_State *L, struct names *names, int at, int number);
/* Forgets all. Does not raise either. */
void names_clear(lua_State *L, struct names *names);

#endif
