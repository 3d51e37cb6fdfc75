/* kept.h: was something changed that was there before the first row?
 *
 * Not all that a function writes to can be seen in it (assigned.h): so the
 * variables of the mapping's functions, and the tables that can be reached from
 * them and from the files that were required, are looked over once, after
 * `setup`, and again when a chunk is mapped and at the end. A number of 64 bits
 * is kept of each. Of large lookup tables the first KEPT_MAX entries are
 * looked at, the nearest tables first, and they are looked at again only after
 * so many rows that it costs next to nothing. One state, one thread. */
#ifndef FASTSYNC_SCRIPT_KEPT_H
#define FASTSYNC_SCRIPT_KEPT_H

#include "state.h"

enum { KEPT_MAX = 100000 };

/* Looks over the mapping in use. A lua_CFunction; its argument is the script,
 * as a pointer. Without functions, and where rows may leave something for the
 * next one, there is nothing to look at. */
int kept_begin(lua_State *L);
/* Is it time to look again, after so many rows more? */
bool kept_is_due(struct kept *kept, uint64_t rows);
/* Looks again: as kept_begin; raises, with script and line in front, where
 * something was changed. */
int kept_look(lua_State *L);
void kept_release(struct kept *kept);

#endif
