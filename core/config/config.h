/* config.h: the settings of a run, and where each comes from.
 *
 * Precedence: option, environment, --config file, ./fastsync.ini, the user's,
 * the system's, the mapping's `options`, default; grants add up. A mapping can
 * set delivery preferences only, never the URL or credentials. What is trusted
 * is another order: ./fastsync.ini, which came with a folder, stands behind the
 * system's file, and its settings that need trust count only when it is in the
 * list (trusted.h). A secret goes only where its own source, or a more trusted
 * one, sends it. A file that holds a secret itself must be 0600; http:// is
 * refused except to a loopback address or with insecure_http. Secrets are held
 * here and in auth alone, and wiped. What settings there are stands in
 * settings.h. One thread. */
#ifndef FASTSYNC_CONFIG_H
#define FASTSYNC_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "settings.h"

/* Who said it; a higher one wins. */
enum config_rank {
    RANK_DEFAULT,
    RANK_MAPPING,
    RANK_SYSTEM, /* /etc/fastsync/fastsync.ini */
    RANK_USER,   /* ~/.config/fastsync/fastsync.ini */
    RANK_HERE,   /* ./fastsync.ini */
    RANK_FILE,   /* --config */
    RANK_ENVIRONMENT,
    RANK_OPTION,
};

enum { SETTINGS_MAX = 64 };

struct word;

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
    double max_rejected, max_skipped, max_shrink; /* shares, 0 to 1 */
    /* Scripts. */
    uint64_t max_memory, max_lookup, max_instructions, max_seconds, max_records;
    char *allow_read, *allow_env, *allow_net; /* grants, one a line; or NULL */
    char *sql_auth;                           /* the same of databases */
    char *http_auth; /* logins of sources, one a line (net/web/login.h) */
    /* A run. */
    uint64_t jobs, limit; /* 0: one a core; 0: all */
    char *state, *rejects, *bodies;
    char *warnings;
    bool full, allow_new_keys, no_confine;
    uint32_t strict; /* kinds of warnings that are rejects (warning_bit) */

    unsigned char rank[SETTINGS_MAX]; /* of each, in the table's order */
    unsigned char form[SETTINGS_MAX]; /* how it stood in a file (quotes.h) */
    char *origin[SETTINGS_MAX];       /* who said it; NULL: nobody */
    char *files;                      /* that were read: "a, b"; NULL: none */
    struct word *words; /* all that was said, but by a mapping (words.h) */
    size_t word_count;
    char *unread; /* a line each: files that were not read, and why; or NULL */
    bool changed; /* ./fastsync.ini was trusted as it stood before */
    bool silent;  /* what was not read and what does not count is told by who
                     loads, and not by config_load */
    char *closed; /* files that no script may read, one a line: those that were
                     read, and the secrets that any profile of them names */
    char *beside; /* the mapping: a file that was not read; NULL: none */
    char *commanded; /* the command that has printed the password; or NULL */
    bool warned;     /* of files that hold a secret and are open to all */
};

void config_init(struct config *config);    /* the defaults */
void config_release(struct config *config); /* wipes secrets */

enum config_rank config_rank(const struct config *config, const char *name);
/* Who said it: "--url", "FASTSYNC_URL", "fastsync.ini:3"; NULL: nobody. */
const char *config_origin(const struct config *config, const char *name);
/* Did a configuration file say it, whichever? */
bool config_in_file(const struct config *config, const char *name);
/* How far a source is trusted: more of it, a higher number. Options and the
 * environment are one person's words. */
unsigned config_trust(enum config_rank rank);

/* Sets by name from text, unless a higher rank has set it; of the same rank
 * the last one counts. Bad values are EXIT_USAGE with `where` in front, which
 * names place and setting ("--batch", "fastsync.ini:3: batch"). */
bool config_set(struct config *config, const char *name, const char *value,
                enum config_rank rank, const char *where, struct err *err);
/* Of ./fastsync.ini, whom nobody trusts: it is known that it was said, and
 * counts for nothing. A secret of it is none: else whoever packed a folder
 * would choose the words that messages are shown without. */
void config_withhold(struct config *config, const struct setting *setting,
                     const char *value, const char *where);
/* Of a file: no script may read it. */
void config_close(struct config *config, const char *path);
/* Takes back what a mapping's `options` set: the next one says its own. Each
 * setting that a mapping may set has a default. */
void config_forget_mapping(struct config *config);
/* Before config_load: whose folder may hold a fastsync.ini that is not read,
 * and is named where something is missing. */
void config_expect(struct config *config, const char *mapping);
/* That file was read after all, by another name. */
struct stat;
void config_found(struct config *config, const struct stat *read);
/* Appends which settings of ./fastsync.ini do not count, as nobody trusts it,
 * and what to do; nothing where there are none. Answers whether there were. */
struct buf;
bool config_withheld(const struct config *config, struct buf *to);
/* Adds to `err`, which says that a setting is missing, where it may stand: one
 * whose name begins with `name`, or NULL. Answers false. */
bool config_missing(const struct config *config, const char *name,
                    struct err *err);
/* Reads the environment and the files; options must be set before, as
 * --config and --profile are among them. Warns of files that are not read, as
 * others can write them, and of what does not count without trust. */
bool config_load(struct config *config, struct err *err);
/* What a command that talks to Fast needs: URL there and allowed (without its
 * final slash from here on), credentials there, the password read from its
 * file or command. EXIT_USAGE if not. May be called again. */
bool config_connect(struct config *config, struct err *err);
/* Where the credentials come from password_command: config_connect, at once, as
 * no program can be started later; it is not run a second time. */
bool config_command(struct config *config, struct err *err);
/* A part of it: may the secret (config_way's, or NULL) go where the URL, proxy,
 * certificates and insecure_http send it? EXIT_USAGE names both sources. */
bool config_weigh(const struct config *config, const char *secret,
                  struct err *err);
/* The first half of it: the URL, and the proxy's. */
bool config_check_url(struct config *config, struct err *err);
/* The setting that credentials come from ("password_file"), or NULL. */
const char *config_way(const struct config *config);
/* Why the server may refuse the credentials, "; …" in words: quotes that are
 * part of a password, a comment that has taken half of it; "" where nothing is
 * seen. `to` has room for CONFIG_DOUBT bytes. */
enum { CONFIG_DOUBT = 256 };
const char *config_doubt(const struct config *config, char *to, size_t room);
/* True where the URL's host is this very machine. */
bool config_loopback(const char *url);

/* The first line of a file that holds a secret; the caller wipes and frees.
 * `name` is the setting that names the file. NULL: err. */
char *config_secret(const char *name, const char *path, struct err *err);
/* True where everyone on this machine can read the file. */
bool config_exposed(const char *path);

#endif
