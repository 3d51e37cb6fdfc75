/* steps.h: what a compiled pattern is made of. For pattern.c and compile.c
 * alone. */
#ifndef FASTSYNC_BIND_STRING_STEPS_H
#define FASTSYNC_BIND_STRING_STEPS_H

#include "pattern.h"

enum kind {
    KIND_END,
    KIND_SINGLE,
    KIND_OPEN,
    KIND_PLACE, /* () */
    KIND_CLOSE,
    KIND_BALANCED, /* %bxy */
    KIND_FRONTIER, /* %f[set] */
    KIND_BACK,     /* %1 */
    KIND_TAIL,     /* final $ */
};

struct step {
    unsigned char kind;
    unsigned char repeat;  /* '\0', '?', '*', '+' or '-' */
    unsigned char x, y;    /* of %bxy; x: the capture of %1 */
    unsigned char letters; /* enum letters: what its set makes of them */
    uint32_t set[8];
};

struct pattern {
    bool anchored;
    bool letters_only; /* all its classes are for letters alone */
    unsigned count;
    struct step steps[];
};

#endif
