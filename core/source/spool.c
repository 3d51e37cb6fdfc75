/* spool.c: the head was read already, so it is written first: offsets in the
 * copy are those of the source. */
#define _GNU_SOURCE /* memfd_create */
#include "spool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/confine.h"
#include "base/mem.h"

/* A copy in the making. */
struct spool {
    int fd;
    bool in_memory;
};

static int open_in(const char *folder)
{
    char *name = mem_format("%s/fastsync-XXXXXX", folder);
    int fd = mkstemp(name);
    int why = errno;
    if (fd >= 0)
        unlink(name);
    free(name);
    errno = why;
    return fd;
}

static int open_memory(void)
{
#ifdef MFD_CLOEXEC
    return memfd_create("fastsync", MFD_CLOEXEC);
#else
    errno = ENOSYS;
    return -1;
#endif
}

/* Elsewhere only where it is the confinement that keeps us from the folder: one
 * that the person named and that cannot be written is theirs to mend. */
static bool open_spool(struct spool *spool, const char *path, struct err *err)
{
    const char *said = getenv("TMPDIR");
    const char *folder = said && *said ? said : "/tmp";
    const char *other = getenv("SQLITE_TMPDIR");
    *spool = (struct spool){.fd = open_in(folder)};
    int why = errno;
    bool kept_from_us = spool->fd < 0 && confine_refused(folder);
    if (kept_from_us && other != NULL && *other != '\0')
        spool->fd = open_in(other);
    if (kept_from_us && spool->fd < 0) {
        spool->fd = open_memory();
        spool->in_memory = true;
    }
    return spool->fd >= 0 ||
           err_set(err, EXIT_FAULT,
                   "%s: cannot be kept in %s: %s; TMPDIR names another folder",
                   path, folder, strerror(why));
}

static bool write_all(const struct spool *spool, const char *bytes, size_t len,
                      const char *path, struct err *err)
{
    while (len > 0) {
        ssize_t count = write(spool->fd, bytes, len);
        if (count < 0 && errno != EINTR)
            return err_set(err, EXIT_FAULT,
                           "%s: cannot be kept in a temporary file: %s", path,
                           strerror(errno));
        if (count > 0) {
            bytes += count;
            len -= (size_t)count;
        }
    }
    return true;
}

static bool fits(const struct spool *spool, const struct source *source,
                 struct err *err)
{
    return !spool->in_memory || source->size <= SPOOL_MEMORY ||
           err_set(err, EXIT_FAULT,
                   "%s: more than 256 MiB, which are kept in memory, as no "
                   "folder for temporary files may be written; --no-confine "
                   "lifts that",
                   source->path);
}

static bool is_stopped(const struct source *source, struct err *err)
{
    bool stopped = source->stop != NULL && atomic_load(source->stop);
    if (stopped)
        err_set(err, EXIT_INTERRUPTED, "%s: interrupted", source->path);
    return stopped;
}

static bool copy(struct source *source, const struct spool *spool,
                 struct err *err)
{
    char bytes[16 * 1024];
    size_t got;
    if (!write_all(spool, source->head, source->head_len, source->path, err))
        return false;
    source->size = source->head_len;
    do {
        if (is_stopped(source, err) ||
            !source->kind->read(source, bytes, sizeof bytes, &got, err) ||
            !write_all(spool, bytes, got, source->path, err))
            return false;
        source->size += got;
    } while (got > 0 && fits(spool, source, err));
    return got == 0;
}

int spool_open(const char *path, struct err *err)
{
    struct spool spool;
    return open_spool(&spool, path, err) ? spool.fd : -1;
}

int spool_copy(struct source *source, struct err *err)
{
    struct spool spool;
    if (!open_spool(&spool, source->path, err))
        return -1;
    if (copy(source, &spool, err))
        return spool.fd;
    close(spool.fd);
    return -1;
}
