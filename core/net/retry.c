/* retry.c: SplitMix64 for chance, and a doubling bound. */
#include "retry.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

/* SplitMix64: one word of state, and 53 bits of each number are a double. */
double retry_chance(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

/* The bound doubles with every attempt, and chance picks below it; what the
 * server asks for is a minimum. */
double retry_delay(unsigned attempt, double asked, uint64_t *state)
{
    double bound = RETRY_FIRST;
    for (unsigned i = 1; i < attempt && bound < RETRY_MAX; i++)
        bound *= 2;
    if (bound > RETRY_MAX)
        bound = RETRY_MAX;
    double delay = bound * retry_chance(state);
    return delay > asked ? delay : asked;
}

/* The last try stands at the very end of the time that is given, so that a
 * server that comes back in its last second is still met. */
double retry_due(double now, double end, unsigned attempt, double asked,
                 uint64_t *state)
{
    double due = now + retry_delay(attempt, asked, state);
    if (due <= end)
        return due;
    return now < end && now + asked <= end ? end : -1;
}

/* Both forms that HTTP has: a count of seconds, or a date. */
double retry_after(const char *value, const char *date, time_t now)
{
    if (value == NULL)
        return -1;
    value += strspn(value, " \t");
    size_t digits = strspn(value, "0123456789");
    if (digits > 0 && value[digits + strspn(value + digits, " \t\r\n")] == '\0')
        return strtod(value, NULL);
    time_t then = curl_getdate(value, NULL);
    if (then == (time_t)-1)
        return -1;
    time_t said = date ? curl_getdate(date, NULL) : (time_t)-1;
    double wait = difftime(then, said == (time_t)-1 ? now : said);
    return wait > 0 ? wait : 0;
}
