/* thread.c: pthread_create answers its errno instead of setting it. EAGAIN is
 * the one that happens: a limit on processes, of the user or of the container,
 * or no memory for a stack. */
#include "thread.h"

#include <string.h>

bool thread_start(pthread_t *thread, void *(*body)(void *), void *argument,
                  struct err *err)
{
    int reason = pthread_create(thread, NULL, body, argument);
    return reason == 0 ||
           err_set(err, EXIT_FAULT, "no thread can be started: %s; %s",
                   strerror(reason), THREAD_HINT);
}
