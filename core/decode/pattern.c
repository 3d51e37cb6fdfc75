/* pattern.c: glob(3) finds and sorts; without setlocale it compares bytes. The
 * folder of the mapping is no part of the pattern, whatever stands in it. */
#include "pattern.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "decoder.h"
#include "source/plain.h"
#include "source/source.h"
#include "warning.h"

static bool is_pattern(const struct spec *spec)
{
    struct stat status;
    return spec->path != NULL &&
           strpbrk(spec->path + spec->folder, "*?[") != NULL &&
           stat(spec->path, &status) != 0;
}

/* The path with the folder's characters as they are. */
static char *escaped(const struct spec *spec)
{
    char *text = mem_alloc(2 * strlen(spec->path) + 1), *to = text;
    for (const char *at = spec->path; *at != '\0'; at++) {
        if (at < spec->path + spec->folder && strchr("*?[\\", *at) != NULL)
            *to++ = '\\';
        *to++ = *at;
    }
    *to = '\0';
    return text;
}

/* By what the file begins with: its name is the user's to choose. */
static bool is_our_own(const char *path)
{
    static const char doubts[] = WARNINGS_HEADER;
    const char *why;
    FILE *file = plain_stream(path, &why);
    if (file == NULL)
        return false;
    char *head = mem_alloc(SOURCE_PEEK);
    size_t len = fread(head, 1, SOURCE_PEEK, file);
    fclose(file);
    bool ours = format_claiming(head, len) != NULL ||
                (len >= sizeof doubts - 1 &&
                 memcmp(head, doubts, sizeof doubts - 1) == 0);
    free(head);
    return ours;
}

static bool is_later(const struct timespec *a, const struct timespec *b)
{
    return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec
                                  : a->tv_nsec >= b->tv_nsec;
}

static void keep(struct path_list *list, const char *path)
{
    list->all = mem_resize(list->all, (list->count + 1) * sizeof *list->all);
    list->all[list->count++] = mem_text(path);
}

static void drop(struct path_list *list)
{
    for (unsigned i = 0; i < list->count; i++)
        free(list->all[i]);
    free(list->all);
    *list = (struct path_list){.count = 0};
}

/* A name that leads nowhere stays: opening it says so. */
static bool is_input(const char *path, struct stat *status, struct paths *paths)
{
    if (stat(path, status) != 0)
        return true;
    bool ours = S_ISREG(status->st_mode) && is_our_own(path);
    if (ours)
        keep(&paths->ours, path);
    return !ours && !S_ISDIR(status->st_mode);
}

/* Of the same time the one that comes later by name. */
static void take(struct paths *paths, const glob_t *found, bool newest)
{
    struct timespec best = {.tv_sec = 0};
    for (size_t i = 0; i < found->gl_pathc; i++) {
        struct stat status = {.st_mode = 0};
        if (!is_input(found->gl_pathv[i], &status, paths))
            continue;
        if (newest && paths->files.count > 0) {
            if (!is_later(&status.st_mtim, &best))
                continue;
            drop(&paths->files);
        }
        best = status.st_mtim;
        keep(&paths->files, found->gl_pathv[i]);
    }
}

/* glob's callback has no owner. */
static _Thread_local int trouble;

static int note_trouble(const char *path, int error)
{
    (void)path;
    trouble = error == ENOENT || error == ENOTDIR ? trouble : error;
    return 0;
}

static bool match(const struct spec *spec, struct paths *paths, struct err *err)
{
    glob_t found = {.gl_pathc = 0};
    char *text = escaped(spec);
    trouble = 0;
    int code = glob(text, 0, note_trouble, &found);
    if (code == 0)
        take(paths, &found, spec->newest);
    globfree(&found);
    free(text);
    if (paths->files.count > 0)
        return true;
    if (paths->ours.count > 0)
        return err_set(err, EXIT_INPUT,
                       "%s: nothing has a name like this but %s, which "
                       "fastsync wrote",
                       spec->path, paths->ours.all[0]);
    return err_set(
        err, EXIT_INPUT, "%s: no file has a name like this%s%s; check the path",
        spec->path, trouble ? ": " : "", trouble ? strerror(trouble) : "");
}

/* Nobody who runs a mapping has seen what its paths lead to: a pipe would be
 * waited for. What was handed to us open, and folders, opening tells apart. */
static bool are_files(const struct path_list *list, struct err *err)
{
    struct stat status;
    const char *why;
    for (unsigned i = 0; i < list->count; i++) {
        const char *path = list->all[i];
        if (stat(path, &status) == 0 && !S_ISREG(status.st_mode) &&
            !S_ISDIR(status.st_mode) && !plain_handed(path) &&
            !plain_reads(path, &status, &why))
            return err_set(err, EXIT_INPUT,
                           "%s: %s; what is none is named on the command line",
                           path, why);
    }
    return true;
}

static bool find(const struct spec *spec, struct paths *paths, struct err *err)
{
    if (is_pattern(spec))
        return match(spec, paths, err);
    if (spec->picked && strpbrk(spec->path + spec->folder, "*?[") == NULL)
        return err_set(err, EXIT_SCRIPT,
                       "%s: pick chooses among the files of a pattern, such as "
                       "\"exports/kh-*.csv\", and this is one file",
                       spec->path);
    keep(&paths->files, spec->path);
    return true;
}

bool pattern_paths(const struct spec *spec, struct paths *paths,
                   struct err *err)
{
    *paths = (struct paths){.files = {.count = 0}};
    return find(spec, paths, err) && are_files(&paths->files, err);
}

void paths_release(struct paths *paths)
{
    drop(&paths->files);
    drop(&paths->ours);
}
