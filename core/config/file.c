/* file.c: settings from the environment and from INI files.
 *
 * Only the section of the chosen profile is used; the names in the others are
 * checked all the same. A file that others could have written is not read,
 * which is said; and what ./fastsync.ini says of servers, commands and files
 * is withheld until somebody trusts it: a folder's files come from whoever
 * packed it. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/mem.h"
#include "config.h"
#include "lines.h"
#include "net/secrets.h"
#include "net/web/login.h"
#include "parse.h"
#include "trusted.h"

struct reading {
    struct config *config;
    const char *path;
    enum config_rank rank;
    struct content content;
    enum { UNASKED, TRUSTED, UNTRUSTED } trust; /* of ./fastsync.ini */
    bool profile_found;
    struct stat seen[4]; /* the files that were read */
    unsigned count;
};

/* A path in a file is relative to the file's folder; ~/ is the user's. */
static char *resolve(const char *file, const char *value)
{
    const char *slash = strrchr(file, '/');
    const char *home = getenv("HOME");
    if (strncmp(value, "~/", 2) == 0 && home != NULL)
        return mem_format("%s%s", home, value + 1);
    if (*value == '/' || slash == NULL || strcmp(value, "-") == 0)
        return mem_text(value);
    return mem_format("%.*s/%s", (int)(slash - file), file, value);
}

/* May this file hold it? Who can read a secret? */
static bool may_hold(const struct reading *reading, const struct line *line,
                     const struct setting *setting, struct err *err)
{
    const struct stat *status = &reading->content.status;
    /* A proxy's URL that names its user holds a password as well. */
    bool secret = setting->secret || (strcmp(setting->name, "proxy") == 0 &&
                                      strchr(line->value, '@') != NULL);
    if (secret && status->st_uid != geteuid())
        return lines_fail(line, "a secret stands in a file of another user",
                          err);
    if (secret && (status->st_mode & 077) != 0)
        return lines_fail(line,
                          "a secret stands in a file that others can read; "
                          "chmod 600 it, or use password_file",
                          err);
    return true;
}

/* The list is asked only where something hangs on it. */
static bool withheld(struct reading *reading, const struct setting *setting)
{
    if (reading->rank != RANK_HERE || !setting_needs_trust(setting))
        return false;
    if (reading->trust == UNASKED) {
        enum trust trust = trusted_look(reading->path, &reading->content);
        reading->trust = trust == TRUST_GIVEN ? TRUSTED : UNTRUSTED;
        reading->config->changed = trust == TRUST_CHANGED;
    }
    return reading->trust == UNTRUSTED;
}

/* In any section: one profile's script has no business with another's. */
static void close_file(const struct reading *reading,
                       const struct setting *setting, const char *value)
{
    struct login login;
    if (setting_is_login(setting))
        value = login_read(&login, value) ? login.file : "";
    char *path = resolve(reading->path, value);
    config_close(reading->config, path);
    free(path);
}

/* The value with its path, if it has one, as it is from here; or NULL. */
static char *resolved(const struct reading *reading,
                      const struct setting *setting, const char *value)
{
    struct login login;
    if (setting == NULL)
        return NULL;
    if (setting->kind == SETTING_PATH || setting->kind == SETTING_PATHS)
        return resolve(reading->path, value);
    if (!setting_is_login(setting) || !login_read(&login, value))
        return NULL;
    char *path = resolve(reading->path, login.file);
    char *line = mem_format("%.*s%s", (int)(login.file - value), value, path);
    free(path);
    return line;
}

/* A setting of our own section. */
static bool take(struct reading *reading, const struct line *line,
                 const struct setting *setting, const char *where,
                 struct err *err)
{
    struct config *config = reading->config;
    if (setting != NULL && withheld(reading, setting)) {
        config_withhold(config, setting, line->value, where);
        return true;
    }
    char *path = resolved(reading, setting, line->value);
    bool good = config_set(config, line->name, path ? path : line->value,
                           reading->rank, where, err);
    free(path);
    if (good && config_rank(config, line->name) == reading->rank)
        config->form[setting - settings] = (unsigned char)line->form;
    return good;
}

static bool take_line(void *owner, const struct line *line, struct err *err)
{
    struct reading *reading = owner;
    const struct setting *setting = setting_find(line->name);
    char where[512];
    snprintf(where, sizeof where, "%s:%u: %s", line->path, line->number,
             line->name);
    bool ours = strcmp(line->section, reading->config->profile) == 0;
    reading->profile_found = reading->profile_found || ours;
    /* Also in other sections: a secret that lies open is told of before it is
     * needed. */
    if (setting != NULL && !may_hold(reading, line, setting, err))
        return false;
    if (setting != NULL && setting->closed)
        close_file(reading, setting, line->value);
    return (setting != NULL && !ours) ||
           take(reading, line, setting, where, err);
}

