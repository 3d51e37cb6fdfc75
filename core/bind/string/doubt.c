/* doubt.c: what is said where a string function of Lua's came upon letters.
 *
 * A loop over the bytes of a name would say it for each of them, so a line is
 * told of once for a row. It is told of for every row: which one comes first
 * depends on the number of threads. */
#include "doubt.h"

#include <stdlib.h>

#include "base/utf8.h"

static const char *const sayings[] = {
    [DOUBT_LEN] = "string.len counts bytes: fast.len counts characters",
    [DOUBT_SUB] = "string.sub cuts a character in two: fast.sub counts "
                  "characters, fast.truncate cuts between them",
    [DOUBT_BYTE] = "string.byte answers a part of a character: utf8.codepoint "
                   "answers all of it",
    [DOUBT_REVERSE] = "string.reverse takes characters apart: utf8.codes goes "
                      "through them",
    [DOUBT_FORMAT] = "string.format cuts a character in two: fast.truncate "
                     "cuts between them",
    [DOUBT_CUT] = "the pattern takes a part of a character: utf8.charpattern "
                  "takes all of it, fast.sub counts characters",
    [DOUBT_STOPPED] = "the pattern's class stops at a letter that is not "
                      "ASCII: [^%s%p%d] takes any letter, fast.ascii makes "
                      "them ASCII",
    [DOUBT_TAKEN] = "the pattern's class takes a letter that is not ASCII for "
                    "none: [%s%p] is what is no letter, fast.ascii makes them "
                    "ASCII",
};

const char *doubt_of_pattern(enum letters_doubt doubt)
{
    return doubt == LETTERS_SURE ? NULL
                                 : sayings[DOUBT_CUT + (doubt - LETTERS_CUT)];
}

/* Has this row's line been told of already? A full list tells of no more. */
static bool is_told(struct host *host, const char *where,
                    enum string_doubt doubt)
{
    struct host_doubts *doubts = &host->doubts;
    const char *colon = strrchr(where, ':');
    long line = colon != NULL ? strtol(colon + 1, NULL, 10) : 0;
    long place = line * (DOUBT_TAKEN + 1) + (long)doubt;
    if (doubts->serial != host->serial)
        *doubts = (struct host_doubts){.serial = host->serial};
    for (unsigned i = 0; i < doubts->count; i++)
        if (doubts->places[i] == place)
            return true;
    if (doubts->count == HOST_DOUBTS)
        return true;
    doubts->places[doubts->count++] = place;
    return false;
}

/* The library takes patterns to names as well, and knows what it does. */
static bool is_library(lua_State *L)
{
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "S", &ar);
        if (*ar.what != 'C')
            return ar.source[0] != '@';
    }
    return false;
}

void string_doubt(lua_State *L, enum string_doubt doubt, const char *text,
                  size_t len)
{
    struct host *host = host_of(L);
    char where[160];
    if (host->warnings == NULL || utf8_valid(text, len) < len || is_library(L))
        return;
    budget_where(L, where, sizeof where);
    if (is_told(host, where, doubt))
        return;
    struct value value = value_text(text, len);
    warn(host->warnings, WARNING_TEXT, NULL, &value, "%s: %s", where,
         sayings[doubt]);
}
