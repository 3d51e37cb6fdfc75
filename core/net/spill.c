/* spill.c: the file is mapped, so that whoever reads an answer reads memory,
 * and the system keeps of it what fits. */
#include "spill.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "source/spool.h"

static bool fail(struct spill *spill)
{
    spill->failed = true;
    return false;
}

static bool put(struct spill *spill, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t count = write(spill->fd, bytes, len);
        if (count < 0 && errno != EINTR) {
            err_set(&spill->err, EXIT_FAULT,
                    "%.300s: cannot be kept in a temporary file: %s",
                    spill->path, strerror(errno));
            return fail(spill);
        }
        if (count > 0) {
            bytes += count;
            len -= (size_t)count;
            spill->len += (uint64_t)count;
        }
    }
    return true;
}

bool spill_add(struct spill *spill, struct buf *memory, const char *bytes,
               size_t len)
{
    if (!spill->open && memory->len + len <= SPILL_AT) {
        buf_add(memory, bytes, len);
        return true;
    }
    if (!spill->open) {
        spill->fd = spool_open(spill->path, &spill->err);
        if (spill->fd < 0)
            return fail(spill);
        spill->open = true;
        if (memory->len > 0 && !put(spill, memory->at, memory->len))
            return false;
        buf_release(memory);
    }
    return put(spill, bytes, len);
}

const char *spill_bytes(struct spill *spill)
{
    if (!spill->open || spill->failed || spill->map != NULL)
        return spill->map;
    void *map =
        mmap(NULL, (size_t)spill->len, PROT_READ, MAP_PRIVATE, spill->fd, 0);
    if (map == MAP_FAILED) {
        err_set(&spill->err, EXIT_FAULT, "%.300s: cannot be looked at: %s",
                spill->path, strerror(errno));
        fail(spill);
        return NULL;
    }
    spill->map = map;
    return map;
}

void spill_clear(struct spill *spill)
{
    if (spill->map != NULL)
        munmap(spill->map, (size_t)spill->len);
    if (spill->open)
        close(spill->fd);
    *spill = (struct spill){.path = spill->path};
}
