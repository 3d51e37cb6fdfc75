/* matching.c: glob's callbacks have no owner, so what they count is the
 * thread's. Where a system's glob cannot be given a readdir, it is not bounded.
 */
#define _GNU_SOURCE /* GLOB_ALTDIRFUNC */
#include "matching.h"

#include <dirent.h>
#include <errno.h>
#include <stddef.h>
#include <sys/stat.h>

static _Thread_local unsigned seen;
static _Thread_local int trouble;

/* Not zero: glob stops. */
static int note_trouble(const char *path, int error)
{
    (void)path;
    trouble = error == ENOENT || error == ENOTDIR ? trouble : error;
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

bool matching_find(const char *pattern, glob_t *found, int *why, bool *many)
{
    *found = (glob_t){.gl_pathc = 0};
    bound(found);
    seen = 0;
    trouble = 0;
    int code = glob(pattern, FLAGS, note_trouble, found);
    *many = seen > MATCHING_MAX;
    *why = trouble;
    return code == 0 && !*many;
}
