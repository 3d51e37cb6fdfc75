/* shell.c: two pipes are read until the command has ended, or must. What it
 * leaves running in the background is not waited for, though it may hold the
 * pipes open. */
#include "shell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/interrupt.h"
#include "base/screen/show.h"

extern char **environ;

enum { OUT, SAID, PIPES };
enum { LOOK = 100, END_LOOK = 5 }; /* milliseconds from a look to the next */
enum { HALF = 3 }; /* bytes that a character lacks the last of, at most */

struct running {
    const char *name;
    struct buf *output;
    size_t said; /* bytes of its standard error, shown or not */
    char half[HALF];
    size_t half_len; /* of a character that began with the last of these */
    pid_t pid;       /* of its group, too */
    int pipes[PIPES], ends[PIPES]; /* ours, and its; -1: closed */
    int terminal;                  /* that it was given; -1: none */
    int status;
};

static void shut(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static bool open_pipes(struct running *r)
{
    for (int i = 0; i < PIPES; i++) {
        int both[2];
        if (pipe(both) != 0)
            return false;
        r->pipes[i] = both[0];
        r->ends[i] = both[1];
        fcntl(both[0], F_SETFD, FD_CLOEXEC);
        fcntl(both[1], F_SETFD, FD_CLOEXEC);
    }
    return true;
}

/* Ours, and nobody's beside us: who stands at the other end of a pipe would be
 * stopped when it reads there. */
static int our_terminal(void)
{
    struct stat status;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fstat(fd, &status) != 0 || S_ISFIFO(status.st_mode) ||
            S_ISSOCK(status.st_mode))
            return -1;
    int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd >= 0 && tcgetpgrp(fd) != getpgrp())
        shut(&fd);
    return fd;
}

static int spawn(struct running *r, const char *command)
{
    char *const argv[] = {(char[]){"sh"}, (char[]){"-c"},
                          (char *)(uintptr_t)command, NULL};
    posix_spawnattr_t how;
    posix_spawn_file_actions_t files;
    sigset_t none, usual;
    sigemptyset(&none);
    sigemptyset(&usual); /* that we ignore, and commands do not expect so */
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGXFSZ);
    posix_spawnattr_init(&how);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP |
                                       POSIX_SPAWN_SETSIGMASK |
                                       POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &usual);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, r->ends[OUT], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, r->ends[SAID], STDERR_FILENO);
    int code = posix_spawn(&r->pid, "/bin/sh", &files, &how, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
    return code;
}

/* It may have been stopped already for reading there. */
static void give_terminal(struct running *r)
{
    r->terminal = our_terminal();
    if (r->terminal < 0)
        return;
    tcsetpgrp(r->terminal, r->pid);
    kill(-r->pid, SIGCONT);
}

/* Who stands in the background is stopped for taking it, if it lets itself. */
static void take_terminal(struct running *r)
{
    sigset_t stop, before;
    if (r->terminal < 0)
        return;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &stop, &before);
    tcsetpgrp(r->terminal, getpgrp());
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    shut(&r->terminal);
}

/* Once, where it ends. */
static void show_end(void)
{
    static const char text[] = "…\n";
    ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
    (void)ignored;
}

/* How many bytes at the end begin a character that is not whole yet. */
static size_t begun(const char *bytes, size_t len)
{
    for (size_t back = 1; back <= HALF && back <= len; back++) {
        unsigned char byte = (unsigned char)bytes[len - back];
        size_t whole = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
        if (byte >= 0xC0)
            return back < whole ? back : 0;
        if (byte < 0x80)
            return 0;
    }
    return 0;
}

/* Its line ends and tabs are its own; it has the terminal as it is. */
static void put(const char *bytes, size_t len)
{
    struct buf shown = {0};
    const char *end = bytes + len;
    while (bytes < end) {
        char to[SHOW_MAX];
        if (*bytes == '\n' || *bytes == '\t')
            buf_add(&shown, bytes++, 1);
        else
            buf_add(&shown, to, show_next(&bytes, end, to));
    }
    ssize_t ignored =
        shown.len > 0 ? write(STDERR_FILENO, shown.at, shown.len) : 0;
    (void)ignored;
    buf_release(&shown);
}

static void show(struct running *r, const char *bytes, size_t len)
{
    size_t room = r->said < SHELL_SAID ? SHELL_SAID - r->said : 0;
    size_t shown = len < room ? len : room;
    r->half_len = begun(bytes, shown);
    put(bytes, shown - r->half_len);
    if (room > 0 && shown < len)
        show_end();
    memcpy(r->half, bytes + shown - r->half_len, r->half_len);
    r->said += len - r->half_len;
}

