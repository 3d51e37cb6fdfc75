/* content.c: opened once, asked about by its descriptor, read to its end. */
#include "content.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "source/others.h"
#include "source/plain.h"
#include "source/taken.h"

/* Who may write it says what it does. */
static bool check_owner(const struct stat *status, const char *path,
                        struct err *err)
{
    const char *why;
    if (!plain_reads(path, status, &why))
        return err_set(err, EXIT_USAGE, "%s: %s", path, why);
    if (!S_ISREG(status->st_mode))
        return true; /* the person's own pipe, or nothing */
    if (status->st_uid != geteuid() && status->st_uid != 0)
        return err_set(err, EXIT_USAGE,
                       "%s: belongs to another user (number %lu), who could "
                       "change it at any time; a configuration file belongs "
                       "to you or root (copy it, or chown it)",
                       path, (unsigned long)status->st_uid);
    if (others_write(path, status))
        return err_set(err, EXIT_USAGE,
                       "%s: others can write it (mode %04o); chmod go-w %s",
                       path, (unsigned)status->st_mode & 07777, path);
    return true;
}

/* What stands behind a NUL would be seen by nobody who looks at the value. */
static bool check_text(const struct content *content, const char *path,
                       struct err *err)
{
    const char *nul = memchr(content->at, '\0', content->len);
    size_t line = 1;
    for (const char *at = content->at; nul != NULL && at < nul; at++)
        line += *at == '\n';
    return nul == NULL ||
           err_set(err, EXIT_USAGE, "%s:%zu: a NUL byte stands in it", path,
                   line);
}

/* One buffer from the start: a grown one would leave parts of secrets behind.
 */
static bool read_all(struct content *content, int fd, const char *path,
                     struct err *err)
{
    ssize_t got = 0;
    content->at = mem_alloc(CONTENT_MAX + 1);
    while (content->len <= CONTENT_MAX &&
           (got = read(fd, content->at + content->len,
                       CONTENT_MAX + 1 - content->len)) > 0)
        content->len += (size_t)got;
    if (got < 0)
        return err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));
    if (content->len > CONTENT_MAX)
        return err_set(err, EXIT_USAGE, "%s: has more than %d KiB", path,
                       CONTENT_MAX / 1024);
    content->at[content->len] = '\0';
    return check_text(content, path, err);
}

bool content_read(struct content *content, const char *path, bool *absent,
                  struct err *err)
{
    *content = (struct content){.at = NULL};
    const char *why;
    int fd = plain_open(path, &why);
    *absent = fd < 0 && (errno == ENOENT || errno == ENOTDIR);
    if (fd < 0)
        return err_set(err, EXIT_USAGE, "%s: %s", path, why);
    taken_note(path, TAKEN_KEPT, "a configuration file");
    bool good = fstat(fd, &content->status) == 0
                    ? check_owner(&content->status, path, err) &&
                          read_all(content, fd, path, err)
                    : err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));
    close(fd);
    if (!good)
        content_release(content);
    return good;
}

/* What was not read into was never written. */
void content_release(struct content *content)
{
    if (content->at != NULL)
        mem_wipe(content->at, content->len);
    free(content->at);
    content->at = NULL;
    content->len = 0;
}
