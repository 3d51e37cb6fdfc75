/* work.c: whatever begins like the usual name and is one of ours. */
#include "work.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "place.h"
#include "written.h"

enum { MOST = 4096 };

static bool may_be(const char *name)
{
    static const char usual[] = "rejects.", dry[] = "rejects.check.";
    size_t len = strlen(name);
    return strncmp(name, usual, sizeof usual - 1) == 0 &&
           strncmp(name, dry, sizeof dry - 1) != 0 && len > 4 &&
           strcmp(name + len - 4, ".csv") == 0;
}

/* Without the extension, so that rejects.csv comes before rejects.2.csv. */
static int by_name(const void *a, const void *b)
{
    const char *one = *(char *const *)a, *other = *(char *const *)b;
    size_t len = strlen(one) - 4, other_len = strlen(other) - 4;
    int order = memcmp(one, other, len < other_len ? len : other_len);
    return order != 0 ? order : len < other_len ? -1 : len > other_len;
}

void work_each(const char *folder, work_visit *visit, void *owner)
{
    char *paths[MOST];
    unsigned count = 0;
    DIR *open = opendir(folder);
    const struct dirent *entry;
    while (open && count < MOST && (entry = readdir(open)) != NULL)
        if (may_be(entry->d_name))
            paths[count++] = mem_format("%s/%s", folder, entry->d_name);
    if (open != NULL)
        closedir(open);
    qsort(paths, count, sizeof *paths, by_name);
    for (unsigned i = 0; i < count; i++) {
        struct written written = written_look(paths[i]);
        const struct work work = {paths[i], written.edited, written.rows};
        if (rejects_look(paths[i]) == OURS && !written.taken)
            visit(owner, &work);
        free(paths[i]);
    }
}