/* Behind what was left of the last. */
static ssize_t take_said(struct running *r)
{
    char said[512];
    memcpy(said, r->half, r->half_len);
    ssize_t len =
        read(r->pipes[SAID], said + r->half_len, sizeof said - r->half_len);
    if (len > 0)
        show(r, said, r->half_len + (size_t)len);
    return len;
}

static void take(struct running *r, int which)
{
    struct buf *output = r->output;
    ssize_t len = which == OUT ? read(r->pipes[OUT], output->at + output->len,
                                      SHELL_OUTPUT + 1 - output->len)
                               : take_said(r);
    if (len <= 0)
        shut(&r->pipes[which]);
    else if (which == OUT)
        output->len += (size_t)len;
}

static bool too_much(const struct running *r)
{
    return r->output->len > SHELL_OUTPUT;
}

/* False: nothing has come. */
static bool take_what_comes(struct running *r, int wait)
{
    struct pollfd ends[PIPES];
    for (int i = 0; i < PIPES; i++)
        ends[i] = (struct pollfd){.fd = r->pipes[i], .events = POLLIN};
    if (poll(ends, PIPES, wait) <= 0)
        return false;
    for (int i = 0; i < PIPES; i++)
        if (ends[i].revents != 0 && !too_much(r))
            take(r, i);
    return true;
}

static bool killed(struct running *r, struct err *err, enum exit_code code,
                   const char *why)
{
    kill(-r->pid, SIGKILL);
    while (waitpid(r->pid, &r->status, 0) < 0 && errno == EINTR)
        ;
    return err_set(err, code, "%s: %s", r->name, why);
}

/* False: err, and it has been killed. */
static bool may_go_on(struct running *r, double end, bool stopped,
                      struct err *err)
{
    if (atomic_load(&interrupted))
        return killed(r, err, EXIT_INTERRUPTED, "interrupted");
    if (too_much(r))
        return killed(r, err, EXIT_USAGE,
                      "it prints more than 4096 bytes; it may print the "
                      "password alone, on one line");
    if (stopped)
        return killed(r, err, EXIT_USAGE,
                      "it wants to read from the terminal, or was stopped; it "
                      "cannot ask there in a pipe or in the background");
    if (clock_now() >= end)
        return killed(r, err, EXIT_USAGE,
                      "it takes too long, and was killed; it cannot ask "
                      "anybody, where nobody is there to answer");
    return true;
}

/* Until it has ended by itself; then also what is left in its pipes, into which
 * what it left behind may write without an end. */
static bool follow(struct running *r, double end, struct err *err)
{
    pid_t ended = 0;
    while (ended != r->pid) {
        bool open = r->pipes[OUT] >= 0 || r->pipes[SAID] >= 0;
        take_what_comes(r, open ? LOOK : END_LOOK);
        ended = waitpid(r->pid, &r->status, WNOHANG | WUNTRACED);
        bool stopped = ended == r->pid && WIFSTOPPED(r->status);
        if (ended != r->pid || stopped) {
            if (!may_go_on(r, end, stopped, err))
                return false;
        }
    }
    while (!too_much(r) && take_what_comes(r, 0) && r->said <= SHELL_SAID)
        ;
    return !too_much(r) || may_go_on(r, end, false, err);
}

/* Ctrl-C goes to who has the terminal. */
static bool succeeded(const struct running *r, struct err *err)
{
    int status = r->status;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGINT)
        return err_set(err, EXIT_INTERRUPTED, "%s: interrupted", r->name);
    return err_set(err, EXIT_USAGE, "%s: ended with %s %d", r->name,
                   WIFEXITED(status) ? "exit code" : "signal",
                   WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

static bool run(struct running *r, const char *command, double seconds,
                struct err *err)
{
    /* Where whoever started us ignores it, nobody says how a command ended. */
    signal(SIGCHLD, SIG_DFL);
    int code = open_pipes(r) ? spawn(r, command) : errno;
    for (int i = 0; i < PIPES; i++)
        shut(&r->ends[i]);
    if (code != 0)
        return err_set(err, EXIT_USAGE, "%s: %s", r->name, strerror(code));
    give_terminal(r);
    bool good = follow(r, clock_now() + seconds, err) && succeeded(r, err);
    take_terminal(r);
    return good;
}

bool shell_run(const char *name, const char *command, double seconds,
               struct buf *output, struct err *err)
{
    struct running running = {.name = name,
                              .output = output,
                              .pipes = {-1, -1},
                              .ends = {-1, -1},
                              .terminal = -1};
    buf_reserve(output, SHELL_OUTPUT + 1); /* a copy would not be wiped */
    if (!interrupt_begin(NULL, NULL, err))
        return false;
    bool good = run(&running, command, seconds, err);
    for (int i = 0; i < PIPES; i++)
        shut(&running.pipes[i]);
    interrupt_end();
    return good;
}
