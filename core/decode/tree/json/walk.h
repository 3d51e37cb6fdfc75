/* walk.h: where in a JSON text the rows are: outside of them, token by token.
 *
 * A path says which value is meant: names of members, one in the other, and `*`
 * for each part of a list or an object. Where an array stands there, its parts
 * are the rows; null under a name is as an empty array is; what else stands
 * there is a row itself, and has a name where `*` is what the path ends with
 * and the row a member of an object. What lies outside is checked here, as
 * nobody else will see it. The reader's. */
#ifndef FASTSYNC_DECODE_TREE_JSON_WALK_H
#define FASTSYNC_DECODE_TREE_JSON_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "value.h"

enum { WALK_STEPS = 32 }; /* of a path, at most */

/* NULL-terminated would not do: names may hold anything. */
struct walk_path {
    struct value steps[WALK_STEPS];
    unsigned count;
};

enum walk_found {
    WALK_MORE,  /* nothing yet: more text is wanted */
    WALK_ROWS,  /* an array of rows, whose bracket has been taken */
    WALK_ROW,   /* an object that is a row, whose bracket has not been taken */
    WALK_VALUE, /* a row that has no parts, walk->len bytes long */
                /* of both, walk->lead bytes in front are its name */
    WALK_END,   /* of the text */
    WALK_FAILED /* walk->error, where it stands */
};

struct walk {
    const struct walk_path *path;
    struct json_reader json;
    const char *error;
    size_t len;
    size_t lead;      /* bytes before a row that are its name and the colon */
    unsigned level;   /* values of the path that are open */
    unsigned skipped; /* others, in the innermost of them */
    uint64_t lists;   /* a bit a level: it is a list */
    uint64_t met;     /* a bit a level: the name that it is asked for was met */
    bool wanted;      /* the member's name is the path's next step */
    bool outside;     /* between two values of the text, */
    bool line_ended;  /* and a line has ended there */
    bool met_any;     /* something stood at the path */
};

/* May its rows have names? */
bool walk_names(const struct walk_path *path);
void walk_open(struct walk *walk, const struct walk_path *path);
/* Goes on from *at, and moves it. `final`: there is no more text. */
enum walk_found walk_next(struct walk *walk, const char *text, size_t len,
                          size_t *at, bool final);
/* Takes the bracket at *at that closes what walk_next found: rows or a row. */
bool walk_leave(struct walk *walk, const char *text, size_t len, size_t *at);
void walk_close(struct walk *walk);

#endif
