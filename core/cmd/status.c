/* status.c: `fastsync status`: what the journals of a mapping know: of all the
 * mappings of a script, of the folder that --state names, or of all that have
 * run here. It asks the journals alone, and may do so while a run is going on.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/screen/print.h"
#include "command.h"
#include "folder.h"
#include "job.h"

/* That nothing has run yet is no failure, but a script that is not there is.
 * `script` NULL: nobody knows whose folder it is. */
static bool tell_none(const struct arguments *arguments, const char *dir,
                      const char *script, struct err *err)
{
    struct buf json = {0};
    if (script != NULL && access(script, F_OK) != 0)
        return err_set(err, EXIT_USAGE, "%s: no such file; check the path",
                       script);
    if (!arguments->json) {
        print_line("%s: no run yet", script ? script : dir);
        return true;
    }
    buf_puts(&json, "{\"state\":");
    json_cstring(&json, dir);
    buf_puts(&json, ",\"mapping\":");
    json_cstring(&json, script);
    buf_puts(&json, ",\"runs\":[],\"pending\":[],\"last_good\":null,"
                    "\"running\":false}\n");
    print_json(&json);
    buf_release(&json);
    return true;
}

/* A script has a folder for each of its mappings. */
static bool tell_script(const struct arguments *arguments, struct err *err)
{
    const char *script = arguments->operands[0];
    /* The first folder must have a journal; the list ends with the first that
     * has none. */
    bool found = true, good = true;
    for (unsigned i = 0; good && found && i < 64; i++) {
        char *dir = job_state(&arguments->config, script, i);
        good = folder_tell(dir, arguments->json, &found, err);
        if (good && !found && i == 0)
            good = tell_none(arguments, dir, script, err);
        free(dir);
    }
    return good;
}

/* readdir has no order. */
static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static unsigned list_folder(const char *path, char **names, unsigned max)
{
    unsigned count = 0;
    DIR *folder = opendir(path);
    const struct dirent *entry;
    while (folder && count < max && (entry = readdir(folder)) != NULL)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            names[count++] = mem_format("%s/%s", path, entry->d_name);
    if (folder != NULL)
        closedir(folder);
    qsort(names, count, sizeof *names, by_name);
    return count;
}

/* The one folder that --state names. */
static bool tell_state(const struct arguments *arguments, struct err *err)
{
    bool found;
    const char *dir = arguments->config.state;
    return folder_tell(dir, arguments->json, &found, err) &&
           (found || tell_none(arguments, dir, NULL, err));
}

/* All mappings that have run in this folder. */
static bool tell_here(const struct arguments *arguments, struct err *err)
{
    char *names[1024];
    bool any = false, good = true;
    unsigned count = list_folder(".fastsync", names, 1024);
    for (unsigned i = 0; i < count; i++) {
        bool found = false;
        if (good)
            good = folder_tell(names[i], arguments->json, &found, err);
        any |= found;
        if (good && found && !arguments->json && i + 1 < count)
            print_end();
        free(names[i]);
    }
    if (good && !any && arguments->json)
        return tell_none(arguments, ".fastsync", NULL, err);
    if (good && !any)
        print_line(
            "no run yet in this folder; fastsync status MAPPING.lua asks "
            "of one elsewhere");
    return good;
}

static enum exit_code status(struct arguments *arguments, struct err *err)
{
    bool good = config_load(&arguments->config, err);
    if (good)
        confined_status(arguments);
    if (good && arguments->count > 0)
        good = tell_script(arguments, err);
    else if (good)
        good = arguments->config.state != NULL ? tell_state(arguments, err)
                                               : tell_here(arguments, err);
    return good ? EXIT_DONE : err->code;
}

static const char *const options[] = {"profile", "config",     "state",
                                      "json",    "no_confine", NULL};

const struct command command_status = {
    .name = "status",
    .usage = "fastsync status [MAPPING.lua]",
    .help = "runs, pending and rejected records, last error",
    .example = "fastsync status khach-hang.lua",
    .options = options,
    .operands_max = 1,
    .body = status,
};
