/* words.c: what was said is kept as it may be shown, never as it was. */
#include "words.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/screen/show.h"

/* Where the host begins, user and all. libcurl takes one slash behind the
 * scheme for two, and a backslash for a slash. */
static const char *skip_scheme(const char *url)
{
    const char *colon = url + strcspn(url, ":/?#@\\");
    size_t slashes = *colon == ':' ? strspn(colon + 1, "/\\") : 0;
    return slashes > 0 ? colon + 1 + slashes : url;
}

static const char *last_at(const char *start, const char *end)
{
    while (end > start && end[-1] != '@')
        end--;
    return end > start ? end - 1 : NULL;
}

/* Bytes of the host's name; and of its port, where that is a number. */
static size_t host_len(const char *host)
{
    size_t bracket = *host == '[' ? strcspn(host, "]") : 0;
    return bracket + strcspn(host + bracket, ":/?#\\");
}

static size_t port_len(const char *port)
{
    if (*port != ':')
        return 0;
    size_t len = 1 + strspn(port + 1, "0123456789");
    return strchr("/?#\\", port[len]) != NULL ? len : 0;
}

/* A URL without who logs in, and without what may be a key. The host is always
 * seen: what stands before an @ in its path is no user, but may be the rest of
 * a password with a slash in it, which is hidden, as is a port that is none. */
static void show_url(struct buf *to, const char *url)
{
    const char *start = skip_scheme(url);
    const char *user = last_at(start, start + strcspn(start, "/?#\\"));
    const char *host = user ? user + 1 : start;
    const char *end = host + strcspn(host, "?#");
    const char *rest = host + host_len(host);
    const char *at = last_at(rest, end);
    if (at == NULL)
        rest += port_len(rest);
    bool hidden = at != NULL || *rest == ':';
    if (hidden)
        end = at ? end : rest;
    const char *from = at ? at : rest;
    char *copy = mem_format("%.*s%s%.*s%s%.*s%s", (int)(start - url), url,
                            user ? "***@" : "", (int)(rest - host), host,
                            hidden ? "***" : "", (int)(end - from), from,
                            host[strcspn(host, "?#")] != '\0' ? "?***" : "");
    show_add(to, copy, strlen(copy));
    mem_wipe(copy, strlen(copy));
    free(copy);
}

char *setting_shown(const struct setting *setting, const char *value)
{
    struct buf shown = {0};
    bool url = strcmp(setting->name, "url") == 0 ||
               strcmp(setting->name, "proxy") == 0;
    if (setting->secret)
        buf_puts(&shown, "***");
    else if (url)
        show_url(&shown, value);
    else
        show_add(&shown, value, strlen(value));
    char *text = mem_text(buf_text(&shown));
    buf_wipe(&shown);
    return text;
}

void words_note(struct config *config, const struct setting *setting,
                const char *value, enum config_rank rank, const char *origin,
                bool untrusted)
{
    config->words = mem_resize(config->words, (config->word_count + 1) *
                                                  sizeof *config->words);
    config->words[config->word_count++] =
        (struct word){.setting = setting,
                      .rank = rank,
                      .origin = mem_text(origin),
                      .shown = setting_shown(setting, value),
                      .untrusted = untrusted};
}

bool words_counts(const struct config *config, const struct word *word)
{
    ptrdiff_t at = word->setting - settings;
    return !word->untrusted && config->origin[at] != NULL &&
           config->rank[at] == (unsigned char)word->rank &&
           strcmp(config->origin[at], word->origin) == 0;
}

bool words_withheld(const struct config *config, const struct word *word)
{
    return word->untrusted &&
           config->rank[word->setting - settings] < (unsigned char)word->rank;
}

void words_release(struct config *config)
{
    for (size_t i = 0; i < config->word_count; i++) {
        free(config->words[i].origin);
        mem_wipe(config->words[i].shown, strlen(config->words[i].shown));
        free(config->words[i].shown);
    }
    free(config->words);
    config->words = NULL;
    config->word_count = 0;
}
