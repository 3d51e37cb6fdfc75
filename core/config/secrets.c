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

#include "base/log.h"
#include "base/mem.h"
#include "config.h"
#include "net/secrets.h"
#include "shell.h"
#include "source/plain.h"

enum { SECRET_LINE = 4096 };

static bool begins(const char *line, const char *mark)
{
    return strncmp(line, mark, strlen(mark)) == 0;
}

/* The first line of a text that ends in a NUL; NULL: err. An editor may have
 * put a byte order mark in front, which is no part of it. A NUL in it would
 * make it shorter than it is. */
static char *first_line(const char *text, size_t len, const char *where,
                        struct err *err)
{
    const char *line = text + (begins(text, "\xef\xbb\xbf") ? 3 : 0);
    size_t size = strcspn(line, "\r\n");
    bool wide = begins(text, "\xff\xfe") || begins(text, "\xfe\xff");
    const char *wrong = wide ? "it is UTF-16; save it as UTF-8"
                        : line[size] == '\0' && line + size < text + len
                            ? "a NUL byte stands in its first line"
                        : size == 0              ? "its first line is empty"
                        : size > SECRET_LINE - 2 ? "its first line is too long"
                                                 : NULL;
    if (wrong == NULL) {
        char *taken = mem_text_n(line, size);
        secrets_note(taken);
        return taken;
    }
    err_set(err, EXIT_USAGE, "%s: %s", where, wrong);
    return NULL;
}

/* To the line's end and not beyond: what follows may be another's, as where the
 * file is standard input. On the stack, where it is wiped. */
static char *take_line(FILE *file, const char *where, struct err *err)
{
    char bytes[SECRET_LINE + 1];
    size_t len = 0;
    int c;
    while (len < SECRET_LINE && (c = getc(file)) != EOF && c != '\n')
        bytes[len++] = (char)c;
    bytes[len] = '\0';
    char *taken = first_line(bytes, len, where, err);
    mem_wipe(bytes, sizeof bytes);
    return taken;
}

char *config_secret(const char *name, const char *path, struct err *err)
{
    const char *why;
    FILE *file = plain_stream(path, &why);
    if (file == NULL) {
        err_set(err, EXIT_USAGE, "%s: %s: %s", name, path, why);
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
    forget_password(config);
    config->password = config_secret("password_file", path, err);
    if (config->password != NULL && !config->warned)
        warn_exposed("password_file", path);
    return config->password != NULL;
}

/* What follows a text's first line; its end, where that is but line ends. */
static size_t second_line(const struct buf *text)
{
    size_t at = 0;
    while (at < text->len && text->at[at] != '\n')
        at++;
    while (at < text->len && (text->at[at] == '\n' || text->at[at] == '\r'))
        at++;
    return at;
}

static bool from_command(struct config *config, struct err *err)
{
    static const char where[] = "password_command";
    struct buf output = {0};
    if (config->commanded != NULL &&
        strcmp(config->commanded, config->password_command) == 0)
        return true;
    forget_password(config);
    if (shell_run(where, config->password_command, SHELL_SECONDS, &output, err))
        config->password =
            first_line(buf_text(&output), output.len, where, err);
    if (config->password != NULL && second_line(&output) < output.len) {
        forget_password(config);
        err_set(err, EXIT_USAGE,
                "%s: it prints more than one line, and may print the password "
                "alone (add | head -n 1)",
                where);
    }
    buf_wipe(&output);
    free(config->commanded);
    config->commanded =
        config->password ? mem_text(config->password_command) : NULL;
    return config->password != NULL;
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
    bool nobody = config->username == NULL || *config->username == '\0';
    if (nobody)
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
    config_missing(config, nobody ? "username" : "password", err);
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
    return ways[way].take == NULL || ways[way].take(config, err);
}

bool config_connect(struct config *config, struct err *err)
{
    /* Before a command runs. */
    if (!config_check_url(config, err) ||
        !config_weigh(config, config_way(config), err) ||
        !take_credentials(config, err))
        return false;
    if (!config->warned)
        warn_exposed("client_key_password_file",
                     config->client_key_password_file);
    config->warned = true;
    return true;
}

bool config_command(struct config *config, struct err *err)
{
    const char *way = config_way(config);
    return way == NULL || strcmp(way, "password_command") != 0 ||
           config_connect(config, err);
}
