/* embed.h: the Lua library that travels inside the program.
 *
 * The build turns lua/ into one table of texts. With the environment variable
 * FASTSYNC_LUA=dir files are read from that folder instead, so that the
 * library can be changed without building. Chunks are named "=lua/" and the
 * file's name. Any thread. */
#ifndef FASTSYNC_EMBED_H
#define FASTSYNC_EMBED_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"

struct embedded {
    const char *name; /* "fastsync/init.lua", relative to lua/ */
    const char *text; /* ends in NUL */
    size_t len;
};

/* Made by the build; ends with name NULL. */
extern const struct embedded embedded_files[];

/* Finds a file; what it answers lives as long as the process. False and
 * EXIT_FAULT when there is none. */
bool embedded_find(const char *name, struct embedded *file, struct err *err);

#endif
