/* assigned.h: does a function of the mapping write to what was there before
 * the row?
 *
 * Rows are mapped by several threads, each with a state of its own: what one
 * row leaves for the next would depend on which thread had which row. So it is
 * looked for in the compiled functions: those of the mapping, and those that
 * they can reach, by a variable or by a name in a table. What cannot be seen
 * there is found by comparing (kept.h). */
#ifndef FASTSYNC_SCRIPT_ASSIGNED_H
#define FASTSYNC_SCRIPT_ASSIGNED_H

#include "state.h"

/* Pushes what is wrong, with script and line in front: true. False: nothing is
 * (or the compiled functions cannot be read); pushes nothing. Raises. */
bool script_assigned(lua_State *L, const struct use *use);

#endif
