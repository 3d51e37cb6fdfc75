/* handle.h: a lookup as Lua holds it: a userdata whose metatable stands in the
 * registry. */
#ifndef FASTSYNC_PLAN_LOOKUP_HANDLE_H
#define FASTSYNC_PLAN_LOOKUP_HANDLE_H

#include <lua.h>

#include "lookup.h"

struct lookup_handle {
    struct lookup *lookup;   /* NULL: not made yet; owned by its set */
    struct lookup_said said; /* while it is being made */
};

/* The registry's key of the metatable. */
extern const char lookup_metatable;

/* The lookup at `at`, or NULL where there is none. */
struct lookup *lookup_read(lua_State *L, int at);

#endif
