/* config.c: who said what. A setting has a rank, which tells whether a later
 * word replaces it, and an origin, which messages show. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "net/secrets.h"
#include "parse.h"
#include "words.h"

static void *member(struct config *config, const struct setting *setting)
{
    return (char *)config + setting->offset;
}

enum config_rank config_rank(const struct config *config, const char *name)
{
    const struct setting *setting = setting_find(name);
    return setting ? (enum config_rank)config->rank[setting - settings]
                   : RANK_DEFAULT;
}

const char *config_origin(const struct config *config, const char *name)
{
    const struct setting *setting = setting_find(name);
    return setting ? config->origin[setting - settings] : NULL;
}

unsigned config_trust(enum config_rank rank)
{
    static const unsigned char trust[] = {
        [RANK_DEFAULT] = 0,     [RANK_MAPPING] = 1, [RANK_HERE] = 2,
        [RANK_SYSTEM] = 3,      [RANK_USER] = 4,    [RANK_FILE] = 5,
        [RANK_ENVIRONMENT] = 6, [RANK_OPTION] = 6};
    return trust[rank];
}

static bool is_file(enum config_rank rank)
{
    return rank >= RANK_SYSTEM && rank <= RANK_FILE;
}

bool config_in_file(const struct config *config, const char *name)
{
    return is_file(config_rank(config, name));
}

static bool unknown(const char *name, const char *where, struct err *err)
{
    const char *near = setting_nearest(name);
    return err_set(err, EXIT_USAGE, "%s: no such setting%s%s%s", where,
                   near ? "; did you mean " : "", near ? near : "",
                   near ? "?" : "");
}

/* Who said it: `where` without the setting's name at its end. A message names
 * the setting as well; an origin is shown beside it. */
static char *origin_of(const char *name, const char *where)
{
    size_t len = strlen(where), tail = strlen(name) + 2;
    if (len > tail && memcmp(where + len - tail, ": ", 2) == 0 &&
        strcmp(where + len - tail + 2, name) == 0)
        len -= tail;
    return mem_text_n(where, len);
}

static void note(struct config *config, const struct setting *setting,
                 const char *value, enum config_rank rank, const char *where,
                 bool untrusted)
{
    char *origin = origin_of(setting->name, where);
    if (rank != RANK_MAPPING)
        words_note(config, setting, value, rank, origin, untrusted);
    free(origin);
}

/* A proxy's URL may hold one. */
static void note_secret(const struct setting *setting, const char *value)
{
    if (setting->secret)
        secrets_note(value);
    else if (strcmp(setting->name, "proxy") == 0)
        secrets_note_url(value);
}

void config_withhold(struct config *config, const struct setting *setting,
                     const char *value, const char *where)
{
    note(config, setting, value, RANK_HERE, where, true);
}

bool config_set(struct config *config, const char *name, const char *value,
                enum config_rank rank, const char *where, struct err *err)
{
    const struct setting *setting = setting_find(name);
    if (setting == NULL)
        return unknown(name, where, err);
    if (rank == RANK_MAPPING && !setting->mapping)
        return err_set(err, EXIT_USAGE,
                       "%s: a mapping cannot set this; it belongs in a "
                       "configuration file, the environment or an option",
                       where);
    if (is_file(rank) && setting->outside)
        return err_set(err, EXIT_USAGE,
                       "%s: a configuration file cannot set this; it is an "
                       "option",
                       where);
    unsigned char *before = &config->rank[setting - settings];
    /* Said by somebody more important. Of the same rank the later one counts.
     */
    bool outranked = *before > (unsigned char)rank;
    if ((!outranked || setting_adds(setting)) &&
        !setting_parse(setting, member(config, setting), value, where, err))
        return false;
    note(config, setting, value, rank, where, false);
    if (rank != RANK_OPTION) /* such is the rehearsal's own, and no secret */
        note_secret(setting, value);
    if (outranked)
        return true;
    char **origin = &config->origin[setting - settings];
    *before = (unsigned char)rank;
    config->form[setting - settings] = 0;
    free(*origin);
    *origin = origin_of(name, where);
    return true;
}

void config_init(struct config *config)
{
    struct err err;
    *config = (struct config){0};
    for (const struct setting *at = settings; at->name != NULL; at++)
        if (at->standard != NULL)
            setting_parse(at, member(config, at), at->standard, at->name, &err);
}

/* A script may have several mappings, and each may have said other
 * preferences. */
void config_forget_mapping(struct config *config)
{
    struct err err;
    for (const struct setting *at = settings; at->name != NULL; at++)
        if (config->rank[at - settings] == RANK_MAPPING) {
            setting_parse(at, member(config, at), at->standard, at->name, &err);
            config->rank[at - settings] = RANK_DEFAULT;
            free(config->origin[at - settings]);
            config->origin[at - settings] = NULL;
        }
}

void config_close(struct config *config, const char *path)
{
    char *before = config->closed;
    config->closed =
        before ? mem_format("%s\n%s", before, path) : mem_text(path);
    free(before);
}

void config_release(struct config *config)
{
    secrets_forget();
    free(config->closed);
    config->closed = NULL;
    free(config->files);
    config->files = NULL;
    free(config->commanded);
    config->commanded = NULL;
    free(config->beside);
    config->beside = NULL;
    free(config->unread);
    config->unread = NULL;
    words_release(config);
    for (size_t i = 0; i < SETTINGS_MAX; i++) {
        free(config->origin[i]);
        config->origin[i] = NULL;
    }
    for (const struct setting *at = settings; at->name != NULL; at++)
        if (setting_is_text(at))
            setting_drop(member(config, at));
}
