/* moment.c: the Gregorian calendar; its years begin in March, so that leap days
 * stand at their ends. */
#include "moment.h"

#include <stdio.h>

enum { DAY_SECONDS = 86400, HOUR = 3600, MINUTE = 60 };

static int put_day(uint32_t julian, char text[DBF_MOMENT_TEXT])
{
    enum { MARCH_0000 = 1721120, ERA = 146097, LAST = 5373484 };
    if (julian < MARCH_0000 || julian > LAST)
        return 0;
    uint32_t days = julian - MARCH_0000, era = days / ERA, of_era = days % ERA;
    uint32_t year =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    uint32_t of_year = of_era - (365 * year + year / 4 - year / 100);
    uint32_t month = (5 * of_year + 2) / 153;
    uint32_t day = of_year - (153 * month + 2) / 5 + 1;
    year += era * 400 + (month >= 10);
    return snprintf(text, DBF_MOMENT_TEXT, "%04u-%02u-%02u", (unsigned)year,
                    (unsigned)(month < 10 ? month + 3 : month - 9),
                    (unsigned)day);
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
