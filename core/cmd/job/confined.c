/* confined.c: paths of options and operands, as grants. A folder is granted
 * where files in it are made or get their names; what is below it is granted
 * with it. */
#define _XOPEN_SOURCE 700 /* setenv */
#include "confined.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "decode/dbf/beside.h"
#include "decode/paths/request.h"
#include "net/web/login.h"
#include "source/plain.h"
#include "state.h"

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return mem_format("%.*s", slash ? (int)(slash - path + 1) : 1,
                      slash ? path : ".");
}

/* SQLite has temporary files, which it would put into /tmp. */
static void keep_temporary(const char *folder)
{
    setenv("SQLITE_TMPDIR", folder, 1);
}

static void write_root(struct confine *confine, const char *root)
{
    if (root == NULL)
        return;
    confine_write(confine, root);
    keep_temporary(root);
}

static void begin(struct confine *confine, const struct config *config)
{
    if (config->no_confine)
        confine_never(confine);
    else
        confine_begin(confine);
}

/* An output that gets its name when it is whole, or has others beside it. */
static void write_beside(struct confine *confine, const char *path)
{
    if (path == NULL || plain_handed(path))
        return;
    char *folder = folder_of(path);
    confine_write(confine, folder);
    free(folder);
}

/* One that is written where it is, once it is there. */
static void write_in_place(struct confine *confine, const char *path)
{
    struct stat status;
    if (path == NULL || strcmp(path, "-") == 0)
        return;
    if (lstat(path, &status) == 0)
        confine_write(confine, path);
    else
        write_beside(confine, path);
}

static void write_outputs(struct confine *confine, const struct config *config)
{
    write_beside(confine, config->rejects);
    write_beside(confine, config->warnings);
    write_in_place(confine, config->bodies);
}

static void read_server(struct confine *confine, const struct config *config)
{
    const char *const paths[] = {
        config->password_file,
        config->ca_file,
        config->client_cert,
        config->client_key,
        config->client_key_password_file,
        config->proxy_ca_file,
    };
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        confine_read(confine, paths[i]);
}

/* What is no file is copied into one that has no name, if it must be read
 * twice. */
static bool may_spool(const char *path)
{
    struct stat status;
    bool standard = strcmp(path, "-") == 0;
    return (standard ? fstat(STDIN_FILENO, &status) : stat(path, &status)) ==
               0 &&
           (S_ISFIFO(status.st_mode) || S_ISSOCK(status.st_mode));
}

static void write_spool(struct confine *confine)
{
    const char *said = getenv("TMPDIR");
    confine_write(confine, said && *said ? said : "/tmp");
}

/* What belongs to a table and lies beside it. */
static void read_beside(struct confine *confine, const char *path)
{
    size_t len = strlen(path);
    if (len < 4 || strcasecmp(path + len - 4, ".dbf") != 0)
        return;
    for (const char *const *ending = beside_endings; *ending; ending++) {
        char *beside = beside_find(path, *ending);
        if (beside != NULL) {
            confine_read(confine, beside);
            beside_note(beside);
        }
        free(beside);
    }
}

/* Whether a database's journal is over, its first byte says; of a link it
 * stands where that leads. It is no link itself. */
static void read_journal(struct confine *confine, const char *path)
{
    struct stat status;
    char *real = realpath(path, NULL);
    char *journal = mem_format("%s-journal", real ? real : path);
    if (lstat(journal, &status) == 0 && S_ISREG(status.st_mode))
        confine_read(confine, journal);
    free(journal);
    free(real);
}

/* Of a pattern the folder that it is looked for in. */
static void read_input(struct confine *confine, const char *path)
{
    struct stat status;
    size_t len = strcspn(path, "*?[");
    confine_read(confine, path);
    read_beside(confine, path);
    read_journal(confine, path);
    if (path[len] == '\0' || stat(path, &status) == 0)
        return;
    while (len > 0 && path[len - 1] != '/')
        len--;
    char *folder = len > 0 ? mem_text_n(path, len) : mem_text(".");
    confine_read(confine, folder);
    free(folder);
}

