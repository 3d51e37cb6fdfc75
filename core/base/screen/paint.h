/* paint.h: colour, where it may be: on a terminal, unless NO_COLOR or TERM=dumb
 * says no, or where it is asked for. What is not painted has no escapes at all.
 * Set up once, before threads start; then any thread. */
#ifndef FASTSYNC_PAINT_H
#define FASTSYNC_PAINT_H

enum paint { PAINT_NONE, PAINT_GOOD, PAINT_DOUBT, PAINT_BAD, PAINT_DIM };
enum paint_when { PAINT_AUTO, PAINT_ALWAYS, PAINT_NEVER };

void paint_setup(enum paint_when when);
/* What stands before and after painted text on standard output or error (their
 * descriptor); "" where nothing is painted. */
const char *paint_on(int descriptor, enum paint paint);
const char *paint_off(int descriptor, enum paint paint);

#endif
