/* pace.c: additive increase, multiplicative decrease, and a circuit. */
#include "pace.h"

void pace_init(struct pace *pace, uint64_t rate, unsigned max)
{
    *pace = (struct pace){.rate = rate, .max = max, .window = max};
}

bool pace_lets(const struct pace *pace, double now, unsigned flying, double end)
{
    if (now < pace->free_at || flying >= (unsigned)pace->window)
        return false;
    return !pace_is_open(pace) || now >= end ||
           (now >= pace->closed_at && !pace->trying);
}

double pace_next(const struct pace *pace, double due, double end)
{
    double let = pace->closed_at < end ? pace->closed_at : end;
    if (due < let)
        due = let;
    return due < pace->free_at ? pace->free_at : due;
}

/* The next one goes when this one's records have had their time. */
void pace_sent(struct pace *pace, double now, uint32_t records)
{
    if (pace_is_open(pace))
        pace->trying = true;
    if (pace->rate == 0)
        return;
    if (pace->free_at < now)
        pace->free_at = now;
    pace->free_at += (double)records / (double)pace->rate;
}

bool pace_answered(struct pace *pace)
{
    bool was_open = pace_is_open(pace);
    pace->failures = pace->openings = 0;
    pace->closed_at = 0;
    pace->trying = false;
    pace->window += 1 / pace->window;
    if (pace->window > pace->max)
        pace->window = pace->max;
    return was_open;
}

/* What was sent before the window was halved tells nothing new. */
static void cut(struct pace *pace, double now, double sent)
{
    if (sent < pace->cut_at)
        return;
    pace->cut_at = now;
    pace->window = pace->window > 2 ? pace->window / 2 : 1;
}

static double pause_of(unsigned opening)
{
    double pause = PACE_PAUSE_FIRST;
    while (opening-- > 1 && pause < PACE_PAUSE_MAX)
        pause *= 2;
    return pause < PACE_PAUSE_MAX ? pause : PACE_PAUSE_MAX;
}

bool pace_failed(struct pace *pace, double now, double sent, bool pressed)
{
    unsigned enough =
        pace->max * 2 > PACE_FAILURES ? pace->max * 2 : PACE_FAILURES;
    bool tried = pace_is_open(pace) && pace->trying;
    pace->failures++;
    pace->trying = false;
    if (pressed)
        cut(pace, now, sent);
    if (pace_is_open(pace) ? !tried : pace->failures < enough)
        return false;
    pace->closed_at = now + pause_of(++pace->openings);
    pace->window = 1;
    return true;
}

void pace_asked(struct pace *pace, double until)
{
    if (pace->free_at < until)
        pace->free_at = until;
}
