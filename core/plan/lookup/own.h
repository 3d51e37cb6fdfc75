/* own.h: what a lookup is made of. For this room alone. */
#ifndef FASTSYNC_PLAN_LOOKUP_OWN_H
#define FASTSYNC_PLAN_LOOKUP_OWN_H

#include "keyed.h"
#include "lookup.h"
#include "plan/steps.h"

/* Of a sheet of a file; rows have its number. */
struct lookup_origin {
    char *path;
    char *sheet; /* or NULL */
};

struct lookup {
    struct lookups *set;
    struct lookup_said said;
    char *script, *path;
    struct plan_column *columns; /* the keys' first, then those that are kept */
    unsigned count, cap;
    bool whole; /* all columns of the first file are kept */
    bool ready;
    struct keyed keyed;
    struct lookup_origin *origins;
    uint64_t origin_count;
    struct arena memory;   /* names, paths */
    struct text_call call; /* for names, and for keys while it is read */
};

struct lookups {
    struct lookup **all;
    unsigned count;
    uint64_t bytes;
};

/* Columns after the keys' have the numbers that are told outside. */
static inline unsigned lookup_kept(const struct lookup *lookup)
{
    return lookup->count - lookup->said.key_count;
}

/* Adds a column of that name; its number among all. */
unsigned lookup_add_column(struct lookup *lookup, struct value name, int line);
/* The key of these values: *key is in the call's arena or scratch, or borrowed.
 * False: one of them is a list or a map; call->reason. */
bool lookup_key(const struct lookup *lookup, struct text_call *call,
                const struct value *values, struct value *key);
/* Appends where a row stands, `addresses.csv:17`, and shows its key. */
void lookup_place(const struct lookup *lookup, const struct keyed_row *row,
                  struct buf *out);
/* Reads it. */
bool lookup_load(struct lookup *lookup, struct err *err);

#endif
