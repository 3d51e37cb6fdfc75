/* own.h: functions of Lua's own library that are looked at, and those that
 * know all letters. */
#ifndef FASTSYNC_BIND_STRING_OWN_H
#define FASTSYNC_BIND_STRING_OWN_H

#include <lua.h>

/* Puts them into the library on top of the stack. */
void own_open(lua_State *L);

#endif
