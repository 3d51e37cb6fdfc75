/* holds.h: ck_assert for what is looked at millions of times. Each of Check's
 * own asserts that holds is written to a file, so that a crash has a place: a
 * write of the system's, which takes longer than what is tested. */
#ifndef FASTSYNC_TESTS_HOLDS_H
#define FASTSYNC_TESTS_HOLDS_H

#include <check.h>

#define HOLDS(condition) HOLDS_SAYING(condition, "%s", #condition)

#define HOLDS_SAYING(condition, ...)                                           \
    do {                                                                       \
        if (!(condition))                                                      \
            ck_abort_msg(__VA_ARGS__);                                         \
    } while (0)

#endif