/* "a", then "a, b". */
static void append(char **list, const char *between, const char *text)
{
    char *before = *list;
    *list =
        before ? mem_format("%s%s%s", before, between, text) : mem_text(text);
    free(before);
}

/* The same file by two names is the more important one. */
static bool is_read(const struct reading *reading)
{
    const struct stat *status = &reading->content.status;
    for (unsigned i = 0; i < reading->count; i++)
        if (reading->seen[i].st_dev == status->st_dev &&
            reading->seen[i].st_ino == status->st_ino)
            return true;
    return false;
}

/* Asked for by name, it must be there, and be read. */
static bool read_file(struct reading *reading, const char *path,
                      enum config_rank rank, struct err *err)
{
    struct err why;
    bool absent, needed = rank == RANK_FILE;
    reading->path = path;
    reading->rank = rank;
    if (!content_read(&reading->content, path, &absent, needed ? err : &why)) {
        if (!needed && !absent)
            append(&reading->config->unread, "\n", why.text);
        return !needed;
    }
    bool good = true;
    if (!is_read(reading)) {
        append(&reading->config->files, ", ", path);
        config_close(reading->config, path);
        config_found(reading->config, &reading->content.status);
        reading->seen[reading->count++] = reading->content.status;
        good = lines_each(&reading->content, path, take_line, reading, err);
    }
    content_release(&reading->content);
    return good;
}

static char *user_file(void)
{
    const char *base = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    if (base != NULL && *base == '/')
        return mem_format("%s/fastsync/fastsync.ini", base);
    /* A folder below the working one would be anybody's. */
    return home != NULL && *home == '/'
               ? mem_format("%s/.config/fastsync/fastsync.ini", home)
               : NULL;
}

/* From the most trusted one on: what is read twice has the better name. */
static bool read_files(struct config *config, struct err *err)
{
    struct reading reading = {.config = config};
    char *user = user_file();
    const char *const paths[] = {config->config_file, user,
                                 "/etc/fastsync/fastsync.ini", "fastsync.ini"};
    static const enum config_rank ranks[] = {RANK_FILE, RANK_USER, RANK_SYSTEM,
                                             RANK_HERE};
    bool good = true;
    for (unsigned i = 0; good && i < 4; i++)
        good = paths[i] == NULL || read_file(&reading, paths[i], ranks[i], err);
    free(user);
    if (good && !reading.profile_found &&
        strcmp(config->profile, "default") != 0) {
        err_set(err, EXIT_USAGE,
                "no configuration file has a section [%s]; name one with "
                "--config, or another --profile",
                config->profile);
        return config_missing(config, NULL, err);
    }
    return good;
}

/* libcurl takes them from there, where no proxy is set. */
static void note_proxies(void)
{
    static const char *const names[] = {
        "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        secrets_note_url(getenv(names[i]));
}

static bool read_environment(struct config *config, struct err *err)
{
    note_proxies();
    for (const struct setting *at = settings; at->name != NULL; at++) {
        char name[64];
        snprintf(name, sizeof name, "FASTSYNC_%s", at->name);
        /* Upper case without a locale: the names are ASCII. */
        for (char *c = name; *c != '\0'; c++)
            *c = (char)toupper((unsigned char)*c);
        char *value = getenv(name);
        if (value == NULL || *value == '\0')
            continue;
        if (!config_set(config, at->name, value, RANK_ENVIRONMENT, name, err))
            return false;
        /* What we start does not need it, nor whoever looks at us. */
        if (at->secret)
            mem_wipe(value, strlen(value));
    }
    return true;
}

/* Once: not of what a caller tells in its own words. */
static void tell(const struct config *config)
{
    struct buf text = {0};
    for (const char *at = config->unread; !config->silent && at != NULL;) {
        const char *end = strchr(at, '\n');
        log_warn("%.*s; it is not read",
                 (int)(end ? (size_t)(end - at) : strlen(at)), at);
        at = end ? end + 1 : NULL;
    }
    if (!config->silent && config_withheld(config, &text))
        log_warn("%s", buf_text(&text));
    buf_release(&text);
}

bool config_load(struct config *config, struct err *err)
{
    if (!read_environment(config, err) || !read_files(config, err))
        return false;
    tell(config);
    return true;
}
