/* grants.c: names made the files and folders that they stand for now. */
#include "grants.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "base/mem.h"

static void add_folder(struct grants *grants, const char *path)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
        log_warn("--allow-read %s: there is no such folder", path);
    else if (!place_add(&grants->folders, path))
        log_warn("--allow-read %s: is one of more than %d, and left out", path,
                 GRANTS_MAX);
}

static void close_file(struct grants *grants, const char *path)
{
    place_add(&grants->never, path);
}

static void each_line(struct grants *grants, const char *lines,
                      void (*take)(struct grants *grants, const char *path))
{
    while (lines != NULL && *lines != '\0') {
        size_t len = strcspn(lines, "\n");
        char *path = mem_text_n(lines, len);
        take(grants, path);
        free(path);
        lines += len + (lines[len] != '\0');
    }
}

/* By whatever name: where a fastsync.ini is a link, that which it names. */
static void add_settings(struct grants *grants, const char *files)
{
    place_add(&grants->never, "fastsync.ini");
    while (files != NULL) {
        const char *end = strstr(files, ", ");
        char *path =
            mem_text_n(files, end ? (size_t)(end - files) : strlen(files));
        place_add(&grants->never, path);
        free(path);
        files = end ? end + 2 : NULL;
    }
}

/* What a script could learn a secret from: what counts first, as the list has
 * an end. */
static void add_secrets(struct grants *grants, const struct config *config)
{
    add_settings(grants, config->files);
    const char *const files[] = {
        config->config_file,
        config->password_file,
        config->client_key ? config->client_key : config->client_cert,
        config->client_key_password_file,
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (files[i] != NULL)
            place_add(&grants->never, files[i]);
    each_line(grants, config->closed, close_file);
}

void grants_make(struct grants *grants, const struct config *config,
                 const char *const *inputs, unsigned count)
{
    *grants = (struct grants){.variables = config->allow_env};
    each_line(grants, config->allow_read, add_folder);
    for (unsigned i = 0; i < count; i++)
        place_add(&grants->files, inputs[i]);
    add_secrets(grants, config);
}
