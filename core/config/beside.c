/* beside.c: the configuration file that somebody expected to be read.
 *
 * Who writes fastsync.ini beside the mapping and calls from another folder has
 * it there in vain. A mapping may come from anywhere, and so may what lies
 * beside it: it is not read, but named where something is missing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "config.h"

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

bool config_missing(const struct config *config, struct err *err)
{
    size_t len = strlen(err->text);
    if (config->beside != NULL)
        snprintf(err->text + len, sizeof err->text - len,
                 "; %s is not read by itself, as it stands beside the mapping "
                 "and not in the working folder: --config %s reads it",
                 config->beside, config->beside);
    return false;
}
