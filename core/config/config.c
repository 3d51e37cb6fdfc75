/* config.c: the table of settings, and how a text becomes a value.
 *
 * A row of the table knows the place of its member in struct config, so that
 * setting, defaulting and releasing are loops over the table. */
#include "config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/nearest.h"

/* A row: name, what --help calls its value, default, kind, member; then what
 * else there is to it. */
/* clang-format off */
#define ROW(n, a, s, k, m, ...) \
    {.name = n, .argument = a, .standard = s, .kind = SETTING_##k, \
     .offset = offsetof(struct config, m), __VA_ARGS__}
/* clang-format on */
#define BETWEEN(a, b) .least = UINT64_C(a), .most = UINT64_C(b)

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
    ROW("bodies", "FILE", NULL, PATH, bodies, .shorthand = "-o",
        .help = "write each request body that would be sent, one a line"),
    ROW("full", NULL, NULL, FLAG, full,
        .help = "send unchanged records too"),
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

enum config_rank config_rank(const struct config *config, const char *name)
{
    const struct setting *setting = setting_find(name);
    return setting ? (enum config_rank)config->rank[setting - table]
                   : RANK_DEFAULT;
}

const char *config_origin(const struct config *config, const char *name)
{
    const struct setting *setting = setting_find(name);
    return setting ? config->origin[setting - table] : NULL;
}

static bool holds_text(const struct setting *setting)
{
    return setting->kind == SETTING_TEXT || setting->kind == SETTING_PATH ||
           setting->kind == SETTING_SCHEME;
}

static void *member(struct config *config, const struct setting *setting)
{
    return (char *)config + setting->offset;
}

/* Frees a text; wiped first whatever it is, as that costs nothing. */
static void drop_text(char **text)
{
    if (*text != NULL)
        mem_wipe(*text, strlen(*text));
    free(*text);
    *text = NULL;
}

/* One kind's parser each: they set the member, or say what is wrong. */

static bool set_text(const struct setting *setting, void *to, const char *value,
                     const char *where, struct err *err)
{
    char **text = to;
    if (setting->kind == SETTING_SCHEME && strcasecmp(value, "bare") != 0 &&
        strcasecmp(value, "bearer") != 0)
        return err_set(err, EXIT_USAGE, "%s: \"%s\" is neither bare nor bearer",
                       where, value);
    char *copy = mem_text(value);
    drop_text(text);
    *text = copy;
    return true;
}

/* The factor that a unit stands for, or 0. */
static uint64_t unit_factor(const char *unit)
{
    static const struct {
        const char *name;
        unsigned shift;
    } units[] = {{"", 0},     {"B", 0},   {"K", 10},  {"KB", 10},
                 {"KiB", 10}, {"M", 20},  {"MB", 20}, {"MiB", 20},
                 {"G", 30},   {"GB", 30}, {"GiB", 30}};
    unit += strspn(unit, " ");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcasecmp(unit, units[i].name) == 0)
            return UINT64_C(1) << units[i].shift;
    return 0;
}

static bool set_number(const struct setting *setting, void *to,
                       const char *value, const char *where, struct err *err)
{
    char *end = NULL;
    errno = 0;
    uint64_t number = 0;
    bool digits = *value >= '0' && *value <= '9';
    if (digits)
        number = strtoull(value, &end, 10);
    uint64_t factor = 0;
    if (digits)
        factor =
            setting->kind == SETTING_SIZE ? unit_factor(end) : *end == '\0';
    if (factor == 0)
        return err_set(err, EXIT_USAGE, "%s: \"%s\" is no %s", where, value,
                       setting->kind == SETTING_SIZE
                           ? "size in bytes, such as 1048576, 512K or 1M"
                           : "whole number");
    bool huge = errno == ERANGE || number > UINT64_MAX / factor;
    number *= factor;
    if (huge || number < setting->least || number > setting->most)
        return err_set(err, EXIT_USAGE, "%s: %s is not between %llu and %llu",
                       where, value, (unsigned long long)setting->least,
                       (unsigned long long)setting->most);
    *(uint64_t *)to = number;
    return true;
}

