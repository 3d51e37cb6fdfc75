/* settings.c: the table of settings. */
#include "settings.h"

#include <string.h>

#include "base/nearest.h"
#include "config.h"

/* A row: name, what --help calls its value, default, kind, member; then what
 * else there is to it. */
/* clang-format off */
#define ROW(n, a, s, k, m, ...) \
    {.name = n, .argument = a, .standard = s, .kind = SETTING_##k, \
     .offset = offsetof(struct config, m), __VA_ARGS__}
/* clang-format on */
#define BETWEEN(a, b) .min = UINT64_C(a), .max = UINT64_C(b)

static const struct setting table[] = {
    /* clang-format off */
    ROW("profile", "NAME", "default", TEXT, profile, .outside = true,
        .help = "section of the configuration files"),
    ROW("config", "FILE", NULL, TEXT, config_file, .outside = true,
        .help = "a configuration file above all others"),
    ROW("url", "URL", NULL, TEXT, url,
        .help = "the Fast server, https://HOST[/PREFIX]"),
    ROW("username", "NAME", NULL, TEXT, username,
        .help = "who we are to Fast"),
    ROW("password", "TEXT", NULL, TEXT, password, .secret = true,
        .help = "the password itself"),
    ROW("password_file", "FILE", NULL, PATH, password_file,
        .help = "a file whose first line is the password"),
    ROW("password_command", "COMMAND", NULL, TEXT, password_command,
        .help = "a command that prints the password"),
    ROW("token", "TEXT", NULL, TEXT, token, .secret = true,
        .help = "a token that serves instead of username and password"),
    ROW("auth_scheme", "bare|bearer", "bare", SCHEME, auth_scheme,
        .help = "how the token stands in the Authorization header"),
    ROW("ca_file", "FILE", NULL, PATH, ca_file,
        .help = "certificates to trust besides the system's"),
    ROW("client_cert", "FILE", NULL, PATH, client_cert,
        .help = "our own certificate, PEM"),
    ROW("client_key", "FILE", NULL, PATH, client_key,
        .help = "its private key, PEM, 0600; client_cert itself if not set"),
    ROW("client_key_password_file", "FILE", NULL, PATH,
        client_key_password_file,
        .help = "a file whose first line is the key's pass phrase"),
    ROW("proxy", "URL", NULL, TEXT, proxy,
        .help = "the proxy to go through, above the environment's"),
    ROW("proxy_ca_file", "FILE", NULL, PATH, proxy_ca_file,
        .help = "certificates to trust besides the system's, for the proxy"),
    ROW("insecure_http", NULL, NULL, FLAG, insecure_http,
        .help = "allow http:// to another machine"),

    ROW("batch", "N", "500", COUNT, batch, BETWEEN(1, 100000),
        .mapping = true, .help = "records a request"),
    /* A body is kept in the journal, whose texts SQLite bounds at 10^9. */
    ROW("batch_bytes", "N", "1M", SIZE, batch_bytes, BETWEEN(1024, 268435456),
        .mapping = true, .help = "bytes a request, as 512K or 1M"),
    ROW("concurrency", "N", "4", COUNT, concurrency, BETWEEN(1, 64),
        .mapping = true, .help = "requests in flight at most"),
    ROW("rate", "N", "0", COUNT, rate, BETWEEN(0, 1000000000),
        .mapping = true, .help = "records a second at most, 0: no limit"),
    ROW("retry_for", "SECONDS", "300", COUNT, retry_for, BETWEEN(0, 604800),
        .mapping = true,
        .help = "how long a batch is tried before it is left pending"),
    ROW("timeout", "SECONDS", "60", COUNT, timeout, BETWEEN(1, 86400),
        .mapping = true, .help = "one request, start to end"),

    ROW("max_rejected", "SHARE", "50%", SHARE, max_rejected, .mapping = true,
        .help = "guard: more rows rejected than that stop the run"),
    ROW("max_skipped", "SHARE", "100%", SHARE, max_skipped, .mapping = true,
        .help = "guard: more rows skipped stop the run; unset, all of them do"),
    ROW("min_rows", "N", "1", COUNT, min_rows, BETWEEN(0, 1000000000000),
        .mapping = true, .help = "guard: an input of fewer rows is not sent"),
    ROW("max_shrink", "SHARE", "50%", SHARE, max_shrink, .mapping = true,
        .help = "guard: an input that much smaller than the last is not sent"),

    ROW("max_memory", "BYTES", "256M", SIZE, max_memory,
        BETWEEN(1048576, 1099511627776),
        .help = "memory a script may hold, per thread"),
    ROW("max_instructions", "N", "100000000", COUNT, max_instructions,
        BETWEEN(1000, 1000000000000000),
        .help = "instructions a script may run for one row"),

    ROW("jobs", "N", "0", COUNT, jobs, BETWEEN(0, 256),
        .help = "mapper threads, 0: one a core"),
    ROW("limit", "N", "0", COUNT, limit, BETWEEN(0, 1000000000000000),
        .help = "stop after N rows, 0: take all"),
    ROW("state", "DIR", NULL, PATH, state,
        .help = "folder of journal and rejects (.fastsync/STEM)"),
    ROW("rejects", "FILE", NULL, PATH, rejects,
        .help = "where the rejected rows go (rejects.csv there)"),
    ROW("warnings", "FILE", NULL, PATH, warnings,
        .help = "where doubtful values go (warnings.csv there)"),
    ROW("strict", NULL, "no", KINDS, strict, .mapping = true,
        .help = "warnings are rejects"),
    ROW("bodies", "FILE", NULL, PATH, bodies, .shorthand = "-o",
        .help = "write each request body that would be sent, one a line"),
    ROW("full", NULL, NULL, FLAG, full,
        .help = "send unchanged records too"),
    ROW("allow_new_keys", NULL, NULL, FLAG, allow_new_keys,
        .help = "take corrected rows whose key is not the rejected one"),
    {.name = NULL},
    /* clang-format on */
};

_Static_assert(sizeof table / sizeof *table - 1 <= SETTINGS_MAX,
               "struct config has no rank for every setting");

const struct setting *const settings = table;

const struct setting *setting_find(const char *name)
{
    for (const struct setting *at = table; at->name != NULL; at++)
        if (strcmp(at->name, name) == 0)
            return at;
    return NULL;
}

const char *setting_nearest(const char *name)
{
    struct nearest nearest;
    nearest_init(&nearest, name, strlen(name));
    for (const struct setting *at = table; at->name != NULL; at++)
        nearest_try(&nearest, at->name);
    return nearest_end(&nearest);
}
