/* search.h: what the string functions share: a search, charged to the budget,
 * and its captures.
 *
 * A compiled pattern is a userdata, so the collector owns it while a callback
 * of gsub runs; the ones in use are kept in a table by their text. */
#ifndef FASTSYNC_BIND_STRING_SEARCH_H
#define FASTSYNC_BIND_STRING_SEARCH_H

#include "bind/bind.h"
#include "pattern.h"

/* Pushes the compiled form of the string at `at`. Raises. */
const struct pattern *search_pattern(lua_State *L, int at);
/* Looks for it from a place of the match's subject on, or there alone. What
 * the search used is charged; what went wrong raises. */
bool search_from(lua_State *L, const struct pattern *pattern,
                 struct match *match, const char *from);
bool search_at(lua_State *L, const struct pattern *pattern, struct match *match,
               const char *from);
/* Pushes capture i (0: the first one, or the match where there is none). */
void search_push_capture(lua_State *L, const struct match *match, unsigned i);
/* Pushes all; where there are none, the whole match (if wanted). */
int search_push_captures(lua_State *L, const struct match *match, bool whole);
#endif
