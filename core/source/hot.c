/* hot.c: the name stands at the end, with its length, its sum, and the mark
 * that the journal begins with. */
#include "hot.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "plain.h"

enum { MARK = 8 };

/* One that is shorter ends in nothing. */
static bool ends_in_mark(int fd)
{
    static const unsigned char mark[MARK] = {0xd9, 0xd5, 0x05, 0xf9,
                                             0x20, 0xa1, 0x63, 0xd7};
    unsigned char last[MARK];
    return lseek(fd, -MARK, SEEK_END) > 0 && read(fd, last, MARK) == MARK &&
           memcmp(last, mark, MARK) == 0;
}

bool hot_names_none(const char *path, struct err *err)
{
    const char *why;
    int fd = plain_own(path, O_RDONLY, &why);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR ||
               err_set(err, EXIT_USAGE, "%s: %s", path, why);
    bool named = ends_in_mark(fd);
    close(fd);
    return !named || err_set(err, EXIT_USAGE,
                             "%s: names another file, which SQLite would "
                             "delete; somebody has put it there: move it away",
                             path);
}
