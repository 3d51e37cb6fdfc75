/* file.c: settings from the environment and from INI files.
 *
 * Files are read from the least to the most important, so that of the same
 * rank the last one counts. libinih takes lines apart; it is handed them one
 * at a time, so that every message can name file and line, and so that an
 * indented line is a setting and not the continuation of the one above; quotes
 * it does not know, so those are looked for in the line itself. Only
 * the section of the chosen profile is used; the names in the others are
 * checked all the same. What secrets pass through is wiped: the stream's
 * buffer, libinih's line, and the environment's own text. */
#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "config.h"
#include "parse.h"
#include "quotes.h"

struct reading {
    struct config *config;
    const char *path;
    FILE *file;
    struct stat status;
    char *raw; /* the line, as libinih has not seen it */
    enum value_form form;
    unsigned line;
    bool profile_found;
    bool failed;
    struct err *err;
};

static bool fail(struct reading *reading, const char *text)
{
    reading->failed = true;
    return err_set(reading->err, EXIT_USAGE, "%s:%u: %s", reading->path,
                   reading->line, text);
}

/* Hands libinih one line. */
/* libinih would join an indented line to the one above, as old INI files do;
 * so its blanks go first. */
static char *next_line(char *line, int size, void *argument)
{
    struct reading *reading = argument;
    if (reading->failed || fgets(line, size, reading->file) == NULL) {
        mem_wipe(line, (size_t)size);
        return NULL;
    }
    reading->line++;
    size_t len = strlen(line);
    if (len + 1 == (size_t)size && line[len - 1] != '\n') {
        fail(reading, "the line is too long; a long token is better given as "
                      "FASTSYNC_TOKEN in the environment");
        return NULL;
    }
    size_t blanks = strspn(line, " \t");
    memmove(line, line + blanks, len + 1 - blanks);
    setting_drop(&reading->raw);
    reading->raw = mem_text(line);
    return line;
}

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

/* May this file say it? Who can read a secret, or make us run a command? */
static bool trusted(struct reading *reading, const struct setting *setting,
                    const char *value)
{
    const struct stat *status = &reading->status;
    /* A proxy's URL that names its user holds a password as well. */
    bool secret = setting->secret || (strcmp(setting->name, "proxy") == 0 &&
                                      strchr(value, '@') != NULL);
    bool ours = status->st_uid == geteuid();
    if (secret && !ours)
        return fail(reading, "a secret stands in a file of another user");
    if (secret && (status->st_mode & 077) != 0)
        return fail(reading, "a secret stands in a file that others can read; "
                             "chmod 600 it, or use password_file");
    if (strcmp(setting->name, "password_command") == 0 &&
        ((!ours && status->st_uid != 0) || (status->st_mode & 002) != 0))
        return fail(reading, "a command stands in a file that others can "
                             "write; it is not run");
    return true;
}

static bool take(struct reading *reading, const char *section, const char *name,
                 const char *value)
{
    const struct setting *setting = setting_find(name);
    char where[512];
    snprintf(where, sizeof where, "%s:%u: %s", reading->path, reading->line,
             name);
    const char *profile = reading->config->profile;
    /* What stands before any section is the default profile's. */
    bool ours = strcmp(*section ? section : "default", profile) == 0;
    reading->profile_found = reading->profile_found || ours;
    /* Also in other sections: a secret that lies open is told of before it is
     * needed. */
    if (setting != NULL && !trusted(reading, setting, value))
        return false;
    if (setting != NULL && !ours)
        return true;
    bool is_path = setting != NULL && (setting->kind == SETTING_PATH ||
                                       setting->kind == SETTING_PATHS);
    char *path = is_path ? resolve(reading->path, value) : NULL;
    bool good = config_set(reading->config, name, path ? path : value,
                           RANK_FILE, where, reading->err);
    reading->failed = !good;
    free(path);
    if (good && config_rank(reading->config, name) == RANK_FILE)
        reading->config->form[setting - settings] =
            (unsigned char)reading->form;
    return good;
}

/* The shell knows quotes itself, so that a command may begin with one. */
static bool take_line(struct reading *reading, const char *section,
                      const char *name, const char *value)
{
    reading->form = quotes_read(reading->raw, &value);
    if (reading->form == VALUE_OPEN && strcmp(name, "password_command") != 0) {
        char text[160];
        snprintf(text, sizeof text,
                 "%.40s: it begins with a quote and does not end with the "
                 "same one (put the whole in the other kind of quotes)",
                 name);
        return fail(reading, text);
    }
    return take(reading, section, name, value);
}

static int on_value(void *argument, const char *section, const char *name,
                    const char *value)
{
    struct reading *reading = argument;
    return !reading->failed && take_line(reading, section, name, value);
}

/* `needed`: asked for by name, so that it must be there. */
static bool open_file(struct reading *reading, bool needed)
{
    reading->file = fopen(reading->path, "r");
    if (reading->file == NULL && needed)
        return err_set(reading->err, EXIT_USAGE, "%s: %s", reading->path,
                       strerror(errno));
    if (reading->file == NULL) {
        if (errno != ENOENT && errno != ENOTDIR)
            log_debug("%s: %s", reading->path, strerror(errno));
        return true;
    }
    if (fstat(fileno(reading->file), &reading->status) != 0 ||
        S_ISDIR(reading->status.st_mode)) {
        fclose(reading->file);
        return err_set(reading->err, EXIT_USAGE, "%s: is not a file",
                       reading->path);
    }
    return true;
}

static void note_file(struct config *config, const char *path)
{
    char *before = config->files;
    config->files =
        before ? mem_format("%s, %s", before, path) : mem_text(path);
    free(before);
}

static bool read_file(struct reading *reading, const char *path, bool needed)
{
    char bytes[4096];
    reading->path = path;
    reading->line = 0;
    if (!open_file(reading, needed))
        return false;
    if (reading->file == NULL)
        return true;
    note_file(reading->config, path);
    config_found(reading->config, &reading->status);
    /* A buffer of our own can be wiped; stdio's cannot be reached. */
    setvbuf(reading->file, bytes, _IOFBF, sizeof bytes);
    int bad = ini_parse_stream(next_line, reading, on_value, reading);
    fclose(reading->file);
    setting_drop(&reading->raw);
    mem_wipe(bytes, sizeof bytes);
    reading->line = bad > 0 ? (unsigned)bad : 0;
    if (bad != 0 && !reading->failed)
        fail(reading, "neither \"[section]\" nor \"name = value\"");
    return !reading->failed;
}

static char *user_file(void)
{
    const char *base = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    if (base != NULL && *base == '/')
        return mem_format("%s/fastsync/fastsync.ini", base);
    return home ? mem_format("%s/.config/fastsync/fastsync.ini", home) : NULL;
}

static bool read_files(struct config *config, struct err *err)
{
    struct reading reading = {.config = config, .err = err};
    char *user = user_file();
    bool good = read_file(&reading, "/etc/fastsync/fastsync.ini", false) &&
                (user == NULL || read_file(&reading, user, false)) &&
                read_file(&reading, "fastsync.ini", false) &&
                (config->config_file == NULL ||
                 read_file(&reading, config->config_file, true));
    free(user);
    if (good && !reading.profile_found &&
        strcmp(config->profile, "default") != 0) {
        err_set(err, EXIT_USAGE,
                "no configuration file has a section [%s]; name one with "
                "--config, or another --profile",
                config->profile);
        return config_missing(config, err);
    }
    return good;
}

static bool read_environment(struct config *config, struct err *err)
{
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

bool config_load(struct config *config, struct err *err)
{
    return read_environment(config, err) && read_files(config, err);
}
