/* paint.c: five paints, and who may have them. */
#include "paint.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool coloured[STDERR_FILENO + 1];

static const char *const paints[] = {
    [PAINT_NONE] = "",          [PAINT_GOOD] = "\033[32m",
    [PAINT_DOUBT] = "\033[33m", [PAINT_BAD] = "\033[1;31m",
    [PAINT_DIM] = "\033[2m",
};

void paint_setup(enum paint_when when)
{
    const char *term = getenv("TERM");
    /* NO_COLOR is a convention of many programs: set to anything, it asks for
     * none. */
    const char *no_color = getenv("NO_COLOR");
    bool refused = (term != NULL && strcmp(term, "dumb") == 0) ||
                   (no_color != NULL && *no_color != '\0');
    for (int i = STDOUT_FILENO; i <= STDERR_FILENO; i++)
        coloured[i] = when == PAINT_ALWAYS ||
                      (when == PAINT_AUTO && !refused && isatty(i) == 1);
}

const char *paint_on(int descriptor, enum paint paint)
{
    return coloured[descriptor] ? paints[paint] : "";
}

const char *paint_off(int descriptor, enum paint paint)
{
    return coloured[descriptor] && paint != PAINT_NONE ? "\033[0m" : "";
}
