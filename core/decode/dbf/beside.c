/* beside.c: systems to which case is nothing have written these names. The
 * folder is listed; where that is refused, usual spellings are tried. */
#include "beside.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/buf.h"
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

static char *in_folder(const struct parts *parts, const char *name)
{
    return mem_format("%.*s%s", (int)parts->folder, parts->path, name);
}

static char *find_listed(const struct parts *parts, const char *ending,
                         DIR *all)
{
    const char *stem = parts->path + parts->folder;
    const struct dirent *entry;
    while ((entry = readdir(all)) != NULL)
        if (strncasecmp(entry->d_name, stem, parts->stem) == 0 &&
            strcasecmp(entry->d_name + parts->stem, ending) == 0)
            return in_folder(parts, entry->d_name);
    return NULL;
}

enum spelling { AS_IT_IS, LOWER, UPPER, TITLE, SPELLINGS };

static void spell(struct buf *out, const char *text, size_t len,
                  enum spelling spelling)
{
    for (size_t i = 0; i < len; i++) {
        char low = ascii_lower(text[i]);
        bool upper = spelling == UPPER || (spelling == TITLE && i == 1);
        bool letter = low >= 'a' && low <= 'z';
        buf_putc(out, spelling == AS_IT_IS ? text[i]
                      : upper && letter    ? (char)(low - 'a' + 'A')
                                           : low);
    }
}

static char *find_spelt(const struct parts *parts, const char *ending)
{
    const char *stem = parts->path + parts->folder;
    for (int i = 0; i < SPELLINGS * SPELLINGS; i++) {
        struct buf name = {0};
        spell(&name, stem, parts->stem, (enum spelling)(i / SPELLINGS));
        spell(&name, ending, strlen(ending), (enum spelling)(i % SPELLINGS));
        char *path = in_folder(parts, buf_text(&name));
        buf_release(&name);
        if (access(path, F_OK) == 0)
            return path;
        free(path);
    }
    return NULL;
}

char *beside_find(const char *path, const char *ending)
{
    struct parts parts = parts_of(path);
    char *folder = parts.folder > 0 ? mem_text_n(path, parts.folder)
                                    : mem_text(".");
    DIR *all = opendir(folder);
    free(folder);
    if (all == NULL)
        return find_spelt(&parts, ending);
    char *found = find_listed(&parts, ending, all);
    closedir(all);
    return found;
}