static bool set_share(void *to, const char *value, const char *where,
                      struct err *err)
{
    char *end;
    /* What strtod takes beyond decimal numbers is left out. */
    bool digits = ((*value >= '0' && *value <= '9') || *value == '.') &&
                  strpbrk(value, "xX") == NULL;
    double share = digits ? strtod(value, &end) : -1;
    if (digits && *end == '%') {
        share /= 100;
        end++;
    }
    if (!digits || *end != '\0' || !(share >= 0 && share <= 1))
        return err_set(err, EXIT_USAGE,
                       "%s: \"%s\" is no share between 0%% and 100%%", where,
                       value);
    *(double *)to = share;
    return true;
}

static bool set_flag(void *to, const char *value, const char *where,
                     struct err *err)
{
    static const char *const words[] = {"yes", "no",  "true", "false",
                                        "on",  "off", "1",    "0"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(value, words[i]) == 0) {
            *(bool *)to = i % 2 == 0;
            return true;
        }
    return err_set(err, EXIT_USAGE, "%s: \"%s\" is neither yes nor no", where,
                   value);
}

static bool set_value(struct config *config, const struct setting *setting,
                      const char *value, const char *where, struct err *err)
{
    void *to = member(config, setting);
    if (holds_text(setting))
        return set_text(setting, to, value, where, err);
    if (setting->kind == SETTING_FLAG)
        return set_flag(to, value, where, err);
    if (setting->kind == SETTING_SHARE)
        return set_share(to, value, where, err);
    return set_number(setting, to, value, where, err);
}

static bool unknown(const char *name, const char *where, struct err *err)
{
    const char *near = setting_nearest(name);
    return err_set(err, EXIT_USAGE, "%s: there is no such setting%s%s%s", where,
                   near ? "; did you mean " : "", near ? near : "",
                   near ? "?" : "");
}

/* Remembers who said it: `where` without the setting's name behind it. */
static void remember(char **origin, const char *name, const char *where)
{
    size_t len = strlen(where), tail = strlen(name) + 2;
    if (len > tail && memcmp(where + len - tail, ": ", 2) == 0 &&
        strcmp(where + len - tail + 2, name) == 0)
        len -= tail;
    free(*origin);
    *origin = mem_text_n(where, len);
}

bool config_set(struct config *config, const char *name, const char *value,
                enum config_rank rank, const char *where, struct err *err)
{
    const struct setting *setting = setting_find(name);
    if (setting == NULL)
        return unknown(name, where, err);
    if (rank == RANK_MAPPING && !setting->mapping)
        return err_set(err, EXIT_USAGE,
                       "%s: a mapping cannot set this; it belongs in a "
                       "configuration file, the environment or an option",
                       where);
    if (rank == RANK_FILE && setting->outside)
        return err_set(err, EXIT_USAGE,
                       "%s: a configuration file cannot set this; it is an "
                       "option",
                       where);
    unsigned char *before = &config->rank[setting - table];
    if (*before > (unsigned char)rank)
        return true;
    if (!set_value(config, setting, value, where, err))
        return false;
    *before = (unsigned char)rank;
    remember(&config->origin[setting - table], name, where);
    return true;
}

void config_init(struct config *config)
{
    struct err err;
    *config = (struct config){0};
    for (const struct setting *at = table; at->name != NULL; at++)
        if (at->standard != NULL)
            set_value(config, at, at->standard, at->name, &err);
}

void config_forget_mapping(struct config *config)
{
    struct err err;
    for (const struct setting *at = table; at->name != NULL; at++)
        if (config->rank[at - table] == RANK_MAPPING) {
            set_value(config, at, at->standard, at->name, &err);
            config->rank[at - table] = RANK_DEFAULT;
            free(config->origin[at - table]);
            config->origin[at - table] = NULL;
        }
}

void config_release(struct config *config)
{
    free(config->files);
    config->files = NULL;
    for (size_t i = 0; i < SETTINGS_MAX; i++) {
        free(config->origin[i]);
        config->origin[i] = NULL;
    }
    for (const struct setting *at = table; at->name != NULL; at++)
        if (holds_text(at))
            drop_text(member(config, at));
}
