/* keys.h: keys that were there before: exactly among the first million, then
 * nobody can say which. In bounded memory. One owner. */
#ifndef FASTSYNC_CMD_INSPECT_KEYS_H
#define FASTSYNC_CMD_INSPECT_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"
#include "row.h"

enum { KEYS_MAX = 1 << 20 };

/* Zero-initialised is empty. */
struct keys {
    uint64_t *set; /* of hashes; 0: a free place */
    uint32_t count, cap;
    uint64_t all;    /* keys that were looked at, */
    uint64_t missed; /* and those after the set was full that were not in it */
    uint64_t repeats;
    struct place first;  /* of a repeat */
    const char *excerpt; /* of it, in the arena */
};

/* Compared as the server compares them: trimmed, in upper case. */
void keys_add(struct keys *keys, struct arena *arena, const char *text,
              size_t len, const struct place *place);
void keys_release(struct keys *keys);

#endif
