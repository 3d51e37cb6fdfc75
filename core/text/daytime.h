/* daytime.h: a time of day, as it stands after a date. For text/. Pure; any
 * thread. */
#ifndef FASTSYNC_TEXT_DAYTIME_H
#define FASTSYNC_TEXT_DAYTIME_H

#include <stdbool.h>

enum { DAYTIME_DAY = 24 * 60 };

struct daytime {
    bool time;   /* there is one */
    int minutes; /* of it, since midnight */
    bool zoned;  /* it says in which time zone */
    int zone;    /* that many minutes east of Greenwich */
};

/* Reads all from `at` to `end`: nothing at all, or a blank or T and a time
 * ("8:30", "17:00:00.000", "T170000", "8:30 PM", "8:30 CH"), and a time zone
 * ("Z", "+07:00", "+0700", "-5", "GMT+7"). Answers NULL, or what is wrong. */
const char *daytime_read(struct daytime *daytime, const char *at,
                         const char *end);
/* A time zone alone, all from `at` to `end`; false: it is none. */
bool daytime_zone(const char *at, const char *end, int *minutes);

#endif
