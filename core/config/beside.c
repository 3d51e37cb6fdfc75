/* beside.c: what somebody expected of a configuration file, in vain.
 *
 * Who writes fastsync.ini beside the mapping and calls from another folder has
 * it there in vain. A mapping may come from anywhere, and so may what lies
 * beside it: it is not read, but named where something is missing. So are the
 * settings of ./fastsync.ini that count for nothing until it is trusted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "config.h"
#include "words.h"

void config_expect(struct config *config, const char *mapping)
{
    const char *slash = strrchr(mapping, '/');
    struct stat status;
    free(config->beside);
    config->beside = NULL;
    if (slash == NULL)
        return; /* the working folder's own is read */
    config->beside =
        mem_format("%.*s/fastsync.ini", (int)(slash - mapping), mapping);
    if (stat(config->beside, &status) == 0 && S_ISREG(status.st_mode))
        return;
    free(config->beside);
    config->beside = NULL;
}

void config_found(struct config *config, const struct stat *read)
{
    struct stat status;
    if (config->beside == NULL || stat(config->beside, &status) != 0 ||
        status.st_dev != read->st_dev || status.st_ino != read->st_ino)
        return;
    free(config->beside);
    config->beside = NULL;
}

static bool is_withheld(const struct config *config,
                        const struct setting *setting)
{
    for (size_t i = 0; i < config->word_count; i++)
        if (config->words[i].setting == setting &&
            words_withheld(config, &config->words[i]))
            return true;
    return false;
}

bool config_withheld(const struct config *config, struct buf *to)
{
    unsigned count = 0;
    for (const struct setting *at = settings; at->name != NULL; at++)
        if (is_withheld(config, at))
            buf_addf(to, "%s%s",
                     count++ > 0 ? ", " : "fastsync.ini: ", at->name);
    if (count > 0)
        buf_addf(to,
                 " %s not count: %s; fastsync trust shows what it says and "
                 "lets it count",
                 count > 1 ? "do" : "does",
                 config->changed ? "the file has changed since it was trusted"
                                 : "nobody has trusted this folder's file");
    return count > 0;
}

/* Of the first line that sets it, or a setting that begins so. */
static void add_withheld(const struct config *config, const char *name,
                         struct buf *to)
{
    for (size_t i = 0; i < config->word_count; i++) {
        const struct word *word = &config->words[i];
        if (!words_withheld(config, word) ||
            strncmp(word->setting->name, name, strlen(name)) != 0)
            continue;
        buf_addf(to,
                 "; the %s of %s does not count until that file is trusted%s: "
                 "fastsync trust",
                 word->setting->name, word->origin,
                 config->changed ? " anew" : "");
        return;
    }
}

static void add_unread(const struct config *config, struct buf *to)
{
    for (const char *at = config->unread; at != NULL;) {
        size_t len = strcspn(at, "\n");
        buf_addf(to, "; not read: %.*s", (int)len, at);
        at = at[len] != '\0' ? at + len + 1 : NULL;
    }
}

bool config_missing(const struct config *config, const char *name,
                    struct err *err)
{
    struct buf text = {0};
    size_t said = strlen(err->text);
    if (config->beside != NULL)
        buf_addf(&text,
                 "; %s is not read by itself, as it stands beside the mapping "
                 "and not in the working folder: --config %s reads it",
                 config->beside, config->beside);
    add_unread(config, &text);
    if (name != NULL)
        add_withheld(config, name, &text);
    snprintf(err->text + said, sizeof err->text - said, "%s", buf_text(&text));
    buf_release(&text);
    return false;
}
