/* shim.c: a library, preloaded into the program, through which a test kills it,
 * fills its disk, and holds its clock.
 *
 * Everything is told by the environment:
 *
 * FAULT_PAGE    a file of 64 bytes, mapped and shared with the test: see page
 * FAULT_BELOW   a folder; writes to files below it, and the beginnings of
 *               requests on sockets, are events, and events are counted
 * FAULT_KILL    the number of the event at which the process is killed
 * FAULT_WHEN    before (default) or after that event
 * FAULT_ERRNO   ENOSPC or EIO: events on files whose name holds FAULT_FILES
 *               fail with it, from the FAULT_FROM-th of these on
 * FAULT_HALF    set: the first write that fails writes half of its bytes
 * FAULT_SAFE    a folder; every file that is synchronised is copied there, as
 *               it would be found after a power cut
 * FAULT_CLOCK   set: time is real time and page.offset, and a poll that has a
 *               time-out moves the offset on instead of waiting
 * FAULT_THREAD  N: the N-th thread cannot be started (EAGAIN)
 * FAULT_JUMP    N:SECONDS[,N:SECONDS]: with the N-th request the wall clock
 *               jumps by so much; the monotonic clock goes on
 *
 * SQLite and the program write through pwrite64, write, ftruncate, fsync and
 * their like, libcurl through send; all of them are found here first. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

/* Shared with the test; shim.py knows the same layout. */
struct page {
    int64_t offset; /* nanoseconds that simulated time is ahead */
    int64_t events; /* so far */
    int64_t failed; /* events that were made to fail */
    int64_t sent;   /* requests that were begun */
    int64_t jumped; /* nanoseconds that the wall clock has jumped */
    int64_t suited; /* events on files that FAULT_FILES names */
};

enum { SECOND = 1000000000, MS = 1000000, JUMPS = 8 };

static struct page own, *page = &own;
static char below[PATH_MAX];
static const char *files, *safe;
static int64_t kill_at, fail_from, fail_thread;
static int64_t threads; /* so far */
static bool kill_after, half, simulated;
static int fail_with;
static int64_t jump_at[JUMPS], jump_by[JUMPS];

#define REAL(name)                                                             \
    static __typeof__(name) *real;                                             \
    if (real == NULL)                                                          \
    *(void **)&real = dlsym(RTLD_NEXT, #name)

static int64_t number(const char *name)
{
    const char *text = getenv(name);
    return text ? strtoll(text, NULL, 10) : 0;
}

static void read_jumps(const char *text)
{
    for (int i = 0; text != NULL && *text != '\0' && i < JUMPS; i++) {
        char *end;
        jump_at[i] = strtoll(text, &end, 10);
        jump_by[i] = *end == ':' ? strtoll(end + 1, &end, 10) * SECOND : 0;
        text = *end == ',' ? end + 1 : NULL;
    }
}

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("FAULT_PAGE"), *text;
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (fd >= 0) {
        void *at = mmap(NULL, 64, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (at != MAP_FAILED)
            page = at;
        close(fd);
    }
    if ((text = getenv("FAULT_BELOW")) != NULL)
        snprintf(below, sizeof below, "%s", text);
    if ((text = getenv("FAULT_ERRNO")) != NULL)
        fail_with = strcmp(text, "EIO") == 0 ? EIO : ENOSPC;
    files = getenv("FAULT_FILES");
    safe = getenv("FAULT_SAFE");
    kill_at = number("FAULT_KILL");
    kill_after = (text = getenv("FAULT_WHEN")) != NULL && *text == 'a';
    fail_from = number("FAULT_FROM");
    fail_thread = number("FAULT_THREAD");
    half = getenv("FAULT_HALF") != NULL;
    simulated = getenv("FAULT_CLOCK") != NULL;
    read_jumps(getenv("FAULT_JUMP"));
}

/* Threads. */

int pthread_create(pthread_t *thread, const pthread_attr_t *how,
                   void *(*body)(void *), void *argument)
{
    REAL(pthread_create);
    if (__atomic_add_fetch(&threads, 1, __ATOMIC_RELAXED) == fail_thread)
        return EAGAIN;
    return real(thread, how, body, argument);
}

/* Events. */

static void die(void)
{
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;)
        pause();
}

