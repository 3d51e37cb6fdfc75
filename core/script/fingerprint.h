/* fingerprint.h: a Lua value as a number of 64 bits: equal ones have the same,
 * and others, as good as surely, another one. */
#ifndef FASTSYNC_SCRIPT_FINGERPRINT_H
#define FASTSYNC_SCRIPT_FINGERPRINT_H

#include <lua.h>
#include <stdint.h>

/* Of the value at a stack index. Texts go by what they say, as an address may
 * be another text's by now; of long ones that is their ends and their length.
 */
uint64_t fingerprint_of(lua_State *L, int at);
/* Of two in this order. */
uint64_t fingerprint_mix(uint64_t a, uint64_t b);

#endif
