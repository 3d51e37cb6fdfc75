/* join.c: the old file whole, then the new one without its header, in
 * a third one that takes the old one's place. */
#include "join.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "line.h"
#include "place.h"
#include "source/plain.h"

bool rejects_same_header(const char *path, const struct input *input)
{
    struct buf wanted = {0};
    rejects_header(&wanted, input);
    char *found = mem_alloc(wanted.len);
    const char *why;
    FILE *file = plain_stream(path, &why);
    bool same = file != NULL &&
                fread(found, 1, wanted.len, file) == wanted.len &&
                memcmp(found, wanted.at, wanted.len) == 0;
    if (file != NULL)
        fclose(file);
    free(found);
    buf_release(&wanted);
    return same;
}

/* Copies what stands after the first `skip` bytes. */
static bool copy(FILE *to, int from, size_t skip)
{
    char bytes[16384];
    ssize_t len;
    off_t at = (off_t)skip;
    while ((len = pread(from, bytes, sizeof bytes, at)) != 0) {
        if (len < 0 && errno == EINTR)
            continue;
        if (len < 0 || fwrite(bytes, 1, (size_t)len, to) != (size_t)len)
            return false;
        at += len;
    }
    return true;
}

/* On the disk before the old file goes: else a power cut would leave neither.
 */
static bool write_both(FILE *to, int old, int part, const struct input *input)
{
    struct buf header = {0};
    rejects_header(&header, input);
    bool good = copy(to, old, 0) && copy(to, part, header.len) &&
                fflush(to) == 0 && fsync(fileno(to)) == 0;
    buf_release(&header);
    return good;
}

bool rejects_join(const char *old, const char *part, int fd,
                  const struct input *input)
{
    char *path = mem_format("%s.both", part);
    remove(path); /* of a run that was killed; whoever has the part has it */
    const char *why;
    int from = plain_own(old, O_RDONLY, &why);
    int both = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *to = both < 0 ? NULL : fdopen(both, "wb");
    bool good = from >= 0 && to != NULL && write_both(to, from, fd, input);
    if (to != NULL)
        good = fclose(to) == 0 && good;
    good = good && rejects_rename(path, old);
    int kept = errno;
    if (from >= 0)
        close(from);
    if (!good)
        remove(path);
    errno = kept;
    free(path);
    return good;
}
