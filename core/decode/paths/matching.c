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
static _Thread_local int trouble;
static _Thread_local char *kept_from_us;

/* Not zero: glob stops. */
static int note_trouble(const char *path, int error)
{
    errno = error;
    if (kept_from_us == NULL && confine_refused(path))
        kept_from_us = mem_format("%s/", path);
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

bool matching_find(const char *pattern, glob_t *found, int *why, bool *many,
                   char **kept)
{
    *found = (glob_t){.gl_pathc = 0};
    bound(found);
    seen = 0;
    trouble = 0;
    kept_from_us = NULL;
    int code = glob(pattern, FLAGS, note_trouble, found);
    *many = seen > MATCHING_MAX;
    *why = trouble;
    *kept = kept_from_us;
    return code == 0 && !*many;
}