/* Counts an event and answers its number; kills before it where that is due. */
static int64_t event(void)
{
    int64_t now = __atomic_add_fetch(&page->events, 1, __ATOMIC_SEQ_CST);
    if (now == kill_at && !kill_after)
        die();
    return now;
}

static void over(int64_t event)
{
    if (event != 0 && event == kill_at && kill_after)
        die();
}

/* A path's event: 0 where it is none of ours; -1: it is to fail. */
static int64_t path_event(const char *path)
{
    size_t len = strlen(below);
    if (len == 0 || strncmp(path, below, len) != 0)
        return 0;
    int64_t now = event();
    if (fail_with == 0 ||
        (files != NULL && strstr(path + len, files) == NULL) ||
        __atomic_add_fetch(&page->suited, 1, __ATOMIC_SEQ_CST) < fail_from)
        return now;
    __atomic_add_fetch(&page->failed, 1, __ATOMIC_SEQ_CST);
    return -1;
}

static bool path_of(int fd, char path[PATH_MAX])
{
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = below[0] ? readlink(link, path, PATH_MAX - 1) : -1;
    path[len > 0 ? len : 0] = '\0';
    return len > 0;
}

static int64_t file_event(int fd)
{
    char path[PATH_MAX];
    return path_of(fd, path) ? path_event(path) : 0;
}

/* Where the copy of a file of ours is; false: it has none. */
static bool safe_copy(const char *path, char copy[2 * PATH_MAX])
{
    size_t len = strlen(below);
    if (safe == NULL || strncmp(path, below, len) != 0 || path[len] != '/')
        return false;
    snprintf(copy, 2 * PATH_MAX, "%s%s", safe, path + len);
    return true;
}

/* Copies what has been synchronised, by other calls than are found here. */
static int keep(int fd, int result)
{
    char path[PATH_MAX], copy[2 * PATH_MAX];
    if (result != 0 || !path_of(fd, path) || !safe_copy(path, copy))
        return result;
    int from = open(path, O_RDONLY | O_CLOEXEC);
    int to = open(copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    while (sendfile(to, from, NULL, 1 << 20) > 0)
        continue;
    close(from);
    close(to);
    return result;
}

/* What is taken away is taken to be gone at once. */
static int forget(const char *path, int result)
{
    char copy[2 * PATH_MAX];
    if (result == 0 && safe_copy(path, copy))
        syscall(SYS_unlink, copy);
    return result;
}

/* Does it begin a request? */
static int64_t socket_event(const void *bytes, size_t len)
{
    bool begins = below[0] != '\0' && len > 5 && memcmp(bytes, "POST ", 5) == 0;
    if (begins)
        __atomic_add_fetch(&page->sent, 1, __ATOMIC_SEQ_CST);
    return begins ? event() : 0;
}

/* Half of a write that fails goes through, once: true. */
static bool goes_half(size_t len)
{
    return half && page->failed == 1 && len > 1;
}

#define FAIL(value) return (errno = fail_with, (value))

/* A call that writes `len` bytes, as `call` with the length to use. */
#define WRITES(len, call)                                                      \
    int64_t now = file_event(fd);                                              \
    if (now < 0) {                                                             \
        if (goes_half(len)) {                                                  \
            size_t take = (len) / 2;                                           \
            return call;                                                       \
        }                                                                      \
        FAIL(-1);                                                              \
    }                                                                          \
    size_t take = len;                                                         \
    ssize_t done = call;                                                       \
    over(now);                                                                 \
    return done

#define ONCE(now, value, call)                                                 \
    if ((now) < 0)                                                             \
        FAIL(value);                                                           \
    int done = call;                                                           \
    over(now);                                                                 \
    return done

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
    REAL(pwrite64);
    WRITES(len, real(fd, bytes, take, at));
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
    REAL(pwrite);
    WRITES(len, real(fd, bytes, take, at));
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    REAL(write);
    WRITES(len, real(fd, bytes, take));
}

