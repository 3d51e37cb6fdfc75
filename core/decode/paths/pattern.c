/* pattern.c: glob(3) finds; a folder is the pattern of all that is in it. The
 * folder of the mapping is no part of the pattern, whatever stands in it. */
#include "pattern.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "decode/decoder.h"
#include "decode/detect/look.h"
#include "matching.h"
#include "natural.h"
#include "net/web/url.h"
#include "source/reach.h"
#include "source/source.h"
#include "warning.h"

static bool is_pattern(const struct spec *spec)
{
    struct stat status;
    return spec->path != NULL &&
           strpbrk(spec->path + spec->folder, "*?[") != NULL &&
           stat(spec->path, &status) != 0;
}

/* Also one that a script may not see, which is then told. */
static bool is_folder(const char *path)
{
    struct stat status;
    return path != NULL && strcmp(path, "-") != 0 && stat(path, &status) == 0 &&
           S_ISDIR(status.st_mode);
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
static bool is_our_own(int fd)
{
    static const char doubts[] = WARNINGS_HEADER;
    char *head = mem_alloc(SOURCE_PEEK);
    ssize_t got = read(fd, head, SOURCE_PEEK);
    size_t len = got > 0 ? (size_t)got : 0;
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

/* Looks into a file as its script may. -1 where there is nothing to look into:
 * opening it says why, but for what the script may not read, which is said at
 * once. */
static int look_into(const struct spec *spec, const char *path, struct err *err)
{
    *err = (struct err){.code = EXIT_DONE};
    return spec->reach ? reach_open(spec->reach, path, err)
                       : open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
}

/* Folders are none. A name that leads nowhere stays: opening it says so. */
static bool is_input(const struct spec *spec, const char *path,
                     struct stat *status, struct paths *paths, struct err *err)
{
    if (stat(path, status) == 0 && S_ISDIR(status->st_mode))
        return false;
    int fd = look_into(spec, path, err);
    if (fd < 0)
        return true;
    bool ours =
        fstat(fd, status) == 0 && S_ISREG(status->st_mode) && is_our_own(fd);
    close(fd);
    if (ours)
        keep(&paths->ours, path);
    return !ours;
}

/* Ends that packed exports have. */
static const char *const packed[] = {".gz", ".tgz", ".bz2", ".tbz2",
                                     ".xz", ".txz", ".zst", ".zip",
                                     ".7z", ".tar", ".rar", NULL};

static bool has_end(const char *path, const char *const *ends)
{
    size_t len = strlen(path);
    for (; *ends != NULL; ends++) {
        size_t end = strlen(*ends);
        if (len > end && strcasecmp(path + len - end, *ends) == 0)
            return true;
    }
    return false;
}

/* Nobody has named the files of a folder one by one. */
static bool is_called_export(const char *path)
{
    bool called = has_end(path, packed);
    for (unsigned i = 0; !called && formats[i] != NULL; i++)
        called = has_end(path, formats[i]->extensions);
    return called;
}

static int by_name(const void *a, const void *b)
{
    return natural_order(*(char *const *)a, *(char *const *)b);
}

/* Of the same time the one that comes later by name. */
static bool take(const struct spec *spec, struct paths *paths,
                 const glob_t *found, struct err *err)
{
    struct timespec best = {.tv_sec = 0};
    qsort(found->gl_pathv, found->gl_pathc, sizeof *found->gl_pathv, by_name);
    for (size_t i = 0; i < found->gl_pathc; i++) {
        struct stat status = {.st_mode = 0};
        if (detect_name(found->gl_pathv[i], 0) != NULL ||
            (paths->folder && !is_called_export(found->gl_pathv[i]))) {
            if (!is_folder(found->gl_pathv[i]))
                keep(&paths->others, found->gl_pathv[i]);
            continue;
        }
        if (!is_input(spec, found->gl_pathv[i], &status, paths, err))
            continue;
        if (err->code == EXIT_USAGE)
            return false;
        if (spec->newest && paths->files.count > 0) {
            if (!is_later(&status.st_mtim, &best))
                continue;
            drop(&paths->files);
        }
        best = status.st_mtim;
        keep(&paths->files, found->gl_pathv[i]);
    }
    return true;
}

/* What has no pattern in it yet, up to a '/': glob reads folders from there
 * on. */
static bool may_look(const struct spec *spec, struct err *err)
{
    if (spec->reach == NULL)
        return true;
    size_t len = spec->folder + strcspn(spec->path + spec->folder, "*?[");
    while (len > 0 && spec->path[len - 1] != '/')
        len--;
    char *folder = mem_text_n(spec->path, len);
    bool good = reach_folder(spec->reach, folder, err) ||
                err->code == EXIT_INPUT; /* not there: nothing will be found */
    free(folder);
    return good;
}

/* A folder that the confinement keeps from us is one that a script may not see:
 * what was found elsewhere is not all then. Frees `kept`. True: there was none.
 */
static bool saw_all(const struct spec *spec, char *kept, struct err *err)
{
    bool all = kept == NULL || spec->reach == NULL ||
               reach_folder(spec->reach, kept, err);
    free(kept);
    return all;
}

static bool no_export(const struct spec *spec, const struct paths *paths,
                      struct err *err)
{
    int len = (int)strlen(spec->path) - 2; /* without "/ *" */
    const char *other = paths->others.count > 0 ? paths->others.all[0]
                        : paths->ours.count > 0 ? paths->ours.all[0]
                                                : NULL;
    return err_set(err, EXIT_INPUT,
                   "%.*s: no export is in this folder%s%s; name a file", len,
                   spec->path, other ? ", but " : "", other ? other : "");
}

static bool none(const struct spec *spec, const struct paths *paths,
                 struct err *err)
{
    int why = paths->why;
    if (paths->ours.count > 0)
        return err_set(err, EXIT_INPUT,
                       "%s: nothing has a name like this but %s, which "
                       "fastsync wrote",
                       spec->path, paths->ours.all[0]);
    if (paths->others.count > 0)
        return err_set(err, EXIT_INPUT,
                       "%s: nothing has a name like this but %s, which is %s",
                       spec->path, paths->others.all[0],
                       detect_name(paths->others.all[0], 0)->title);
    return err_set(err, EXIT_INPUT,
                   "%s: no file has a name like this%s%s; check the path",
                   spec->path, why ? ": " : "", why ? strerror(why) : "");
}

static bool match(const struct spec *spec, struct paths *paths, struct err *err)
{
    glob_t found;
    struct matching matching;
    char *text = escaped(spec);
    bool there = matching_find(text, &found, &matching);
    bool good = saw_all(spec, matching.kept, err) &&
                (!there || take(spec, paths, &found, err));
    globfree(&found);
    free(text);
    paths->unread = matching.unread;
    paths->why = matching.why;
    if (matching.many)
        return err_set(err, EXIT_INPUT,
                       "%s: more than %d names were looked at, and there are "
                       "others; name the folder, or the file itself",
                       spec->path, MATCHING_MAX);
    if (!good || paths->files.count > 0)
        return good;
    return paths->folder ? no_export(spec, paths, err) : none(spec, paths, err);
}

/* All of it, the folder's own name being no pattern. */
static bool look_in(const struct spec *spec, struct paths *paths,
                    struct err *err)
{
    struct spec inside = *spec;
    size_t len = strlen(spec->path);
    while (len > 1 && spec->path[len - 1] == '/')
        len--;
    inside.path = mem_format("%.*s/*", (int)len, spec->path);
    inside.folder = len + 1;
    paths->folder = true;
    bool good = may_look(&inside, err) && match(&inside, paths, err);
    free(inside.path);
    return good;
}

bool pattern_paths(const struct spec *spec, struct paths *paths,
                   struct err *err)
{
    *paths = (struct paths){.files = {.count = 0}};
    if (request_is(spec->path)) {
        keep(&paths->files, spec->path);
        return true;
    }
    if (is_folder(spec->path))
        return look_in(spec, paths, err);
    if (is_pattern(spec))
        return may_look(spec, err) && match(spec, paths, err);
    if (spec->picked && strpbrk(spec->path + spec->folder, "*?[") == NULL)
        return err_set(err, EXIT_SCRIPT,
                       "%s: pick chooses among the files of a pattern, such as "
                       "\"exports/kh-*.csv\", and this is one file",
                       spec->path);
    keep(&paths->files, spec->path);
    return true;
}

void paths_release(struct paths *paths)
{
    drop(&paths->files);
    drop(&paths->ours);
    drop(&paths->others);
    free(paths->unread);
}

static void tell_other(const char *other, const char *path)
{
    const struct kind *kind = detect_name(other, 0);
    if (kind != NULL)
        log_note("%s: left out of %s, as it is %s", other, path, kind->title);
    else
        log_note("%s: left out of %s, as its name is none of an export", other,
                 path);
}

void pattern_tell(const char *path, const struct paths *paths)
{
    enum { SHOWN = 5 };
    const struct path_list *others = &paths->others;
    if (paths->unread != NULL && paths->files.count > 0)
        log_note("%s: cannot be looked into: %s; what is in it is not among %s",
                 paths->unread, strerror(paths->why), path);
    for (unsigned i = 0; i < paths->ours.count; i++)
        log_note("%s: left out of %s, as fastsync wrote it", paths->ours.all[i],
                 path);
    for (unsigned i = 0; i < others->count && i < SHOWN; i++)
        tell_other(others->all[i], path);
    if (others->count > SHOWN)
        log_note("%s: %u more files in it are left out, as their names are "
                 "none of an export",
                 path, others->count - SHOWN);
}
