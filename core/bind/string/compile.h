/* compile.h: a Lua pattern's text to the steps that are matched. Pure; any
 * thread. */
#ifndef FASTSYNC_BIND_STRING_COMPILE_H
#define FASTSYNC_BIND_STRING_COMPILE_H

#include <stddef.h>

struct pattern;

/* Bytes that a pattern of `len` bytes needs at most. */
size_t pattern_size(size_t len);
/* Compiles into `pattern`. Answers NULL, or what is malformed. */
const char *pattern_compile(struct pattern *pattern, const char *text,
                            size_t len);

#endif
