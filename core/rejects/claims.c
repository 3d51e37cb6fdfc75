/* claims.c: a list under a lock. While a part is in it, its lock is held, so
 * that nobody else has a file under its name. */
#include "claims.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

enum { CLAIMS_MOST = 256 }; /* a run has few; the rest are not tidied */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned count;
static struct {
    char *part;
    int fd;
} claims[CLAIMS_MOST];

bool claims_stands(int fd, const char *path)
{
    struct stat one, other;
    return fstat(fd, &one) == 0 && lstat(path, &other) == 0 &&
           one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

void claims_note(const char *part, int fd)
{
    pthread_mutex_lock(&lock);
    if (count < CLAIMS_MOST) {
        claims[count].part = mem_text(part);
        claims[count++].fd = fd;
    }
    pthread_mutex_unlock(&lock);
}

bool claims_let_go(int fd)
{
    pthread_mutex_lock(&lock);
    for (unsigned i = 0; i < count; i++)
        if (claims[i].fd == fd) {
            free(claims[i].part);
            claims[i] = claims[--count];
            break;
        }
    pthread_mutex_unlock(&lock);
    return close(fd) == 0;
}

void claims_abandon(void)
{
    struct stat status;
    pthread_mutex_lock(&lock);
    for (unsigned i = 0; i < count; i++)
        if (fstat(claims[i].fd, &status) == 0 && status.st_size == 0 &&
            claims_stands(claims[i].fd, claims[i].part))
            remove(claims[i].part);
    pthread_mutex_unlock(&lock);
}
