/* lookup.h: `fast.lookup { source = …, key = … }`: rows of another file, found
 * by their key.
 *
 * All lookups of a script stand in one set. The first state that loads the
 * script adds them, and says which columns of each are used; before the first
 * row they are read, on the main thread; from then on they change no more, and
 * all states ask them, from any thread. Further states find them by their
 * order in the script. A set outlives its states.
 *
 * Keys are texts: of cells as a column has them, in NFC and without white space
 * at their ends, numbers as the text that a field would show. */
#ifndef FASTSYNC_PLAN_LOOKUP_LOOKUP_H
#define FASTSYNC_PLAN_LOOKUP_LOOKUP_H

#include "decode/spec.h"
#include "text/text.h"

struct lookup;
struct lookups;

/* What becomes of a key that comes again with other cells; with the same ones
 * it is no matter. */
enum lookup_again {
    AGAIN_REJECT, /* who asks for it is refused */
    AGAIN_FIRST,
    AGAIN_LAST,
    AGAIN_REFUSE, /* the run ends */
};

/* What an expression answers for a key that is not there, where it names
 * nothing itself. */
enum lookup_missing { MISSING_REJECT, MISSING_WARN, MISSING_BLANK };

enum { LOOKUP_KEYS = 8, LOOKUPS_MAX = 1000 };
#define LOOKUP_BYTES (UINT64_C(2) << 30) /* of all lookups, unless said */

/* What a script says of one. The specs' memory is handed over where it is new
 * (lookups_add). */
struct lookup_said {
    const char *script; /* as messages begin */
    int line;
    struct spec *sources;
    unsigned source_count;
    struct value keys[LOOKUP_KEYS]; /* names of columns */
    unsigned key_count;
    enum lookup_again again;
    enum lookup_missing missing;
    bool any_case; /* letter case does not count in keys */
    bool listed;   /* `columns` names all that functions may see */
};

/* `bytes`: what all of them may hold together. */
struct lookups *lookups_new(uint64_t bytes);
void lookups_free(struct lookups *lookups); /* NULL is allowed */
/* The script's lookup of that number, from 0, made where it is not there yet.
 * NULL: EXIT_SCRIPT, it was another one when the script was loaded before. In
 * any case the specs are the set's, and void. */
struct lookup *lookups_add(struct lookups *lookups, unsigned number,
                           struct lookup_said *said, struct err *err);
/* Functions may ask for any column of those that say not which. */
void lookups_whole(struct lookups *lookups);
/* Reads those that were not read yet. Errors are EXIT_INPUT with file and
 * place, EXIT_SCRIPT for columns that are not there and what is too large. */
bool lookups_load(struct lookups *lookups, struct err *err);

/* How messages call it: its file. */
const char *lookup_path(const struct lookup *lookup);
/* The number of a column of that name, from 0; before it is read it is noted
 * as used, for `line` of the script. LOOKUP_NONE: it was read without it. */
enum { LOOKUP_NONE = UINT32_MAX };
uint32_t lookup_column(struct lookup *lookup, const struct value *name,
                       int line);
/* The same of one that was read; any thread. */
uint32_t lookup_find_column(const struct lookup *lookup, const char *name,
                            size_t len);

/* Of one that was read. */
bool lookup_ready(const struct lookup *lookup);
uint64_t lookup_count(const struct lookup *lookup); /* of keys */
unsigned lookup_columns(const struct lookup *lookup);
const char *lookup_name(const struct lookup *lookup, uint32_t column,
                        size_t *len);
/* The column nearest to that name, or NULL: for "did you mean". */
const char *lookup_nearest(const struct lookup *lookup, const char *name,
                           size_t len);

enum looked { LOOKED_FOUND, LOOKED_MISSING, LOOKED_BLANK, LOOKED_REFUSED };

/* What was found: cells one after the other (lookup_cell). */
struct looked_up {
    const char *cells;
    struct value key;
};

/* The row of a key: a text or number, or a list of as many as it has columns.
 * BLANK: the key is. REFUSED: call->reason. */
enum looked lookup_row(const struct lookup *lookup, struct text_call *call,
                       const struct value *key, struct looked_up *found);
/* The next of its cells, from column 0 on. Borrowed from the lookup. */
struct value lookup_cell(struct looked_up *found);
/* text_rows.find: a column of a row, for `lookup`. */
bool lookup_find(const struct text_rows *rows, struct text_call *call,
                 const struct value *key, const struct value *otherwise,
                 struct value *answer);

#endif
