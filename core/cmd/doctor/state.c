/* state.c: one mapping's state folder: can it be written, is there
 * room, is the journal whole. The folder is not made, and what is tried in it
 * is taken away again. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmd/job/state.h"
#include "doctor.h"
#include "journal/check.h"
#include "journal/lock.h"
#include "journal/own.h"

static const double room_min = 1024.0 * 1024, room_good = 64 * 1024.0 * 1024;

/* The only proof that files can be made is one that was made. */
static bool writable(const char *folder)
{
    char *path = mem_format("%s/.fastsync-doctor-XXXXXX", folder);
    int fd = mkstemp(path);
    if (fd >= 0) {
        close(fd);
        unlink(path);
    }
    /* close and unlink may set it; it is the reason that is shown. */
    int reason = errno;
    free(path);
    errno = reason;
    return fd >= 0;
}

static enum finding look_room(struct doctor *doctor, const char *folder)
{
    struct statvfs status;
    /* Not every file system can say it; a run will. */
    if (statvfs(folder, &status) != 0)
        return FOUND_GOOD;
    double room = (double)status.f_bavail * (double)status.f_frsize;
    if (room >= room_good)
        return FOUND_GOOD;
    buf_addf(&doctor->said,
             "; %.1f MiB are left on its disk: make room (df -h "
             "%s)",
             room / 1024 / 1024, folder);
    if (room >= room_min)
        return FOUND_DOUBT;
    /* Too little for a journal and a batch. */
    doctor->code = EXIT_FAULT;
    return FOUND_FAULT;
}

static enum finding look_state(struct doctor *doctor)
{
    if (access(doctor->mapping, R_OK) != 0)
        return doctor_fault(doctor, EXIT_USAGE, "%s: %s", doctor->mapping,
                            strerror(errno));
    char *folder = state_nearest(doctor->state);
    bool there = strcmp(folder, doctor->state) == 0;
    enum finding finding = FOUND_FAULT;
    struct err err;
    if (there && !own_state(folder, &err)) {
        doctor_fault(doctor, err.code, "%s", err.text);
    } else if (!writable(folder)) {
        doctor_fault(doctor, EXIT_USAGE,
                     "%s: cannot be written: %s; give it to the user who runs "
                     "fastsync (chown, chmod u+rwx), or name another folder "
                     "with --state",
                     folder, strerror(errno));
    } else {
        buf_addf(&doctor->said, "%s%s", doctor->state,
                 there ? "" : ", which the first run makes");
        finding = look_room(doctor, folder);
    }
    free(folder);
    return finding;
}

static enum finding look_journal(struct doctor *doctor)
{
    struct err err;
    char *path = mem_format("%s/journal.db", doctor->state);
    bool there = access(path, F_OK) == 0;
    long holder = lock_holder(doctor->state);
    enum finding finding = FOUND_NOTHING;
    if (there && !journal_check(doctor->state, &err)) {
        finding = doctor_fault(doctor, err.code, "%s", err.text);
    } else if (there) {
        buf_addf(&doctor->said, "%s", path);
        if (holder > 0)
            buf_addf(&doctor->said, "; process %ld uses it", holder);
        else if (holder != 0)
            buf_puts(&doctor->said, "; another process uses it");
        finding = FOUND_GOOD;
    }
    free(path);
    return finding;
}

const struct doctor_step state_steps[] = {
    {"state", look_state},
    {"journal", look_journal},
    {NULL, NULL},
};
