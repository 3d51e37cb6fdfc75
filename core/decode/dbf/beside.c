/* beside.c: systems to which case is nothing have written these names. The
 * folder is listed; where that is refused, as once the program is confined,
 * what was noted before is looked through. */
#include "beside.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

const char *const beside_endings[] = {".fpt", ".dbt", ".cpg", NULL};

/* A path, taken apart: its folder, the name's length before its ending. */
struct parts {
    const char *path;
    size_t folder, stem;
};

static struct parts parts_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t folder = slash != NULL ? (size_t)(slash - path) + 1 : 0;
    const char *dot = strrchr(path + folder, '.');
    size_t end = dot != NULL ? (size_t)(dot - path) : strlen(path);
    return (struct parts){path, folder, end - folder};
}

/* Is the path one of the table's, in any letter case, with that ending? */
static bool fits(const struct parts *parts, const char *path,
                 const char *ending)
{
    size_t before = parts->folder + parts->stem;
    return strncmp(path, parts->path, parts->folder) == 0 &&
           strncasecmp(path, parts->path, before) == 0 &&
           strcasecmp(path + before, ending) == 0;
}

/* Of two that fit, the one that is spelt as the table is: another one may be
 * of a table whose name differs in letter case alone. Frees the other one. */
static char *better(const struct parts *parts, char *one, char *other)
{
    size_t before = parts->folder + parts->stem;
    if (one == NULL)
        return other;
    bool exact = strncmp(one, parts->path, before) == 0;
    bool same = exact == (strncmp(other, parts->path, before) == 0);
    bool first = same ? strcmp(one, other) < 0 : exact;
    free(first ? other : one);
    return first ? one : other;
}

static char *find_listed(const struct parts *parts, const char *ending,
                         DIR *all)
{
    const struct dirent *entry;
    char *found = NULL;
    while ((entry = readdir(all)) != NULL) {
        char *path = mem_format("%.*s%s", (int)parts->folder, parts->path,
                                entry->d_name);
        if (fits(parts, path, ending))
            found = better(parts, found, path);
        else
            free(path);
    }
    return found;
}

/* What was found while folders could be listed. */
static struct {
    char **paths;
    size_t count;
} noted;

void beside_note(const char *found)
{
    noted.paths =
        mem_resize(noted.paths, (noted.count + 1) * sizeof *noted.paths);
    noted.paths[noted.count++] = mem_text(found);
}

static char *find_noted(const struct parts *parts, const char *ending)
{
    char *found = NULL;
    for (size_t i = 0; i < noted.count; i++)
        if (fits(parts, noted.paths[i], ending))
            found = better(parts, found, mem_text(noted.paths[i]));
    return found;
}

char *beside_find(const char *path, const char *ending)
{
    struct parts parts = parts_of(path);
    char *folder =
        parts.folder > 0 ? mem_text_n(path, parts.folder) : mem_text(".");
    DIR *all = opendir(folder);
    free(folder);
    if (all == NULL)
        return find_noted(&parts, ending);
    char *found = find_listed(&parts, ending, all);
    closedir(all);
    return found;
}
