/* claims.h: the parts that this process writes now, so that none of them stays
 * empty where the process ends at once. Any thread. */
#ifndef FASTSYNC_REJECTS_CLAIMS_H
#define FASTSYNC_REJECTS_CLAIMS_H

#include <stdbool.h>

/* Is what is open as `fd` what stands at that path? Whoever had the lock before
 * may have given the file its name since. */
bool claims_stands(int fd, const char *path);
/* The part is open, and locked. */
void claims_note(const char *part, int fd);
/* Closes a part, or what it has become: the end of its lock. False: errno. */
bool claims_let_go(int fd);
/* The process ends at once: parts that nothing stands in go. */
void claims_abandon(void);

#endif