int ftruncate64(int fd, off64_t len)
{
    REAL(ftruncate64);
    int64_t now = file_event(fd);
    ONCE(now, -1, real(fd, len));
}

int ftruncate(int fd, off_t len)
{
    REAL(ftruncate);
    int64_t now = file_event(fd);
    ONCE(now, -1, real(fd, len));
}

int fsync(int fd)
{
    REAL(fsync);
    int64_t now = file_event(fd);
    ONCE(now, -1, keep(fd, real(fd)));
}

int fdatasync(int fd)
{
    REAL(fdatasync);
    int64_t now = file_event(fd);
    ONCE(now, -1, keep(fd, real(fd)));
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    int64_t now = path_event(to);
    ONCE(now, -1, real(from, to));
}

int unlink(const char *path)
{
    REAL(unlink);
    int64_t now = path_event(path);
    ONCE(now, -1, forget(path, real(path)));
}

ssize_t send(int fd, const void *bytes, size_t len, int flags)
{
    REAL(send);
    int64_t now = socket_event(bytes, len);
    ssize_t done = real(fd, bytes, len, flags);
    over(now);
    return done;
}

/* The clock. */

static void add(struct timespec *time, int64_t ns)
{
    int64_t all = time->tv_sec * (int64_t)SECOND + time->tv_nsec + ns;
    time->tv_sec = all / SECOND;
    time->tv_nsec = all % SECOND;
}

/* How far the wall clock is off by its jumps. */
static int64_t jumped(void)
{
    int64_t sent = __atomic_load_n(&page->sent, __ATOMIC_SEQ_CST), sum = 0;
    for (int i = 0; i < JUMPS; i++)
        if (jump_at[i] != 0 && sent >= jump_at[i])
            sum += jump_by[i];
    if (sum != 0)
        page->jumped = sum;
    return sum;
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    REAL(clock_gettime);
    int result = real(clock, time);
    bool wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
    bool steady = clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_RAW ||
                  clock == CLOCK_MONOTONIC_COARSE || clock == CLOCK_BOOTTIME;
    if (result == 0 && simulated && (wall || steady))
        add(time, __atomic_load_n(&page->offset, __ATOMIC_SEQ_CST));
    if (result == 0 && wall)
        add(time, jumped());
    return result;
}

time_t time(time_t *to)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (to != NULL)
        *to = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict to, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    to->tv_sec = now.tv_sec;
    to->tv_usec = now.tv_nsec / 1000;
    return 0;
}

/* Waits a little in earnest, then lets the rest of the time have passed. Where
 * a connection is waited for, others need real time to answer: a second of
 * simulated time then takes 20 ms; where nothing is, next to none. */
static int pass(struct pollfd *fds, nfds_t count, int64_t ns)
{
    enum { ALONE = 20000, ANSWER = 20 * MS };
    int64_t real = count > 1 ? ANSWER : ALONE;
    if (count > 1 && ns > SECOND)
        ns = SECOND;
    if (real > ns)
        real = ns;
    struct timespec wait = {.tv_sec = 0, .tv_nsec = real};
    int ready = (int)syscall(SYS_ppoll, fds, count, &wait, NULL, 0);
    if (ready == 0)
        __atomic_add_fetch(&page->offset, ns - real, __ATOMIC_SEQ_CST);
    return ready;
}

int poll(struct pollfd *fds, nfds_t count, int ms)
{
    REAL(poll);
    if (!simulated || ms <= 0)
        return real(fds, count, ms);
    return pass(fds, count, (int64_t)ms * MS);
}

int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *wait,
          const sigset_t *mask)
{
    REAL(ppoll);
    if (!simulated || wait == NULL || wait->tv_sec + wait->tv_nsec == 0)
        return real(fds, count, wait, mask);
    return pass(fds, count, wait->tv_sec * (int64_t)SECOND + wait->tv_nsec);
}
