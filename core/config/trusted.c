/* trusted.c: the list is read whole, and written whole beside itself, so that
 * it is never half there. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "trusted.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "sha256.h"

enum { HASH = SHA256_TEXT - 1, GAP = 2 };

/* Of the list; NULL: err. */
static char *list_folder(struct err *err)
{
    const char *base = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    if (base != NULL && *base == '/')
        return mem_format("%s/fastsync", base);
    if (home != NULL && *home == '/')
        return mem_format("%s/.local/state/fastsync", home);
    err_set(err, EXIT_USAGE,
            "there is no place for the list of trusted files: neither HOME "
            "nor XDG_STATE_HOME is set to a folder");
    return NULL;
}

/* The file's path with its folder's links resolved; NULL: err. */
static char *full_path(const char *path, struct err *err)
{
    const char *slash = strrchr(path, '/');
    char *given = slash == NULL   ? mem_text(".")
                  : slash == path ? mem_text("/")
                                  : mem_text_n(path, (size_t)(slash - path));
    char *folder = realpath(given, NULL), *full = NULL;
    free(given);
    if (folder == NULL)
        err_set(err, EXIT_USAGE, "%s: %s", path, strerror(errno));
    else if (strchr(folder, '\n') != NULL)
        err_set(err, EXIT_USAGE, "%s: its folder's name has a line end", path);
    else
        full = mem_format("%s/%s", strcmp(folder, "/") == 0 ? "" : folder,
                          slash ? slash + 1 : path);
    free(folder);
    return full;
}

/* An entry of the list. */
struct entry {
    const char *hash, *path;
    size_t path_len;
    const char *next;
};

/* What is no entry is passed over. */
static bool next_entry(struct entry *entry, const char *end)
{
    const char *at = entry->next;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        *entry = (struct entry){.hash = at,
                                .path = at + HASH + GAP,
                                .next = stop < end ? stop + 1 : end};
        if (stop - at > HASH + GAP && at[HASH + GAP] == '/') {
            entry->path_len = (size_t)(stop - entry->path);
            return true;
        }
        at = entry->next;
    }
    return false;
}

static bool is_of(const struct entry *entry, const char *path)
{
    return strlen(path) == entry->path_len &&
           memcmp(entry->path, path, entry->path_len) == 0;
}

/* None yet is an empty one. */
static bool read_list(struct content *list, struct err *err)
{
    bool absent = false;
    char *folder = list_folder(err);
    if (folder == NULL)
        return false;
    char *path = mem_format("%s/trusted", folder);
    struct err unread;
    bool good = content_read(list, path, &absent, &unread) || absent;
    if (!good)
        *err = unread;
    free(path);
    free(folder);
    return good;
}

static enum trust look(const struct content *list, const char *path,
                       const struct content *content)
{
    char hash[SHA256_TEXT];
    struct entry entry = {.next = list->at};
    sha256_text(content->at, content->len, hash);
    while (list->at != NULL && next_entry(&entry, list->at + list->len))
        if (is_of(&entry, path))
            return memcmp(entry.hash, hash, HASH) == 0 ? TRUST_GIVEN
                                                       : TRUST_CHANGED;
    return TRUST_NEVER;
}

enum trust trusted_look(const char *path, const struct content *content)
{
    struct err err;
    struct content list;
    enum trust trust = TRUST_NEVER;
    char *folder = list_folder(&err);
    free(folder);
    if (folder == NULL)
        return TRUST_NEVER; /* there is no list */
    char *full = full_path(path, &err);
    if (full == NULL || !read_list(&list, &err)) {
        log_warn("%s", err.text);
    } else {
        trust = look(&list, full, content);
        content_release(&list);
    }
    free(full);
    return trust;
}

/* The folder and what it stands in, for the user alone. */
static bool make_folder(char *folder, struct err *err)
{
    bool good = true;
    for (char *at = folder + 1; good; at++) {
        char was = *at;
        if (was != '/' && was != '\0')
            continue;
        *at = '\0';
        good = mkdir(folder, 0700) == 0 || errno == EEXIST;
        *at = was;
        if (was == '\0')
            break;
    }
    good = good && chmod(folder, 0700) == 0;
    return good || err_set(err, EXIT_USAGE, "%s: cannot be made: %s", folder,
                           strerror(errno));
}

static bool put_bytes(int fd, const struct buf *bytes)
{
    size_t done = 0;
    ssize_t put = 0;
    while (done < bytes->len &&
           (put = write(fd, bytes->at + done, bytes->len - done)) > 0)
        done += (size_t)put;
    return done == bytes->len && fsync(fd) == 0;
}

static bool write_list(const struct buf *bytes, struct err *err)
{
    char *folder = list_folder(err);
    if (folder == NULL || !make_folder(folder, err)) {
        free(folder);
        return false;
    }
    char *path = mem_format("%s/trusted", folder);
    char *fresh = mem_format("%s/trusted-XXXXXX", folder);
    int fd = mkstemp(fresh); /* 0600 */
    bool good = fd >= 0 && put_bytes(fd, bytes);
    good = (fd < 0 || close(fd) == 0) && good && rename(fresh, path) == 0;
    if (!good) {
        err_set(err, EXIT_USAGE, "%s: cannot be written: %s", path,
                strerror(errno));
        if (fd >= 0)
            unlink(fresh);
    }
    free(fresh);
    free(path);
    free(folder);
    return good;
}

/* The list without one path. */
static bool others(const char *path, struct buf *bytes, bool *found,
                   struct err *err)
{
    struct content list;
    *found = false;
    if (!read_list(&list, err))
        return false;
    struct entry entry = {.next = list.at};
    while (list.at != NULL && next_entry(&entry, list.at + list.len)) {
        if (is_of(&entry, path))
            *found = true;
        else
            buf_addf(bytes, "%.*s  %.*s\n", HASH, entry.hash,
                     (int)entry.path_len, entry.path);
    }
    content_release(&list);
    return true;
}

bool trusted_add(const char *path, const struct content *content,
                 struct err *err)
{
    bool found;
    char hash[SHA256_TEXT];
    struct buf bytes = {0};
    char *full = full_path(path, err);
    bool good = full != NULL && others(full, &bytes, &found, err);
    if (good) {
        sha256_text(content->at, content->len, hash);
        buf_addf(&bytes, "%s  %s\n", hash, full);
        good = bytes.len <= CONTENT_MAX
                   ? write_list(&bytes, err)
                   : err_set(err, EXIT_USAGE,
                             "the list of trusted files is full; fastsync "
                             "trust --list shows it, --forget takes out");
    }
    buf_release(&bytes);
    free(full);
    return good;
}

bool trusted_forget(const char *path, bool *found, struct err *err)
{
    struct buf bytes = {0};
    char *full = full_path(path, err);
    bool good = full != NULL && others(full, &bytes, found, err);
    if (good && *found)
        good = write_list(&bytes, err);
    buf_release(&bytes);
    free(full);
    return good;
}

bool trusted_each(void (*tell)(const char *path, enum trust trust),
                  struct err *err)
{
    struct content list;
    if (!read_list(&list, err))
        return false;
    struct entry entry = {.next = list.at};
    while (list.at != NULL && next_entry(&entry, list.at + list.len)) {
        struct content content;
        struct err unread;
        bool absent;
        char *path = mem_text_n(entry.path, entry.path_len);
        bool read = content_read(&content, path, &absent, &unread);
        tell(path, read     ? look(&list, path, &content)
                   : absent ? TRUST_NEVER
                            : TRUST_CHANGED);
        content_release(&content);
        free(path);
    }
    content_release(&list);
    return true;
}
