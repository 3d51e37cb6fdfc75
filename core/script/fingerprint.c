/* fingerprint.c: tables and the like are told apart by their address, as they
 * stay as long as they are reached. */
#include "fingerprint.h"

#include <string.h>

#include "base/hash.h"

uint64_t fingerprint_mix(uint64_t a, uint64_t b)
{
    uint64_t x = (a ^ (b * 0x9E3779B97F4A7C15u)) + 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

/* The ends of a long text, and its length: it may stand there many times. */
static uint64_t number_of_text(const char *text, size_t len)
{
    enum { LONG = 2048, END = LONG / 2 };
    if (len <= LONG)
        return XXH3_64bits(text, len);
    return fingerprint_mix(fingerprint_mix(len, XXH3_64bits(text, END)),
                           XXH3_64bits(text + len - END, END));
}

uint64_t fingerprint_of(lua_State *L, int at)
{
    int type = lua_type(L, at);
    uint64_t bits = 0;
    size_t len;
    const char *text;
    lua_Number number;
    switch (type) {
    case LUA_TSTRING:
        text = lua_tolstring(L, at, &len);
        return number_of_text(text, len);
    case LUA_TBOOLEAN:
        bits = (uint64_t)lua_toboolean(L, at);
        break;
    case LUA_TNUMBER:
        if (lua_isinteger(L, at)) {
            bits = (uint64_t)lua_tointeger(L, at);
            break;
        }
        number = lua_tonumber(L, at);
        memcpy(&bits, &number, sizeof bits);
        type = LUA_NUMTYPES;
        break;
    default:
        bits = (uint64_t)(uintptr_t)lua_topointer(L, at);
    }
    return fingerprint_mix((uint64_t)type, bits);
}
