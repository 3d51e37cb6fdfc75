/* bytecode.h: what a compiled Lua function does with the variables that it has
 * from outside, read from what lua_dump writes of it.
 *
 * The public interface of Lua shows which variables there are and not what is
 * done with them; a dump does. Its format is that of Lua 5.4, and is read only
 * where its head says just that: everything else is not understood, and the
 * caller does without. Functions within the function are read as well: what
 * they have from it are locals of its call, unless it has it from outside
 * itself. Pure. */
#ifndef FASTSYNC_SCRIPT_BYTECODE_H
#define FASTSYNC_SCRIPT_BYTECODE_H

#include <stdbool.h>
#include <stddef.h>

enum use_kind {
    USE_READ,   /* the variable is looked at */
    USE_ASSIGN, /* it gets another value */
    USE_CHANGE, /* the table in it is written to */
    USE_INNER,  /* a table inside of that table is */
    USE_NAME,   /* no variable: a text that stands in the function */
    USE_ANSWER, /* nor here: the function itself returns a value */
};

struct bytecode_use {
    enum use_kind kind;
    int upvalue;      /* of the function, from 1; USE_NAME, USE_ANSWER: 0 */
    int line;         /* of the file; USE_NAME: 0 */
    const char *text; /* the text; else the name that was looked up in the */
    size_t len;       /* variable, or NULL */
};

/* `text` points into the dump. May raise a Lua error: nothing is held. */
typedef void bytecode_visit(void *owner, const struct bytecode_use *use);

/* False: not understood; what was visited by then means nothing. */
bool bytecode_read(const void *dump, size_t len, bytecode_visit *visit,
                   void *owner);

#endif
