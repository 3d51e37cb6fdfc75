/* weigh.c: who says where a secret goes is weighed against who said it.
 *
 * A folder, or anybody else who may say little, could else have the password
 * of somebody who may say more sent to a server of their own, through a proxy
 * of their own, or to one that a certificate of their own vouches for. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "config.h"

static bool is_set(const char *text)
{
    return text != NULL && *text != '\0';
}

static bool has_url(const struct config *config)
{
    return is_set(config->url);
}

/* Only where it lets something through. */
static bool is_plain(const struct config *config)
{
    return config->insecure_http && has_url(config) &&
           strncasecmp(config->url, "http://", 7) == 0 &&
           !config_loopback(config->url);
}

static bool has_proxy(const struct config *config)
{
    return is_set(config->proxy);
}

static bool has_ca(const struct config *config)
{
    return is_set(config->ca_file) && has_url(config) &&
           strncasecmp(config->url, "https:", 6) == 0;
}

static bool has_proxy_ca(const struct config *config)
{
    return has_proxy(config) && is_set(config->proxy_ca_file);
}

/* The settings that decide where a secret goes, or who reads it on the way,
 * and when they do. `option`: there is one of that name. */
static const struct way {
    const char *name;
    bool (*matters)(const struct config *config);
    bool option;
} ways[] = {{"url", has_url, true},
            {"proxy", has_proxy, false},
            {"insecure_http", is_plain, false},
            {"ca_file", has_ca, false},
            {"proxy_ca_file", has_proxy_ca, false}};

enum { NAME = 40, PLACE = 400 };

static void variable(const char *name, char to[NAME])
{
    snprintf(to, NAME, "FASTSYNC_%s", name);
    for (; *to != '\0'; to++)
        *to = (char)toupper((unsigned char)*to);
}

/* What to write so that the way comes from where the secret does. */
static void advise(const struct config *config, const struct way *way,
                   const char *secret, char to[PLACE])
{
    char name[NAME];
    enum config_rank rank = config_rank(config, secret);
    const char *place = config_origin(config, secret);
    variable(way->name, name);
    if (rank == RANK_OPTION && way->option)
        snprintf(to, PLACE, "give --%s too", way->name);
    else if (rank >= RANK_ENVIRONMENT)
        snprintf(to, PLACE, "set %s too", name);
    else
        snprintf(to, PLACE, "write %s into %.*s too", way->name,
                 (int)(strrchr(place, ':') - place), place);
}

/* Of a file's line the setting is named; "--password-file" names its own. */
static bool is_line(const char *origin)
{
    return strchr(origin, ':') != NULL;
}

static bool refuse(const struct config *config, const struct way *way,
                   const char *secret, struct err *err)
{
    char advice[PLACE];
    const char *from = config_origin(config, way->name);
    const char *whose = config_origin(config, secret);
    bool here =
        config_rank(config, way->name) == RANK_HERE &&
        config_trust(config_rank(config, secret)) < config_trust(RANK_FILE);
    advise(config, way, secret, advice);
    return err_set(
        err, EXIT_USAGE,
        "%s%s%s: does not count for %s%s%s%s, which comes from a more "
        "trusted place: %s, or set %s where %s is set%s",
        from, is_line(from) ? ": " : "", is_line(from) ? way->name : "",
        is_line(whose) ? "the " : "", is_line(whose) ? secret : "",
        is_line(whose) ? " of " : "", whose, advice, secret, way->name,
        here ? ", or read this file with --config fastsync.ini" : "");
}

static bool weigh(const struct config *config, const char *secret,
                  const struct way *way, struct err *err)
{
    unsigned trust = config_trust(config_rank(config, way->name));
    return !way->matters(config) ||
           trust >= config_trust(config_rank(config, secret)) ||
           refuse(config, way, secret, err);
}

bool config_weigh(const struct config *config, const char *secret,
                  struct err *err)
{
    bool good = true;
    for (size_t i = 0; good && secret && i < sizeof ways / sizeof *ways; i++)
        good = weigh(config, secret, &ways[i], err);
    /* A proxy's URL may hold a password, and https:// to it be vouched for. */
    if (good && has_proxy_ca(config) && strchr(config->proxy, '@') != NULL)
        good = weigh(config, "proxy", &ways[4], err);
    return good;
}
