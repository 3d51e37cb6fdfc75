/* read.h: what a script returned, made into mappings; and their end. While the
 * script is opened, in a protected call. */
#ifndef FASTSYNC_SCRIPT_READ_H
#define FASTSYNC_SCRIPT_READ_H

#include "state.h"

/* Reads what the file returned, on top of the stack. Raises. */
void script_read(lua_State *L, struct script *script);
void script_release_use(struct use *use);

#endif
