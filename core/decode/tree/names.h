/* names.h: the names that rows bring with them, in the order in which they were
 * met first: the columns of an input that has no header.
 *
 * Numbered from 0; a bounded number of them. Names are kept as the input spells
 * them; columns_name makes columns of them. One owner. */
#ifndef FASTSYNC_DECODE_TREE_NAMES_H
#define FASTSYNC_DECODE_TREE_NAMES_H

#include "base/mem.h"
#include "row.h"

enum { TREE_NAMES = 16384 }; /* as many columns as a workbook has */

/* Zero-initialised is empty. */
struct tree_names {
    struct value *all;
    unsigned count, cap;
    unsigned *slots; /* places, plus 1, by hash */
    unsigned size;   /* of slots: a power of two, at most half full */
    struct arena arena;
};

/* The place of the name, or -1. */
int tree_names_find(const struct tree_names *names, const char *text,
                    size_t len);
/* The same; one that was not met before is added. -1: there are TREE_NAMES. */
int tree_names_add(struct tree_names *names, const char *text, size_t len);
/* Only the first `count` were met: the row that brought more is none. */
void tree_names_drop(struct tree_names *names, unsigned count);
void tree_names_release(struct tree_names *names);

#endif
