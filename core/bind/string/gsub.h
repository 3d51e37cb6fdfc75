/* gsub.h: string.gsub, counted against the budget. */
#ifndef FASTSYNC_BIND_STRING_GSUB_H
#define FASTSYNC_BIND_STRING_GSUB_H

#include <lua.h>

int string_gsub(lua_State *L); /* a lua_CFunction */

#endif
