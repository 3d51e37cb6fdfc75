/* answerless.h: does a function of `fields` or `where` never answer?
 *
 * A `return` that was forgotten leaves the field blank, or skips the row, for
 * all rows. Whoever answers for some rows only has a `return` with a value; a
 * function that may refuse a row or warn of it has another purpose. (What `map`
 * answers is seen row by row.) */
#ifndef FASTSYNC_SCRIPT_ANSWERLESS_H
#define FASTSYNC_SCRIPT_ANSWERLESS_H

#include "state.h"

/* Pushes what is wrong, with script and line in front: true. False: nothing is
 * (or the compiled functions cannot be read); pushes nothing. Raises. */
bool script_answerless(lua_State *L, const struct use *use);

#endif
