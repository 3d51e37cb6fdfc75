/* config.h: the settings of a run, and where each comes from.
 *
 * One table holds every setting: name, kind, default, help, and who may set
 * it. Precedence (interface.md, "Configuration"): option, environment,
 * --config file, ./fastsync.ini, the user's, the system's, the mapping's
 * `options`, default. A mapping can set delivery preferences only, never the
 * URL or credentials. A file that holds a secret itself must be 0600; http://
 * is refused except to a loopback address or with insecure_http. Secrets are
 * held here and in auth alone, and wiped.
 *
 * To add a setting: a member of struct config and a row of the table in
 * config.c. */
#ifndef FASTSYNC_CONFIG_H
#define FASTSYNC_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Who said it; a higher one wins. */
enum config_rank {
    RANK_DEFAULT,
    RANK_MAPPING,
    RANK_FILE,
    RANK_ENVIRONMENT,
    RANK_OPTION,
};

enum { SETTINGS_MAX = 64 };

struct config {
    /* The server. */
    char *profile, *config_file;
    char *url, *username, *password, *password_file, *password_command, *token;
    char *auth_scheme; /* "bare" or "bearer" */
    char *ca_file, *client_cert, *client_key, *client_key_password_file;
    char *proxy, *proxy_ca_file; /* a proxy's URL may hold its password */
    bool insecure_http;
    /* Delivery. */
    uint64_t batch, batch_bytes, concurrency, rate, retry_for, timeout;
    uint64_t min_rows;
    double max_rejected, max_shrink; /* shares, 0 to 1 */
    /* Scripts. */
    uint64_t max_memory, max_instructions;
    /* A run. */
    uint64_t jobs, limit; /* 0: one a core; 0: all */
    char *state, *rejects, *bodies;
    bool full;

    unsigned char rank[SETTINGS_MAX]; /* of each, in the table's order */
    char *origin[SETTINGS_MAX];       /* who said it; NULL: nobody */
    char *files;                      /* that were read: "a, b"; NULL: none */
    bool warned; /* of files that hold a secret and are open to all */
};

enum setting_kind {
    SETTING_TEXT,   /* char * */
    SETTING_PATH,   /* char *; in a file, relative to that file's folder */
    SETTING_SCHEME, /* char *: bare or bearer */
    SETTING_COUNT,  /* uint64_t, least to most */
    SETTING_SIZE,   /* uint64_t, bytes: also 512K, 1M, 2GiB */
    SETTING_SHARE,  /* double, 0 to 1: 5%, 0.05 */
    SETTING_FLAG,   /* bool: yes or no */
};

struct setting {
    const char *name;      /* "batch_bytes": in files and in `options`; */
                           /* --batch-bytes, FASTSYNC_BATCH_BYTES */
    const char *shorthand; /* "-o", or NULL */
    const char *argument;  /* what --help calls its value; NULL: a flag */
    const char *help;
    const char *standard; /* default, as text, or NULL */
    enum setting_kind kind;
    size_t offset;        /* of its member in struct config */
    uint64_t least, most; /* of SETTING_COUNT and SETTING_SIZE */
    bool secret;          /* no option, no mapping, only 0600 files */
    bool mapping;         /* a mapping's `options` may set it */
    bool outside;         /* no file may set it: it says which file to read */
};

void config_init(struct config *config);    /* the defaults */
void config_release(struct config *config); /* wipes secrets */

extern const struct setting *const settings; /* ends with name NULL */
const struct setting *setting_find(const char *name);
const char *setting_nearest(const char *name); /* "did you mean", or NULL */
enum config_rank config_rank(const struct config *config, const char *name);
/* Who said it: "--url", "FASTSYNC_URL", "fastsync.ini:3"; NULL: nobody. */
const char *config_origin(const struct config *config, const char *name);

/* Sets by name from text, unless a higher rank has set it; of the same rank
 * the last one counts. Bad values are EXIT_USAGE with `where` in front, which
 * names place and setting ("--batch", "fastsync.ini:3: batch"). */
bool config_set(struct config *config, const char *name, const char *value,
                enum config_rank rank, const char *where, struct err *err);
/* Takes back what a mapping's `options` set: the next one says its own. Each
 * setting that a mapping may set has a default. */
void config_forget_mapping(struct config *config);
/* Reads the environment and the files; options must be set before, as
 * --config and --profile are among them. */
bool config_load(struct config *config, struct err *err);
/* What a command that talks to Fast needs: URL there and allowed (without its
 * final slash from here on), credentials there, the password read from its
 * file or command. EXIT_USAGE if not. May be called again. */
bool config_connect(struct config *config, struct err *err);
/* The first half of it: the URL, and the proxy's. */
bool config_check_url(struct config *config, struct err *err);
/* The setting that credentials come from ("password_file"), or NULL. */
const char *config_way(const struct config *config);
/* True where the URL's host is this very machine. */
bool config_loopback(const char *url);

/* The first line of a file that holds a secret; the caller wipes and frees.
 * `name` is the setting that names the file. NULL: err. */
char *config_secret(const char *name, const char *path, struct err *err);
/* True where everyone on this machine can read the file. */
bool config_exposed(const char *path);

#endif
