/* matching.c: glob's callbacks have no owner, so what they count is the
 * thread's. Where a system's glob cannot be given a readdir, it is not bounded.
 */
#define _GNU_SOURCE /* GLOB_ALTDIRFUNC */
#include "matching.h"

#include <dirent.h>
#include <errno.h>
#include <stddef.h>
#include <sys/stat.h>

#include "base/confine.h"
#include "base/mem.h"

static _Thread_local unsigned seen;
static _Thread_local struct matching noted;

/* Not zero: glob stops. What is no folder is none that could not be read. */
static int note_trouble(const char *path, int error)
{
    errno = error;
    if (noted.kept == NULL && confine_refused(path))
        noted.kept = mem_format("%s/", path);
    if (noted.unread == NULL && seen <= MATCHING_MAX && error != ENOENT &&
        error != ENOTDIR) {
        noted.unread = mem_text(path);
        noted.why = error;
    }
    return seen > MATCHING_MAX;
}

#ifdef __GLIBC__
enum { FLAGS = GLOB_ALTDIRFUNC };

static void *open_folder(const char *path)
{
    errno = EMFILE;
    return seen > MATCHING_MAX ? NULL : opendir(path);
}

static struct dirent *read_folder(void *folder)
{
    return ++seen > MATCHING_MAX ? NULL : readdir(folder);
}

static void close_folder(void *folder)
{
    closedir(folder);
}

static void bound(glob_t *found)
{
    found->gl_opendir = open_folder;
    found->gl_readdir = read_folder;
    found->gl_closedir = close_folder;
    found->gl_stat = stat;
    found->gl_lstat = lstat;
}
#else
enum { FLAGS = 0 };

static void bound(glob_t *found)
{
    (void)found;
}
#endif

bool matching_find(const char *pattern, glob_t *found,
                   struct matching *matching)
{
    *found = (glob_t){.gl_pathc = 0};
    bound(found);
    seen = 0;
    noted = (struct matching){.many = false};
    int code = glob(pattern, FLAGS, note_trouble, found);
    *matching = noted;
    matching->many = seen > MATCHING_MAX;
    return code == 0 && !matching->many;
}
