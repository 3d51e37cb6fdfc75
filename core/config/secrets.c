/* secrets.c: the credentials.
 *
 * Of several ways to give credentials the one said with the highest rank
 * counts, and among equals the first of: token, password, password_file,
 * password_command. The password found becomes config->password; the text it
 * came through is wiped. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/log.h"
#include "base/mem.h"
#include "config.h"
#include "net/secrets.h"

static bool begins(const char *line, const char *mark)
{
    return strncmp(line, mark, strlen(mark)) == 0;
}

/* The first line of a stream; NULL: err. An editor may have put a byte order
 * mark in front, which is no part of it. */
static char *take_line(FILE *file, const char *where, struct err *err)
{
    /* On the stack, where it is wiped. */
    char bytes[4096] = "", *line = bytes, *taken = NULL;
    bool good = fgets(bytes, sizeof bytes, file) != NULL;
    if (begins(bytes, "\xef\xbb\xbf"))
        line += 3;
    size_t len = good ? strcspn(line, "\r\n") : 0;
    if (begins(bytes, "\xff\xfe") || begins(bytes, "\xfe\xff"))
        err_set(err, EXIT_USAGE, "%s: it is UTF-16; save it as UTF-8", where);
    else if (len == 0)
        err_set(err, EXIT_USAGE, "%s: its first line is empty", where);
    else if (line + len + 1 == bytes + sizeof bytes)
        err_set(err, EXIT_USAGE, "%s: its first line is too long", where);
    else
        taken = mem_text_n(line, len);
    secrets_note(taken);
    mem_wipe(bytes, sizeof bytes);
    return taken;
}

char *config_secret(const char *name, const char *path, struct err *err)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        err_set(err, EXIT_USAGE, "%s: %s: %s", name, path, strerror(errno));
        return NULL;
    }
    setvbuf(file, NULL, _IONBF, 0); /* no copy that nobody wipes */
    char *where = mem_format("%s: %s", name, path);
    char *secret = take_line(file, where, err);
    free(where);
    fclose(file);
    return secret;
}

/* Secrets that an orchestrator puts below /run/secrets are open to the
 * container alone, whatever their mode says. */
bool config_exposed(const char *path)
{
    static const char *const kept[] = {"/run/secrets/", "/var/run/secrets/"};
    struct stat status;
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (strncmp(path, kept[i], strlen(kept[i])) == 0)
            return false;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
           (status.st_mode & 004) != 0;
}

static void warn_exposed(const char *name, const char *path)
{
    if (path != NULL && config_exposed(path))
        log_warn("%s: %s: everyone on this machine can read it; chmod 600 %s",
                 name, path, path);
}

static void forget_password(struct config *config)
{
    if (config->password == NULL)
        return;
    mem_wipe(config->password, strlen(config->password));
    free(config->password);
    config->password = NULL;
}

static bool from_file(struct config *config, struct err *err)
{
    const char *path = config->password_file;
    config->password = config_secret("password_file", path, err);
    if (config->password != NULL && !config->warned)
        warn_exposed("password_file", path);
    return config->password != NULL;
}

static bool from_command(struct config *config, struct err *err)
{
    fflush(NULL);
    FILE *pipe = popen(config->password_command, "r");
    if (pipe == NULL)
        return err_set(err, EXIT_USAGE, "password_command: %s",
                       strerror(errno));
    setvbuf(pipe, NULL, _IONBF, 0);
    config->password = take_line(pipe, "password_command", err);
    /* A command that is still writing when its pipe closes would end with a
     * signal, and look as if it had failed. */
    while (getc(pipe) != EOF)
        ;
    int status = pclose(pipe);
    if (status == 0 || status == -1)
        return config->password != NULL;
    forget_password(config);
    return err_set(err, EXIT_USAGE, "password_command: ended with %s %d",
                   WIFEXITED(status) ? "exit code" : "signal",
                   WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
}

/* The ways to credentials, the preferred one first among equals. */
static const struct {
    const char *name;
    bool (*take)(struct config *config, struct err *err); /* NULL: is there */
} ways[] = {
    {"token", NULL},
    {"password", NULL},
    {"password_file", from_file},
    {"password_command", from_command},
};

enum { TOKEN, WAYS = sizeof ways / sizeof *ways };

static bool said(const struct config *config, size_t way)
{
    const char *const texts[] = {config->token, config->password,
                                 config->password_file,
                                 config->password_command};
    return texts[way] != NULL && *texts[way] != '\0';
}

/* The way with the highest rank, or WAYS. A user name said higher than the
 * token means that the token is another account's. */
static size_t best_way(const struct config *config)
{
    size_t best = WAYS;
    for (size_t i = 0; i < WAYS; i++) {
        if (!said(config, i))
            continue;
        if (best == WAYS ||
            config_rank(config, ways[i].name) >
                config_rank(config, ways[best].name) ||
            (best == TOKEN &&
             config_rank(config, "username") > config_rank(config, "token")))
            best = i;
    }
    return best;
}

const char *config_way(const struct config *config)
{
    size_t way = best_way(config);
    return way < WAYS ? ways[way].name : NULL;
}

/* Nobody has said it. */
static bool is_missing(const struct config *config, size_t way, struct err *err)
{
    if (config->username == NULL || *config->username == '\0')
        err_set(err, EXIT_USAGE,
                "no user name is set: set username and password_file in "
                "fastsync.ini");
    else if (way == WAYS)
        err_set(err, EXIT_USAGE,
                "the password of %s is missing: set password_file or "
                "password_command in fastsync.ini",
                config->username);
    else
        return false;
    config_missing(config, err);
    return true;
}

static bool take_credentials(struct config *config, struct err *err)
{
    size_t way = best_way(config);
    if (way == TOKEN)
        return true;
    if (config->token != NULL) /* outranked: auth is to see one way only */
        *config->token = '\0';
    if (is_missing(config, way, err))
        return false;
    if (ways[way].take == NULL)
        return true;
    forget_password(config);
    return ways[way].take(config, err);
}

bool config_connect(struct config *config, struct err *err)
{
    if (!config_check_url(config, err) || !take_credentials(config, err))
        return false;
    if (!config->warned)
        warn_exposed("client_key_password_file",
                     config->client_key_password_file);
    config->warned = true;
    return true;
}
