/* names.h: the names that rows bring with them, in the order in which they were
 * met first: the columns of an input that has no header.
 *
 * Numbered from 0; a bounded number of them. Names are kept as the input spells
 * them; columns_name makes columns of them. One owner. */
#ifndef FASTSYNC_DECODE_TREE_NAMES_H
#define FASTSYNC_DECODE_TREE_NAMES_H

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "row.h"

enum { TREE_NAMES = 16384 }; /* as many columns as a workbook has */

/* Zero-initialised is empty. */
struct tree_names {
    struct value *all;
    unsigned count, cap;
    unsigned *slots; /* places, plus 1, by hash */
    unsigned size;   /* of slots: a power of two, at most half full */
    unsigned apart;  /* the place, plus 1, of one that is not looked for */
    struct arena arena;
};

/* The place of the name, or -1. */
int tree_names_find(const struct tree_names *names, const char *text,
                    size_t len);
/* The same; one that was not met before is added. -1: there are TREE_NAMES. */
int tree_names_add(struct tree_names *names, const char *text, size_t len);
/* Adds the name of a column that is none of the rows' own: it is not found, and
 * one of theirs may be spelt like it. Once. */
int tree_names_add_apart(struct tree_names *names, const char *text);
void tree_names_release(struct tree_names *names);

/* Is the name what stands there, of at least its length? */
static inline bool tree_names_same(const struct value *name, const char *text)
{
    const char *own = name->text;
    size_t len = name->len;
    uint64_t a, b, other = 0;
    if (len < sizeof a)
        return memcmp(own, text, len) == 0;
    for (size_t at = 0;; at += sizeof a) {
        at = at + sizeof a > len ? len - sizeof a : at; /* halves overlap */
        memcpy(&a, own + at, sizeof a);
        memcpy(&b, text + at, sizeof b);
        other |= a ^ b;
        if (at + sizeof a == len)
            return other == 0;
    }
}

#endif
