/* doubt.h: warnings about answers of Lua's own string functions, which know
 * bytes and not letters. */
#ifndef FASTSYNC_BIND_STRING_DOUBT_H
#define FASTSYNC_BIND_STRING_DOUBT_H

#include "bind/bind.h"
#include "letters.h"

/* Who has answered. */
enum string_doubt {
    DOUBT_LEN,
    DOUBT_SUB,
    DOUBT_BYTE,
    DOUBT_REVERSE,
    DOUBT_FORMAT,
    DOUBT_CUT, /* patterns, as enum letters_doubt */
    DOUBT_STOPPED,
    DOUBT_TAKEN,
};

/* Does anybody hear of it? */
static inline bool doubt_heard(lua_State *L)
{
    return host_of(L)->warnings != NULL;
}

/* Warns, once for each line of the script and row. A text that is no UTF-8 is
 * none, and nothing is doubtful about its bytes. */
void string_doubt(lua_State *L, enum string_doubt doubt, const char *text,
                  size_t len);
/* What is doubtful about a search, and what to write instead; NULL: nothing. */
const char *doubt_of_pattern(enum letters_doubt doubt);

#endif
