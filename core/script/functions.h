/* functions.h: the functions of a mapping, and what is known of a function
 * that a script has written. In a protected call, for all raise. */
#ifndef FASTSYNC_SCRIPT_FUNCTIONS_H
#define FASTSYNC_SCRIPT_FUNCTIONS_H

#include "bytecode.h"
#include "state.h"

/* What is wrong with keeping something from row to row, and what to do
 * instead: the end of a message. */
extern const char script_keeping[];

/* Pushes a list of the functions that run for each row, or nil: none. */
bool script_functions(lua_State *L, const struct use *use);
/* Did a script write the function at stack index `at`? Library functions and C
 * functions keep nothing from row to row. */
bool script_is_own(lua_State *L, int at);
/* Visits what the function at `at` does with its variables (bytecode.h); false
 * where it cannot be known. The host's scratch is used. */
bool script_uses(lua_State *L, int at, bytecode_visit *visit, void *owner);
/* Pushes "khach-hang.lua:12" for a line of the function at `at`; 0: where it
 * begins. */
const char *script_place(lua_State *L, int at, int line);

#endif
