/* confine.c: what is granted is gathered, the two halves are begun (files.h,
 * calls.h), and what became of them is told. */
#include "confine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/confine/calls.h"
#include "base/confine/files.h"
#include "mem.h"

/* What became of it; confine_begin is called once. */
static struct {
    enum { UNASKED, NEVER, ASKED } asked;
    int landlock; /* what it calls its version; 0: none */
    int landlock_errno;
    bool seccomp;
    int seccomp_errno; /* 0: none is known for this machine */
} state;

static void add(struct confine_paths *paths, const char *path)
{
    if (path == NULL || *path == '\0')
        return;
    paths->all =
        mem_resize(paths->all, (paths->count + 1) * sizeof *paths->all);
    paths->all[paths->count++] = mem_text(path);
}

void confine_read(struct confine *confine, const char *path)
{
    add(&confine->reads, path);
}

void confine_write(struct confine *confine, const char *path)
{
    add(&confine->writes, path);
}

static void release(struct confine *confine)
{
    struct confine_paths *const both[] = {&confine->reads, &confine->writes};
    for (size_t b = 0; b < 2; b++) {
        for (size_t i = 0; i < both[b]->count; i++)
            free(both[b]->all[i]);
        free(both[b]->all);
        *both[b] = (struct confine_paths){.count = 0};
    }
}

/* Both ask for it: whatever were started could gain no rights. */
static void gain_no_rights(void)
{
#ifdef PR_SET_NO_NEW_PRIVS
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
#endif
}

static void give_up(const struct confine *confine)
{
    gain_no_rights();
    state.landlock = confine_files(confine);
    state.landlock_errno = errno;
    state.seccomp = confine_calls();
    state.seccomp_errno = errno;
}

void confine_begin(struct confine *confine)
{
    if (state.asked != ASKED)
        give_up(confine);
    state.asked = ASKED;
    release(confine);
}

void confine_never(struct confine *confine)
{
    if (state.asked == UNASKED)
        state.asked = NEVER;
    release(confine);
}

static const char *why(int code)
{
    switch (code) {
    case ENOSYS:
        return "this kernel has none";
    case EOPNOTSUPP:
        return "it is switched off in this kernel";
    case EPERM:
    case EACCES:
        return "this system does not let us have it";
    case 0:
        return "there is none for this machine";
    default:
        return strerror(code);
    }
}

bool confine_describe(struct buf *to)
{
    if (state.asked != ASKED) {
        buf_puts(to, state.asked == NEVER ? "off: --no-confine" : "none");
        return false;
    }
    if (state.landlock > 0)
        buf_addf(to, "Landlock %d (reads, writes)", state.landlock);
    if (state.seccomp)
        buf_addf(to, "%sseccomp (no programs)",
                 state.landlock > 0 ? " and " : "");
    if (state.landlock == 0)
        buf_addf(to, "%sno Landlock: %s",
                 state.seccomp ? "; " : "none: ", why(state.landlock_errno));
    if (!state.seccomp)
        buf_addf(to, "; no seccomp: %s", why(state.seccomp_errno));
    return state.landlock > 0 && state.seccomp;
}

bool confine_refused(const char *path)
{
    int kept = errno;
    /* It asks for the file's rights alone. */
    bool refused_by_us =
        kept == EACCES && state.landlock > 0 && access(path, R_OK) == 0;
    errno = kept;
    return refused_by_us;
}
