/* moment.c: the day goes by the calendar (base/clock.h). */
#include "moment.h"

#include <stdio.h>

#include "base/clock.h"

enum { DAY_SECONDS = 86400, HOUR = 3600, MINUTE = 60 };

static int put_day(uint32_t julian, char text[DBF_MOMENT_TEXT])
{
    enum { TO_1970 = 2440588, LAST = 5373484 };
    struct date date = clock_date((int64_t)julian - TO_1970);
    if (julian > LAST || date.year < 0)
        return 0;
    return snprintf(text, DBF_MOMENT_TEXT, "%04d-%02d-%02d", date.year,
                    date.month, date.day);
}

size_t dbf_moment(uint32_t julian, uint32_t thousandths,
                  char text[DBF_MOMENT_TEXT])
{
    uint32_t seconds = thousandths / 1000 + (thousandths % 1000 >= 500);
    int len = put_day(julian + (seconds == DAY_SECONDS), text);
    if (seconds > DAY_SECONDS || len == 0)
        return 0;
    if (seconds > 0 && seconds < DAY_SECONDS)
        len += snprintf(text + len, DBF_MOMENT_TEXT - (size_t)len,
                        "T%02u:%02u:%02u", (unsigned)(seconds / HOUR),
                        (unsigned)(seconds / MINUTE % 60),
                        (unsigned)(seconds % MINUTE));
    return (size_t)len;
}