static void read_inputs(struct confine *confine, const char *const *paths,
                        unsigned count)
{
    /* A mapping may name standard input as well. */
    bool spools = may_spool("-");
    for (unsigned i = 0; i < count; i++) {
        read_input(confine, paths[i]);
        spools = spools || may_spool(paths[i]);
    }
    if (spools)
        write_spool(confine);
}

static void read_granted(struct confine *confine, const char *lines)
{
    while (lines != NULL && *lines != '\0') {
        size_t len = strcspn(lines, "\n");
        char *path = mem_text_n(lines, len);
        confine_read(confine, path);
        free(path);
        lines += len + (lines[len] != '\0');
    }
}

static void read_script(struct confine *confine, const struct config *config,
                        const char *path)
{
    char *folder = folder_of(path);
    confine_read(confine, path); /* it may be a link */
    confine_read(confine, folder);
    free(folder);
    read_granted(confine, config->allow_read);
}

static void read_logins(struct confine *confine, const char *lines)
{
    struct login login;
    while (lines != NULL && *lines != '\0') {
        if (login_read(&login, lines)) {
            char *path = mem_text_n(login.file, login.file_len);
            confine_read(confine, path);
            free(path);
        }
        lines += strcspn(lines, "\n");
        lines += *lines != '\0';
    }
}

/* Pages that are read twice are kept in a file without a name. */
static void fetch_inputs(struct confine *confine, const struct config *config,
                         const char *const *paths, unsigned count)
{
    bool fetches = config->allow_net != NULL;
    for (unsigned i = 0; i < count; i++)
        fetches = fetches || request_is(paths[i]);
    if (!fetches)
        return;
    read_server(confine, config);
    read_logins(confine, config->http_auth);
    read_logins(confine, config->sql_auth);
    write_spool(confine);
}

/* It is granted as it stands here: a script that is not there makes none. */
static void write_state(struct confine *confine, const struct config *config,
                        const char *script, bool make)
{
    char *root = state_root(config, script, make && access(script, F_OK) == 0);
    write_root(confine, root);
    free(root);
}

bool confined_job(struct arguments *arguments, unsigned use, struct err *err)
{
    struct config *config = &arguments->config;
    const char *script = arguments->operands[0];
    struct confine confine = {.reads = {.count = 0}};
    if ((use & JOB_CONNECTS) != 0) {
        if (!config_command(config, err))
            return false;
        read_server(&confine, config);
    }
    read_script(&confine, config, script);
    if ((use & JOB_READS) != 0) {
        read_inputs(&confine, arguments->operands + 1, arguments->count - 1);
        fetch_inputs(&confine, config, arguments->operands + 1,
                     arguments->count - 1);
    }
    write_state(&confine, config, script, (use & JOB_WRITES) != 0);
    if ((use & JOB_WRITES) != 0)
        write_outputs(&confine, config);
    begin(&confine, config);
    return true;
}

void confined_status(const struct arguments *arguments)
{
    const struct config *config = &arguments->config;
    const char *script = arguments->count > 0 ? arguments->operands[0] : "";
    struct confine confine = {.reads = {.count = 0}};
    /* Also of rejects that another folder holds. */
    confine_read(&confine, config->state ? config->state : ".fastsync");
    write_state(&confine, config, script, false);
    begin(&confine, config);
}

void confined_doctor(const struct config *config, const char *script)
{
    struct confine confine = {.reads = {.count = 0}};
    read_server(&confine, config);
    if (script != NULL) {
        char *root = state_root_or_above(config, script);
        confine_read(&confine, script);
        write_root(&confine, root);
        free(root);
    }
    begin(&confine, config);
}

void confined_files(const struct config *config, const char *const *reads,
                    unsigned count, const char *write)
{
    struct confine confine = {.reads = {.count = 0}};
    read_inputs(&confine, reads, count);
    fetch_inputs(&confine, config, reads, count);
    if (write != NULL) {
        char *folder = folder_of(write);
        write_root(&confine, folder);
        free(folder);
    }
    begin(&confine, config);
}
