/* rejects_join.c: the old file whole, then the new one without its header, in
 * a third one that takes the new one's place. */
#include "rejects_join.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mem.h"
#include "rejects_line.h"

bool rejects_same_header(const char *path, const struct input *input)
{
    struct buf wanted = {0};
    rejects_header(&wanted, input);
    char *found = mem_alloc(wanted.len);
    FILE *file = fopen(path, "rb");
    bool same = file != NULL &&
                fread(found, 1, wanted.len, file) == wanted.len &&
                memcmp(found, wanted.at, wanted.len) == 0;
    if (file != NULL)
        fclose(file);
    free(found);
    buf_release(&wanted);
    return same;
}

/* Copies what stands behind the first `skip` bytes. */
static bool copy(FILE *to, const char *path, size_t skip)
{
    char bytes[16384];
    size_t len;
    FILE *from = fopen(path, "rb");
    if (from == NULL)
        return false;
    bool good = fseeko(from, (off_t)skip, SEEK_SET) == 0;
    while (good && (len = fread(bytes, 1, sizeof bytes, from)) > 0)
        good = fwrite(bytes, 1, len, to) == len;
    good = good && !ferror(from);
    fclose(from);
    return good;
}

static bool write_both(FILE *to, const char *old, const char *part,
                       const struct input *input)
{
    struct buf header = {0};
    rejects_header(&header, input);
    bool good = copy(to, old, 0) && copy(to, part, header.len) &&
                fflush(to) == 0 && fsync(fileno(to)) == 0;
    buf_release(&header);
    return good;
}

bool rejects_join(const char *old, const char *part, const struct input *input)
{
    char *path = mem_format("%s.both", part);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FILE *to = fd < 0 ? NULL : fdopen(fd, "wb");
    bool good = to != NULL && write_both(to, old, part, input);
    if (to != NULL)
        good = fclose(to) == 0 && good;
    good = good && rename(path, part) == 0;
    int kept = errno;
    if (!good)
        remove(path);
    errno = kept;
    free(path);
    return good;
}
