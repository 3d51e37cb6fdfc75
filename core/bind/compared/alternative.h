/* alternative.h: an `or` that comes after an expression, in the words of a
 * mapping: after a call of `col` and its methods, or after a local variable
 * that begins as one. (Any other name may be nil, as what a library was given.)
 */
#ifndef FASTSYNC_BIND_COMPARED_ALTERNATIVE_H
#define FASTSYNC_BIND_COMPARED_ALTERNATIVE_H

#include "scan.h"

enum { PARTS = 3, NAME_MAX_LEN = 60 };

enum why { COMPARED, AFTER_COLUMN, AFTER_NAME };

/* `a.b == "x"`, `a.col "x" or`: the names, and where the operator stands. */
struct found {
    int line;
    enum why why;
    unsigned parts; /* 0: none */
    char names[PARTS][NAME_MAX_LEN + 1];
};

enum { LEVELS = 60, BEGUN_MAX = 64 };

/* Between brackets. */
struct level {
    enum { GROUP, COLUMN, METHOD, OTHER_CALL } opened;
    bool held;           /* an expression that `col` made was just read */
    bool chosen;         /* after `and`: it may not be taken */
    struct found column; /* by that name */
};

struct alternative {
    struct level levels[LEVELS];
    unsigned level;
    struct token begun[BEGUN_MAX]; /* `local name = col` */
    unsigned begun_count;
    struct token before[2]; /* the last names before a `=` */
};

/* The next token; `last` is the one before, `chain` the names that stand just
 * before it. What the `or` comes after, or NULL. */
const struct found *alternative_look(struct alternative *at,
                                     const struct token *token,
                                     const struct token *last,
                                     const struct found *chain);

#endif
