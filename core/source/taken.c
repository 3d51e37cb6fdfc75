/* taken.c: a list under a lock, walked from its beginning: a command has a
 * dozen files, and some scripts a few thousand lookups. */
#include "taken.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"

/* Where a path leads: a file, and the name that it has, or would have. */
struct spot {
    bool there, folder_there;
    struct stat file, folder;
    const char *name; /* in the path */
};

struct entry {
    char *path, *what; /* of an output: the option */
    enum taken_kind kind;
    bool output, spares;
    bool wanted; /* an output that was to be read */
    struct spot spot;
    unsigned long look; /* that `spot` is of */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct entry *entries;
static unsigned count, room;
static unsigned long look; /* what was seen in an earlier one counts no more */

static struct spot spot_of(const char *path)
{
    struct spot spot = {.there = false};
    const char *slash = strrchr(path, '/');
    char *folder = mem_format("%.*s", slash ? (int)(slash - path + 1) : 1,
                              slash ? path : ".");
    spot.there = stat(path, &spot.file) == 0;
    spot.folder_there = stat(folder, &spot.folder) == 0;
    spot.name = slash ? slash + 1 : path;
    free(folder);
    return spot;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Devices and sockets are nobody's: two streams may well go to one terminal. */
static bool meet(const struct spot *a, const struct spot *b)
{
    if (a->there && b->there && is_same(&a->file, &b->file))
        return S_ISREG(a->file.st_mode) || S_ISFIFO(a->file.st_mode);
    return a->folder_there && b->folder_there &&
           is_same(&a->folder, &b->folder) && strcmp(a->name, b->name) == 0 &&
           !(a->there && b->there && S_ISCHR(a->file.st_mode));
}

static void release(void)
{
    for (unsigned i = 0; i < count; i++) {
        free(entries[i].path);
        free(entries[i].what);
    }
    free(entries);
    entries = NULL;
    count = room = 0;
}

void taken_look(void)
{
    pthread_mutex_lock(&lock);
    look++;
    pthread_mutex_unlock(&lock);
}

void taken_begin(void)
{
    pthread_mutex_lock(&lock);
    release();
    look++;
    pthread_mutex_unlock(&lock);
}

/* Only under the lock. */
static void add(const struct entry *entry)
{
    for (unsigned i = 0; i < count; i++)
        if (entries[i].output == entry->output &&
            strcmp(entries[i].path, entry->path) == 0)
            return;
    if (count == room) {
        room = room ? 2 * room : 16;
        entries = mem_resize(entries, room * sizeof *entries);
    }
    entries[count] = *entry;
    entries[count].look = look - 1;
    entries[count].path = mem_text(entry->path);
    entries[count++].what = mem_text(entry->what);
}

void taken_note(const char *path, enum taken_kind kind, const char *what)
{
    const struct entry entry = {
        .path = (char *)path, .what = (char *)what, .kind = kind};
    pthread_mutex_lock(&lock);
    add(&entry);
    pthread_mutex_unlock(&lock);
}

static const struct spot *spot_in(struct entry *entry)
{
    if (entry->look != look)
        entry->spot = spot_of(entry->path);
    entry->look = look;
    return &entry->spot;
}

/* The first entry that the file is, or NULL. Only under the lock. */
static struct entry *find(const char *path, const struct entry *asked)
{
    const struct spot here = spot_of(path);
    for (unsigned i = 0; i < count; i++) {
        struct entry *entry = &entries[i];
        bool matters =
            asked->output
                ? (entry->output
                       ? strcmp(entry->what, asked->what) != 0
                       : !(asked->spares && entry->kind == TAKEN_INPUT))
                : entry->output && !entry->spares;
        if (matters && meet(&here, spot_in(entry)))
            return entry;
    }
    return NULL;
}

bool taken_write(const char *path, const char *who, bool spares,
                 struct err *err)
{
    const struct entry entry = {.path = (char *)path,
                                .what = (char *)who,
                                .output = true,
                                .spares = spares};
    bool good = true;
    pthread_mutex_lock(&lock);
    const struct entry *other = find(path, &entry);
    if (other == NULL)
        add(&entry);
    else if (other->output)
        good = err_set(err, EXIT_USAGE,
                       "%s %s: is what %s is written to as well; name another "
                       "file",
                       who, path, other->what);
    else
        good = err_set(err, EXIT_USAGE, "%s %s: is %s; name another file", who,
                       path, other->what);
    pthread_mutex_unlock(&lock);
    return good;
}

bool taken_read(const char *path, struct err *err)
{
    const struct entry entry = {.path = (char *)path,
                                .what = (char *)"an input of this run"};
    bool good = true;
    pthread_mutex_lock(&lock);
    look++;
    struct entry *other = find(path, &entry);
    if (other == NULL)
        add(&entry);
    else {
        other->wanted = true;
        good = err_set(err, EXIT_USAGE,
                       "%s: is what %s is written to; it cannot be read as "
                       "well",
                       path, other->what);
    }
    pthread_mutex_unlock(&lock);
    return good;
}

bool taken_wanted(const char *path)
{
    bool wanted = false;
    pthread_mutex_lock(&lock);
    for (unsigned i = 0; i < count; i++)
        wanted =
            wanted || (entries[i].wanted && strcmp(entries[i].path, path) == 0);
    pthread_mutex_unlock(&lock);
    return wanted;
}
