/* settings.c: the table of settings. */
#include "settings.h"

#include <string.h>

#include "base/nearest.h"
#include "config.h"

#define SERVER  "The server"
#define SENDING "Sending"
#define GUARDS  "Guards: what stops a run before anything is sent"
#define SCRIPT  "The script"
#define ROWS    "Rows and records"
#define FILES   "Files"

/* A row: its group, name, what --help calls its value, default, kind, member;
 * then what else there is to it. */
/* clang-format off */
#define ROW(g, n, a, s, k, m, ...) \
    {.group = g, .name = n, .argument = a, .standard = s, .kind = SETTING_##k, \
     .offset = offsetof(struct config, m), __VA_ARGS__}
/* clang-format on */
#define BETWEEN(a, b) .min = UINT64_C(a), .max = UINT64_C(b)
#define GUARD         .mapping = true, .guard = true

static const struct setting table[] = {
    /* clang-format off */
    ROW(SERVER, "profile", "NAME", "default", TEXT, profile, .outside = true,
        .help = "section of the configuration files"),
    ROW(SERVER, "config", "FILE", NULL, TEXT, config_file, .outside = true,
        .help = "a configuration file above all others"),
    ROW(SERVER, "url", "URL", NULL, TEXT, url,
        .help = "the Fast server, https://HOST[/PREFIX]"),
    ROW(SERVER, "username", "NAME", NULL, TEXT, username,
        .help = "who we are to Fast"),
    ROW(SERVER, "password", "TEXT", NULL, TEXT, password, .secret = true,
        .help = "the password itself"),
    ROW(SERVER, "password_file", "FILE", NULL, PATH, password_file, .closed = true,
        .help = "a file whose first line is the password"),
    ROW(SERVER, "password_command", "COMMAND", NULL, TEXT, password_command,
        .help = "a command that prints the password"),
    ROW(SERVER, "token", "TEXT", NULL, TEXT, token, .secret = true,
        .help = "a token that serves instead of username and password"),
    ROW(SERVER, "auth_scheme", "bare|bearer", "bare", SCHEME, auth_scheme,
        .help = "how the token stands in the Authorization header"),
    ROW(SERVER, "ca_file", "FILE", NULL, PATH, ca_file,
        .help = "certificates to trust besides the system's"),
    ROW(SERVER, "client_cert", "FILE", NULL, PATH, client_cert, .closed = true,
        .help = "our own certificate, PEM"),
    ROW(SERVER, "client_key", "FILE", NULL, PATH, client_key, .closed = true,
        .help = "its private key, PEM, 0600; client_cert itself if not set"),
    ROW(SERVER, "client_key_password_file", "FILE", NULL, PATH,
        client_key_password_file, .closed = true,
        .help = "a file whose first line is the key's pass phrase"),
    ROW(SERVER, "proxy", "URL", NULL, TEXT, proxy,
        .help = "the proxy to go through, above the environment's"),
    ROW(SERVER, "proxy_ca_file", "FILE", NULL, PATH, proxy_ca_file,
        .help = "certificates to trust besides the system's, for the proxy"),
    ROW(SERVER, "insecure_http", NULL, NULL, FLAG, insecure_http,
        .help = "allow http:// to another machine"),

    ROW(SENDING, "batch", "N", "500", COUNT, batch, BETWEEN(1, 100000),
        .mapping = true, .help = "records a request"),
    /* A body is kept in the journal, whose texts SQLite bounds at 10^9. */
    ROW(SENDING, "batch_bytes", "N", "1M", SIZE, batch_bytes, BETWEEN(1024, 268435456),
        .mapping = true, .help = "bytes a request, as 512K or 1M"),
    ROW(SENDING, "concurrency", "N", "4", COUNT, concurrency, BETWEEN(1, 64),
        .mapping = true, .help = "requests in flight at most"),
    ROW(SENDING, "rate", "N", "0", COUNT, rate, BETWEEN(0, 1000000000),
        .mapping = true, .help = "records a second at most, 0: no limit"),
    ROW(SENDING, "retry_for", "SECONDS", "300", COUNT, retry_for, BETWEEN(0, 604800),
        .mapping = true,
        .help = "how long a batch is tried before it is left pending"),
    ROW(SENDING, "timeout", "SECONDS", "60", COUNT, timeout, BETWEEN(1, 86400),
        .mapping = true, .help = "one request, start to end"),

    ROW(GUARDS, "max_rejected", "SHARE", "50%", SHARE, max_rejected, GUARD,
        .help = "more rows rejected than that stop the run"),
    ROW(GUARDS, "max_skipped", "SHARE", "100%", SHARE, max_skipped, GUARD,
        .help = "more rows skipped stop the run; unset, all of them do"),
    ROW(GUARDS, "min_rows", "N", "1", COUNT, min_rows, BETWEEN(0, 1000000000000),
        GUARD, .help = "an input of fewer rows is not sent"),
    ROW(GUARDS, "max_shrink", "SHARE", "50%", SHARE, max_shrink, GUARD,
        .help = "an input that much smaller than the last is not sent"),

    ROW(SCRIPT, "max_memory", "BYTES", "256M", SIZE, max_memory,
        BETWEEN(1048576, 1099511627776),
        .help = "memory a script may hold, per thread"),
    ROW(SCRIPT, "max_lookup", "BYTES", "2G", SIZE, max_lookup,
        BETWEEN(65536, 64424509440),
        .help = "memory all lookups of a script may hold"),
    ROW(SCRIPT, "max_instructions", "N", "100000000", COUNT, max_instructions,
        BETWEEN(1000, 1000000000000000),
        .help = "instructions a script may run for one row"),
    ROW(SCRIPT, "max_seconds", "S", "10", COUNT, max_seconds, BETWEEN(1, 1000000),
        .help = "seconds of a processor's time a script may take for one row"),
    ROW(SCRIPT, "max_records", "N", "10000", COUNT, max_records,
        BETWEEN(1, 1000000000), .help = "records a script may make of one row"),
    ROW(SCRIPT, "allow_read", "DIR", NULL, PATHS, allow_read, .grant = true,
        .help = "another folder that scripts may read; may come again"),
    ROW(SCRIPT, "allow_env", "NAME", NULL, NAMES, allow_env, .grant = true,
        .help = "a variable that os.getenv answers; may come again"),
    ROW(SCRIPT, "allow_net", "HOST", NULL, NAMES, allow_net, .grant = true,
        .help = "a host that scripts may fetch from; may come again"),
    ROW(SCRIPT, "http_auth", "LOGIN", NULL, LOGINS, http_auth, .grant = true,
        .closed = true,
        .help = "HOST bearer FILE, HOST basic USER FILE, HOST header NAME FILE or HOST query NAME FILE"),
    ROW(SCRIPT, "sql_auth", "LOGIN", NULL, USERS, sql_auth, .grant = true,
        .closed = true,
        .help = "HOST user NAME FILE or dsn:NAME user NAME FILE"),

    ROW(SCRIPT, "jobs", "N", "0", COUNT, jobs, BETWEEN(0, 256),
        .harmless = true,
        .help = "mapper threads, 0: one a core"),
    ROW(ROWS, "limit", "N", "0", COUNT, limit, BETWEEN(0, 1000000000000000),
        .help = "stop after N rows, 0: take all"),
    ROW(FILES, "state", "DIR", NULL, PATH, state,
        .help = "folder of journal and rejects (.fastsync/STEM)"),
    ROW(FILES, "rejects", "FILE", NULL, PATH, rejects,
        .help = "where the rejected rows go (rejects.csv there)"),
    ROW(FILES, "warnings", "FILE", NULL, PATH, warnings,
        .help = "where doubtful values go (warnings.csv there)"),
    ROW(ROWS, "strict", NULL, "no", KINDS, strict, GUARD,
        .help = "warnings are rejects"),
    ROW(FILES, "bodies", "FILE", NULL, PATH, bodies, .shorthand = "-o",
        .help = "write each request body that would be sent, one a line"),
    ROW(SENDING, "full", NULL, NULL, FLAG, full, .harmless = true,
        .help = "send unchanged records too"),
    ROW(ROWS, "allow_new_keys", NULL, NULL, FLAG, allow_new_keys,
        .help = "take corrected rows whose key is not the rejected one"),
    ROW(FILES, "no_confine", NULL, NULL, FLAG, no_confine,
        .help = "keep the right to start programs and to read every file"),
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

/* What is added to the table and says nothing of it needs trust. */
bool setting_needs_trust(const struct setting *setting)
{
    return setting->guard ||
           (!setting->mapping && !setting->harmless && !setting->outside);
}

const char *setting_nearest(const char *name)
{
    struct nearest nearest;
    nearest_init(&nearest, name, strlen(name));
    for (const struct setting *at = table; at->name != NULL; at++)
        nearest_try(&nearest, at->name);
    return nearest_end(&nearest);
}
