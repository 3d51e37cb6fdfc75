/* age.c: the largest unit that is there twice. */
#include "age.h"

#include <string.h>
#include <time.h>

#include "server/auth.h"

void age_print(const char *stamp, struct buf *out)
{
    static const struct {
        double seconds;
        const char *name;
    } units[] = {
        {86400, "days"}, {3600, "hours"}, {60, "minutes"}, {1, "seconds"}};
    time_t then = auth_time(stamp, strlen(stamp));
    double age = difftime(time(NULL), then);
    if (then == (time_t)-1) {
        buf_puts(out, "at some time");
        return;
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        /* "1 days ago" is not said; 25 hours are "25 hours ago". */
        if (age >= 2 * units[i].seconds) {
            /* Rounded down, since %.0f rounds to the nearest: nothing is
             * older than it is. */
            buf_addf(out, "%.0f %s ago", age / units[i].seconds - 0.49,
                     units[i].name);
            return;
        }
    /* The journal was written by this machine's own clock. */
    buf_puts(out, age < -60 ? "in the future: a clock has jumped" : "just now");
}
