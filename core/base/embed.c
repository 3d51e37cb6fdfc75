/* embed.c: finds a file of the Lua library, in the program or on disk. What
 * was read from disk is kept in a list, so that every state of a run sees the
 * same text and callers need not care where it came from. */
#include "embed.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "mem.h"

struct on_disk {
    struct on_disk *next;
    struct embedded file;
};

/* Never freed: the texts are handed out without an owner. */
static struct on_disk *all_read;
static pthread_mutex_t reading = PTHREAD_MUTEX_INITIALIZER;

static bool read_all(const char *path, struct buf *text, struct err *err)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return err_set(err, EXIT_FAULT, "%s: %s (FASTSYNC_LUA)", path,
                       strerror(errno));
    size_t got;
    /* Read to its end, whatever its size was when it was opened: an editor
     * may be writing it. */
    do {
        got = fread(buf_reserve(text, 16384), 1, 16384, file);
        text->len += got;
    } while (got > 0);
    bool failed = ferror(file) != 0;
    fclose(file);
    if (failed)
        return err_set(err, EXIT_FAULT, "%s: cannot be read (FASTSYNC_LUA)",
                       path);
    return true;
}

/* Adds it to the list and answers it; NULL: err. */
static struct on_disk *read_disk(const char *dir, const char *name,
                                 struct err *err)
{
    struct buf text = {0};
    char *path = mem_format("%s/%s", dir, name);
    struct on_disk *read = NULL;
    if (read_all(path, &text, err)) {
        read = mem_alloc(sizeof *read);
        buf_text(&text);
        read->file.name = mem_text(name);
        read->file.text = buf_detach(&text, &read->file.len);
        read->next = all_read;
        all_read = read;
    }
    buf_release(&text);
    free(path);
    return read;
}

/* States are opened on one thread today; the lock makes that no condition. */
static bool find_on_disk(const char *dir, const char *name,
                         struct embedded *file, struct err *err)
{
    pthread_mutex_lock(&reading);
    struct on_disk *each = all_read;
    while (each != NULL && strcmp(each->file.name, name) != 0)
        each = each->next;
    if (each == NULL)
        each = read_disk(dir, name, err);
    if (each != NULL)
        *file = each->file;
    pthread_mutex_unlock(&reading);
    return each != NULL;
}

bool embedded_find(const char *name, struct embedded *file, struct err *err)
{
    const char *dir = getenv("FASTSYNC_LUA");
    if (dir != NULL && *dir != '\0')
        return find_on_disk(dir, name, file, err);
    for (const struct embedded *each = embedded_files; each->name; each++) {
        if (strcmp(each->name, name) == 0) {
            *file = *each;
            return true;
        }
    }
    return err_set(err, EXIT_FAULT, "lua/%s: not in this program", name);
}
