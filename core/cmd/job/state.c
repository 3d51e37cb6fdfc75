/* state.c: a folder of a name that the mapping's file gives it, in a folder
 * that somebody else may have packed. */
#include "state.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "journal/own.h"

void state_suffix(unsigned number, char suffix[16])
{
    suffix[0] = '\0';
    if (number > 0)
        snprintf(suffix, 16, ".%u", number + 1);
}

/* Of the script's name: "kh" of "kh.lua". "", "." and ".." are no names of a
 * folder, and a blank one is none to see. */
static int stem_length(const char *name)
{
    const char *dot = strrchr(name, '.');
    size_t len = dot ? (size_t)(dot - name) : strlen(name);
    return (int)(strspn(name, ". ") < len ? len : strlen(name));
}

char *job_state(const struct config *config, const char *path, unsigned number)
{
    const char *slash = strrchr(path, '/');
    const char *stem = slash ? slash + 1 : path;
    char suffix[16];
    state_suffix(number, suffix);
    if (config->state != NULL)
        return mem_format("%s%s%s", config->state, *suffix ? "/" : "",
                          suffix + !!*suffix);
    return mem_format("%.*s.fastsync/%.*s%s", (int)(stem - path), path,
                      stem_length(stem), stem, suffix);
}

/* As mkdir -p does. */
static bool make_folders(const char *path)
{
    char *copy = mem_text(path);
    bool good = true;
    for (char *at = copy; good && *at != '\0'; at++) {
        if (*at != '/' || at == copy)
            continue;
        *at = '\0';
        good = mkdir(copy, 0700) == 0 || errno == EEXIST;
        *at = '/';
    }
    good = good && (mkdir(copy, 0700) == 0 || errno == EEXIST);
    int kept = errno;
    free(copy);
    errno = kept;
    return good;
}

/* The folder above: `.fastsync`, which is ours as well. */
static bool own_above(const char *path, struct err *err)
{
    char *above = mem_text(path);
    char *slash = strrchr(above, '/');
    if (slash != NULL)
        *slash = '\0';
    bool good = own_folder(above, false, err);
    free(above);
    return good;
}

/* A link that the person named by --state leads where they want it; any other
 * was put there by whoever made the folder. */
static bool is_ours(const struct config *config, const char *path,
                    struct err *err)
{
    bool named = config->state != NULL && strcmp(config->state, path) == 0 &&
                 !config_in_file(config, "state");
    return (config->state != NULL || own_above(path, err)) &&
           own_folder(path, named, err) && own_state(path, err);
}

bool state_make(const struct config *config, const char *path, struct err *err)
{
    return is_ours(config, path, err) &&
           (make_folders(path) ||
            err_set(err, EXIT_USAGE,
                    "%s: cannot be made: %s; --state names another folder",
                    path, strerror(errno))) &&
           is_ours(config, path, err);
}

static char *root_path(const struct config *config, const char *script_path)
{
    const char *slash = strrchr(script_path, '/');
    if (config->state != NULL)
        return mem_text(config->state);
    return mem_format("%.*s.fastsync",
                      slash ? (int)(slash + 1 - script_path) : 0, script_path);
}

char *state_root_or_above(const struct config *config, const char *script_path)
{
    char *root = root_path(config, script_path);
    char *there = state_nearest(root);
    free(root);
    return there;
}

char *state_root(const struct config *config, const char *script_path,
                 bool make)
{
    struct err unsaid;
    struct stat status;
    char *root = root_path(config, script_path);
    bool ours = config->state ? is_ours(config, root, &unsaid)
                              : own_folder(root, false, &unsaid);
    if (ours && (!make || make_folders(root)) && stat(root, &status) == 0)
        return root;
    free(root);
    return NULL;
}

char *state_nearest(const char *path)
{
    char *at = mem_text(path), *slash;
    struct stat status;
    while (stat(at, &status) != 0 && errno == ENOENT &&
           (slash = strrchr(at, '/')) != NULL && slash > at)
        *slash = '\0';
    if (stat(at, &status) == 0)
        return at;
    /* Nothing of the path is there: the root, or the working folder, must be.
     */
    bool rooted = *at == '/';
    free(at);
    return mem_text(rooted ? "/" : ".");
}
