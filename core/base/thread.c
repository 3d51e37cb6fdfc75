/* thread.c: the one place where threads begin. */
#include "thread.h"

#include <string.h>

bool thread_start(pthread_t *thread, void *(*body)(void *), void *argument,
                  struct err *err)
{
    int code = pthread_create(thread, NULL, body, argument);
    return code == 0 ||
           err_set(err, EXIT_FAULT,
                   "a thread cannot be started: %s; take fewer --jobs, or "
                   "raise the limit on processes (ulimit -u)",
                   strerror(code));
}
