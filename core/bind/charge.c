/* charge.c: library functions that walk through a text in C, charged for it.
 *
 * No hook runs in them, and a loop around one with a long text would last for
 * hours within any budget of instructions; so would one call of what takes any
 * number of numbers, as a text may stand for each. */
#include "bind.h"

enum { BYTES_A_STEP = 16 };

/* Upvalue: the library's own function, which has none. */
static int call_charged(lua_State *L)
{
    size_t bytes = 0;
    for (int i = lua_gettop(L); i > 0; i--)
        if (lua_type(L, i) == LUA_TSTRING)
            bytes += lua_rawlen(L, i);
    if (bytes >= BYTES_A_STEP)
        budget_charge(L, bytes / BYTES_A_STEP);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void charge_texts(lua_State *L, const char *const *names)
{
    for (; *names != NULL; names++) {
        lua_getfield(L, -1, *names);
        lua_pushcclosure(L, call_charged, 1);
        lua_setfield(L, -2, *names);
    }
}
